"""Gold: what a careful reader found in an article, which briefs are measured against.

This is a published format (schemas/gold.v1.json), made to be written by hand as well: only `id` and `about_park` must
be there. **What is left out is not judged; null, or an empty list, says that there is none.** So gold for the numbers
alone says nothing of quotes, and no brief gains or loses by its quotes.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, Field, StringConstraints

from summarizer.article import Language
from summarizer.brief import DecimalText
from summarizer.value import Qualifier, Role, Span, Status, Value

Scope = Literal["park", "company", "city", "province", "nation", "world", "other"]

Words = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
"""Words of the article; blanks alone are none."""


def _is_day(text: str) -> str:
    date.fromisoformat(text)
    return text


Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$"), AfterValidator(_is_day)]


class Worth(NamedTuple):
    """What a number is worth; a range has two ends and no value."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None


class GoldPark(Value):
    """A park that the article is about or names."""

    name: Words
    role: Role = "subject"


class GoldNumber(Value):
    """A quantitative fact of the article."""

    metric: Words | None = None
    """What it counts, in an analyst's words close to the article's own (签约金额同比增长). Compared leniently: a
    brief's label may have other words, as long as it is not rather that of another number."""
    text: Words
    """The number as printed, from the first digit to the end of the unit: 560.6亿元, 140多家, 21.02%. White space and
    line breaks do not count. Words before and behind it (近, 约, 超, 以上) stay outside."""
    value: DecimalText | None = None
    """Exact, in base units, as text: 560.6亿元 is "56060000000", 三成 is "30". Null for a range. May be left out,
    with low, high, unit and qualifier, where the program reads the number itself (`summarize numbers` shows how)."""
    low: DecimalText | None = None
    """Lower end of a range (两三家 is 2 to 3)."""
    high: DecimalText | None = None
    """Upper end of a range."""
    unit: str | None = None
    """ISO 4217 for money (CNY, USD), `%`, `percentage_point`, else the counter or measure as printed (家, 个,
    平方公里); null for none."""
    qualifier: Qualifier | None = None
    """What the words around it say: about (近, 约), at_least (多, 余, 以上), more_than (超, 逾, 突破), at_most
    (以内), less_than (不足), range, else exact."""
    status: Status | None = None
    """Whether it is reached, aimed at or expected."""
    park: str | None = None
    """The park whose number it is; null where it is a firm's, a city's or nobody's."""
    period: str | None = None
    """The article's words for the time that it holds for (上半年, 2023年1-5月, 目前); null for none."""
    scope: Scope | None = None
    """Whose it is, for a reader; not judged beyond `park`."""
    optional: bool = False
    """True where a brief may well leave it out: then it is no loss, and reporting it no fault."""
    span: Span | None = None
    """Where it stands, `[start, end)` in characters of the text as read. Left out, every place with these words will
    do, first of all the one in the order of the list."""

    def says(self, *fields: str) -> bool:
        """Whether gold says something of a field (null included), so that it is judged."""
        return any(field in self.model_fields_set for field in fields)

    @property
    def worth(self) -> Worth:
        """Value and ends as numbers."""
        return Worth(*(None if end is None else Decimal(end) for end in (self.value, self.low, self.high)))


class GoldName(Value):
    """Words with a numeral in them that are no quantity: 500强, 第一抓手, 10月9日."""

    text: Words
    kind: str | None = None
    """What it is, for a reader; not judged."""


class GoldQuote(Value):
    """Words that somebody said."""

    speaker: str | None = None
    role: str | None = None
    """The speaker's office, for a reader; not judged."""
    text: Words
    """Exactly what was said, without quotation marks, and without the reporter's words between two parts."""


class GoldPolicy(Value):
    """A policy, programme or plan that the article names."""

    name: Words
    """With or without 《》."""


class GoldContradiction(Value):
    """Two places of the article that cannot both be right; not judged."""

    spans_text: tuple[str, ...]
    """The words of either place."""
    message: str


class Gold(Value):
    """One article, as a careful reader understood it."""

    schema_: Literal["gold.v1"] = Field("gold.v1", alias="schema")
    """The format's name; it may be left out."""
    id: Words
    """The article's name. A brief belongs to it whose source, or file, is called so: ID.txt, ID.json,
    ID.anything.json."""
    article: str | None = None
    """The article's text, as a path from this file. Left out, ../articles/ID.* and ID.txt beside this file are looked
    for."""
    source: Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]+$")] | None = None
    """`source.article` or `source.document` of the article's briefs; needed where names do not tell them apart, as on a
    page of several articles."""
    lang: Language | None = None
    published: Day | None = None
    """Day of publication, which 今年 and 上半年 are resolved against; null where it is not known."""
    title: str | None = None
    byline: str | None = None
    about_park: bool
    """Whether the article is about a high-tech park. If not, a brief must say so and report no number."""
    parks: tuple[GoldPark, ...] = ()
    period: str | None = None
    """What the article as a whole reports on, in its own words."""
    numbers: tuple[GoldNumber, ...] = ()
    """Every quantity of the article, in its order; those that a brief may leave out with `optional`. A brief's number
    that is neither here nor equal to one that is here counts as wrong."""
    names: tuple[str | GoldName, ...] = ()
    """Words with numerals that are no quantities, as text or with their kind; a brief that reports one is wrong."""
    quotes: tuple[GoldQuote, ...] = ()
    policies: tuple[GoldPolicy, ...] = ()
    contradictions: tuple[GoldContradiction, ...] = ()
    traps: tuple[str, ...] = ()
    """What is difficult in the article, for a reader."""

    def says(self, field: str) -> bool:
        """Whether gold says something of a field (null and empty included), so that it is judged."""
        return field in self.model_fields_set

    @property
    def name_words(self) -> tuple[str, ...]:
        """The words that are names and no quantities."""
        return tuple(name if isinstance(name, str) else name.text for name in self.names)

    @property
    def day(self) -> date | None:
        """Day of publication, where known."""
        return None if self.published is None else date.fromisoformat(self.published)

    def to_json(self) -> str:
        """Return the published form: its name first, what is not judged left out, Chinese unescaped."""
        import json

        told: dict[str, Any] = {"schema": self.schema_}
        told |= self.model_dump(mode="json", by_alias=True, exclude_unset=True)
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
