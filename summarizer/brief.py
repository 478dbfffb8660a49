"""The brief: a draft after the check, with values computed and every item judged.

This is the published contract (schemas/brief.v1.json): keys in this order, decimals as strings, spans in
characters `[start, end)` of the document's text as read, null where there is nothing to point at.
"""

import json
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints
from pydantic_core import PydanticSerializationError

from summarizer.article import Language
from summarizer.value import Kind, Qualifier, Role, Severity, Span, Status, Value, Verdict

DecimalText = Annotated[str, StringConstraints(pattern=r"^-?\d+(\.\d+)?$")]
"""An exact decimal as text, never in exponent form."""


class Source(Value):
    """Where the brief comes from."""

    document: str
    """sha256 of the document's bytes, tagged `sha256:`."""
    path: str | None
    title: str | None
    byline: str | None
    published: str | None
    """ISO date."""
    language: Language
    ranges: tuple[Span, ...]
    """Where the article stands in the text as read."""
    article: str
    """sha256 of the clean text, tagged `sha256:`."""


class BriefPark(Value):
    """A park and whether its name stands in the article."""

    name: str
    role: Role
    span: Span | None
    verdict: Verdict


class Period(Value):
    """A period in the article's words and, where it can be resolved, as ISO dates."""

    text: str
    start: str | None
    """First day, ISO; null where the words and the publication date do not settle it."""
    end: str | None
    """Last day, ISO."""
    inferred: bool
    """True where the dates rest on the publication date and not on a year in the words."""


class SummaryNumber(Value):
    """A number of the summary's prose, held to the same verdicts."""

    text: str
    verdict: Verdict


class Summary(Value):
    """The summary and its numbers."""

    text: str
    numbers: tuple[SummaryNumber, ...]


class Finding(Value):
    """Something that the check has to say."""

    code: str
    """Machine-readable: a verdict's name, or label-swapped, label-unsupported, period-unsupported, park-unsupported,
    target-as-actual, scope, speaker-unsupported, unread, withdrawn, reask-failed, completed, completion-failed."""
    severity: Severity
    path: str | None
    """The item it concerns, as `numbers.3`; null for the brief as a whole."""
    message: str
    """One sentence for a person, and for the model in a re-ask."""
    span: Span | None
    """The place in the text as read that it speaks of."""


class BriefNumber(Value):
    """A quantitative fact, its value computed from the words, and its verdict."""

    metric: str
    text: str
    value: DecimalText | None
    """In base units (560.6亿元 is 56060000000); null for a range."""
    low: DecimalText | None
    high: DecimalText | None
    unit: str | None
    """ISO 4217 for money, `%`, `percentage_point`, else the counter or measure as printed."""
    qualifier: Qualifier
    status: Status
    park: str | None
    period: Period | None
    sentence: int | None
    """Where it was found, else where it was cited."""
    span: Span | None
    """Null where no such number stands in the article."""
    evidence: str | None
    """The sentence, shortened around the number when it is long."""
    verdict: Verdict
    findings: tuple[str, ...]
    """Codes of the findings on this item; the findings themselves stand in `check.findings`."""


class BriefPolicy(Value):
    """A policy and whether its name stands in the article."""

    name: str
    detail: str | None
    sentence: int | None
    span: Span | None
    verdict: Verdict


class BriefQuote(Value):
    """A quotation and whether it stands in the article word for word."""

    speaker: str | None
    role: str | None
    text: str
    sentence: int | None
    span: Span | None
    verdict: Verdict


class Counts(Value):
    """How the numbers fared."""

    numbers: int
    exact: int
    normalised: int
    """Right in another writing, or right in another sentence than the cited one."""
    flagged: int
    """Numbers with a warning or an error."""
    unreported: int


class Unreported(Value):
    """A fact-kind quantity of the article that the brief leaves out, or a name or specification that looks like one."""

    text: str
    value: DecimalText | None
    unit: str | None
    kind: Kind
    span: Span


class Contradiction(Value):
    """Two places of the article that cannot both be right; the source's fault, not the brief's."""

    spans: tuple[Span, ...]
    message: str


class Check(Value):
    """The verdict on the brief as a whole."""

    status: Literal["verified", "flagged", "failed"]
    """verified: nothing to object; flagged: some finding is a warning or an error; failed: nothing was extracted."""
    counts: Counts
    findings: tuple[Finding, ...]
    unreported: tuple[Unreported, ...]
    contradictions: tuple[Contradiction, ...]


class Usage(Value):
    """Tokens of every attempt, failed ones included."""

    prompt: int = Field(ge=0)
    completion: int = Field(ge=0)
    cached: int = Field(ge=0)


class Cost(Value):
    """What the attempts cost."""

    amount: DecimalText
    currency: str


class Provenance(Value):
    """How the draft came about."""

    extractor: Literal["model", "rules", "given"]
    """given: the draft or brief was handed to `check`."""
    model: str | None
    mode: str | None
    prompt: str | None
    """Name and hash of the prompt, as `extract.v1@sha256:…`."""
    attempts: int
    """HTTP requests sent, failed ones included; 0 without a model."""
    usage: Usage
    cost: Cost | None
    """Null where the price is unknown, never 0."""
    seconds: float
    version: str


class Brief(Value):
    """One article, briefed and proved."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    schema_: Literal["brief.v1"] = Field("brief.v1", alias="schema")
    source: Source
    about_park: bool
    parks: tuple[BriefPark, ...]
    period: Period | None
    summary: Summary
    numbers: tuple[BriefNumber, ...]
    policies: tuple[BriefPolicy, ...]
    quotes: tuple[BriefQuote, ...]
    check: Check
    run: Provenance

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the published JSON, Chinese unescaped."""
        try:
            return self.model_dump_json(by_alias=True, indent=indent)
        except PydanticSerializationError:  # a lone surrogate in somebody's words, which UTF-8 cannot carry
            return json.dumps(self.model_dump(by_alias=True), indent=indent)
