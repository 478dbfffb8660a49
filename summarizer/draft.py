"""The draft: what a model or the rules claim of an article, before anything is proved.

Small on purpose. All fields are required, absent ones are null, and no field carries a numeric or length
constraint, so that one schema serves strict and JSON-only providers. Numbers stay strings as printed: the code
computes values, the model points. The field docstrings are the schema's descriptions; the model reads them.
"""

from summarizer.value import Role, Status, Value


class DraftPark(Value):
    """A high-tech park that the article names."""

    name: str
    """Full name as printed."""
    role: Role
    """subject: the article is about it; mentioned: it is only named."""


class DraftNumber(Value):
    """One quantitative fact."""

    metric: str
    """What is counted or measured, in the article's own words."""
    text: str
    """Number with qualifier and unit, copied exactly as printed."""
    park: str | None
    """Park that the number belongs to; null when it belongs to a company, a city, the nation or the world."""
    period: str | None
    """Period of the number in the article's words; null when none is given."""
    status: Status
    """actual: reached; target: planned or aimed at; forecast: expected."""
    at: int
    """Number of the sentence where the text stands."""


class DraftPolicy(Value):
    """A policy, plan, programme, platform or mechanism."""

    name: str
    """Name as printed."""
    detail: str | None
    """What it does, in few words; null when the article does not say."""
    at: int
    """Number of the sentence where the name stands."""


class DraftQuote(Value):
    """Words that the article gives as somebody's speech, inside quotation marks or after a verb of saying."""

    speaker: str | None
    """Who speaks; null when unnamed."""
    role: str | None
    """The speaker's office as printed."""
    text: str
    """The whole quotation, copied exactly, without the outer quotation marks."""
    at: int
    """Number of the sentence where it begins."""


class Draft(Value):
    """The facts of one article about high-tech parks."""

    about_park: bool
    """True when the article is about a high-tech park or something in one."""
    parks: tuple[DraftPark, ...]
    """Parks named in the article."""
    period: str | None
    """The main period that the article reports on, in its own words."""
    summary: str
    """Two or three sentences in the article's language; every number in it as printed."""
    numbers: tuple[DraftNumber, ...]
    """Every quantitative fact, in the order of the article."""
    policies: tuple[DraftPolicy, ...]
    """Policies, plans, programmes, platforms and mechanisms."""
    quotes: tuple[DraftQuote, ...]
    """Quotations, whole."""
