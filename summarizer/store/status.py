"""How a store stands, as `summarize status --format json` prints it: the keys are these names, in this order."""

from summarizer.value import Value


class Articles(Value):
    """Where the articles stand; `done`, `failed` and `todo` add up to `total`."""

    total: int
    done: int
    """With a brief of the recipe they were last done under."""
    verified: int
    """Of those done: the check objects to nothing."""
    flagged: int
    """Of those done: the check objects to something."""
    empty: int
    """Of those done: nothing was extracted (`failed` is the brief's own word)."""
    failed: int
    todo: int
    claimed: int
    """Of those to do or failed: in work by a run, or by one that was killed."""
    earlier: int
    """Of those failed or to do: a brief of an earlier run is kept."""
    repeats_exact: int
    """Of all: word for word another article's text."""
    repeats_near: int
    """Of all: the telling of another article."""
    first_published: str | None
    """ISO date of the oldest article done."""
    last_published: str | None


class Documents(Value):
    """Where the documents stand."""

    total: int
    """In their inputs still."""
    unsplit: int
    """Of the total: their articles are not known yet."""
    failed: int
    """Of the total: they could not be split, and their articles are not known either."""
    gone: int
    """No longer in their inputs."""


class Reason(Value):
    """Why an input, or something in it, was not read."""

    path: str
    reason: str


class Inputs(Value):
    """Where the inputs stand, and the first reasons why some were not read."""

    read: int
    reading: int
    """Begun and not ended: a run is at it, or was broken off there."""
    skipped: int
    skipped_examples: tuple[Reason, ...]
    unreadable: int
    """Inputs, or parts of them, that cannot be read."""
    unreadable_examples: tuple[Reason, ...]


class FailureKind(Value):
    """One kind of failure."""

    kind: str
    count: int
    passing: int
    """Of the count: the next run tries them again."""
    document: str
    """Path of the first example."""
    article: int | None
    """Id of the first example; null where its document as a whole failed."""
    message: str
    """What was said of it."""


class Spending(Value):
    """What one model was asked and what it cost in one currency."""

    model: str | None
    """Null where the run named none; then `extractor` tells whose requests they were."""
    extractor: str
    currency: str | None
    """Null where the price was unknown."""
    amount: str | None
    """An exact decimal; null where the price was unknown."""
    requests: int
    """HTTP requests, those without an answer included."""
    unanswered: int
    """Of the requests: refused or failed."""
    prompt: int
    """Tokens, cached ones included."""
    completion: int
    cached: int


class ParkCount(Value):
    """A park and how many articles are about it."""

    name: str
    articles: int


class RunTold(Value):
    """One run and how it ended."""

    id: int
    started_at: str
    """UTC."""
    ended_at: str | None
    outcome: str
    """`finished`, or why it ended early; `running`; `ended without a word` where its process was killed."""
    version: str
    extractor: str
    model: str | None
    sources: str
    """JSON list of what was named."""


class StoreStatus(Value):
    """All that `summarize status` tells."""

    articles: Articles
    documents: Documents
    inputs: Inputs
    failures: tuple[FailureKind, ...]
    """The commonest first."""
    spent: tuple[Spending, ...]
    parks: tuple[ParkCount, ...]
    """The ten that most articles are about."""
    runs: tuple[RunTold, ...]
    """The last five, the latest first."""
