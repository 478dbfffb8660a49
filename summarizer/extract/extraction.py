"""What every extractor takes and gives, so that the pipeline need not know which one wrote a draft."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol, Self, runtime_checkable

from summarizer.article import Article
from summarizer.draft import Draft
from summarizer.errors import ModelError
from summarizer.page_split import PageSplit
from summarizer.value import Span, Value


class Spent(Value):
    """What a draft cost: HTTP requests and tokens, failed attempts included."""

    attempts: int = 0
    """HTTP requests sent."""
    prompt: int = 0
    """Tokens of the prompts, cached ones included."""
    completion: int = 0
    """Tokens of the replies."""
    cached: int = 0
    """Tokens of the prompts that the provider had in its cache."""

    def plus(self, other: Self) -> Self:
        """Return the sum of both."""
        return self.model_copy(
            update={name: getattr(self, name) + getattr(other, name) for name in type(self).model_fields}
        )


def spent_on(error: ModelError) -> Spent:
    """Return what a question cost that failed."""
    return Spent(attempts=error.attempts, prompt=error.prompt_tokens, completion=error.completion_tokens)


class Extraction(Value):
    """A draft and how it came about."""

    draft: Draft
    extractor: Literal["model", "rules"]
    model: str | None
    """The model as the service reported it in its reply."""
    mode: str | None
    """How the service was asked for JSON; null without a model."""
    prompt: str | None
    """Name and hash of the prompt; null without a model."""
    spent: Spent
    withdrawn: tuple[str, ...] = ()
    """Items that a repair withdrew, as paths in the draft before it."""


class Complaint(NamedTuple):
    """One thing that the check holds against a draft."""

    path: str
    """The item: `numbers.3`, `quotes.0`, `policies.1`, `parks.0`, `summary` or `period`."""
    message: str
    """What is wrong with it, in one sentence."""


class Extractor(Protocol):
    """Whatever turns an article into a draft."""

    def extract(self, article: Article) -> Extraction:
        """Return the article's draft."""
        ...

    def repair(self, article: Article, draft: Draft, complaints: Sequence[Complaint]) -> Extraction | None:
        """Return the draft with the items complained of mended or withdrawn; None where this extractor cannot."""
        ...

    def complete(self, article: Article, draft: Draft, left_out: Sequence[Span]) -> Extraction | None:
        """Return the draft with what it left out put behind its own numbers; None where this extractor cannot.

        `left_out` are the quantities' spans in the clean text. What is no fact worth reporting is just not added.
        """
        ...


class SplitAnswer(NamedTuple):
    """How a page is split, as it was answered, and what that cost."""

    split: PageSplit
    spent: Spent


class SplitRefused(NamedTuple):
    """An answer that does not give every line one place."""

    split: PageSplit
    faults: Sequence[str]
    """What is wrong with it, a sentence each."""


@runtime_checkable
class PageSplitter(Protocol):
    """Whatever can say which lines of a page belong together."""

    def group_lines(self, lines: Sequence[str], refused: SplitRefused | None = None) -> SplitAnswer:
        """Return which lines of a page, numbered from 1, belong together; `refused` is what was answered before.

        Raises ModelError where there is none to be had. The answer is not validated.
        """
        ...
