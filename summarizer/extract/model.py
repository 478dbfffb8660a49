"""Drafts written by a language model, over any OpenAI-compatible service.

This module is light: the SDK, instructor and tenacity cost ten times the rest of a start-up, so whatever needs them
stands in modules of its own and is imported here when a model is really connected.
"""

import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from summarizer.article import Article
from summarizer.draft import Draft
from summarizer.errors import ArticleTooLong, SettingsError
from summarizer.extract.extraction import Complaint, Extraction, SplitAnswer, SplitRefused
from summarizer.extract.gate import Gate, OpenGate
from summarizer.extract.page import split_again_request, split_request
from summarizer.extract.wire import (
    Additions,
    Repair,
    Request,
    apply_additions,
    apply_repair,
    complete_request,
    extract_request,
    repair_request,
)
from summarizer.page_split import PageSplit
from summarizer.settings import Settings
from summarizer.value import Span

if TYPE_CHECKING:
    import httpx2

    from summarizer.extract.service import Answer, Read


class ModelExtractor:
    """An extractor that asks a language model; threads may share one. Close it, or use it in a `with`."""

    def __init__(
        self,
        settings: Settings,
        *,
        transport: "httpx2.BaseTransport | None" = None,
        sleep: Callable[[float], None] = time.sleep,
        gate: Gate | None = None,
    ) -> None:
        """`gate` governs every HTTP request and its waits, in place of `sleep`, which a single run waits with.

        Raises SettingsError where the settings do not suffice.
        """
        from summarizer.extract.recording import PlainTransport, RecordingTransport
        from summarizer.extract.service import Service

        require_key(settings)
        self._settings = settings
        self._recorder: RecordingTransport | None = None
        model = _model(settings)
        if settings.replay is not None:
            self._recorder = transport = RecordingTransport(settings.replay)
        elif settings.record is not None:
            self._recorder = transport = RecordingTransport(settings.record, transport or PlainTransport())
        self._service = Service(settings, model, transport, gate or OpenGate(sleep))

    def prepare(self, article: Article) -> None:
        """Make ready what every draft needs, by the example of an article; asks nobody."""
        self._service.prepare(extract_request(article).messages, Draft)

    def extract(self, article: Article) -> Extraction:
        """Return the model's draft of the article; a ModelError where there is none to be had."""
        self._check_length(article)
        request = extract_request(article)
        answer = self._service.ask(request.messages, Draft)
        return _extraction(answer.value, answer, request)

    def repair(self, article: Article, draft: Draft, complaints: Sequence[Complaint]) -> Extraction | None:
        """Return the draft with the items complained of answered anew; `spent` is that of this call alone.

        None where no complaint is about an item of the draft.
        """
        self._check_length(article)
        request = repair_request(article, draft, complaints)
        if request is None:
            return None
        answer = self._service.ask(request.messages, Repair)
        mended, withdrawn = apply_repair(draft, answer.value, complaints)
        return _extraction(mended, answer, request, withdrawn)

    def complete(self, article: Article, draft: Draft, left_out: Sequence[Span]) -> Extraction | None:
        """Return the draft with what the model adds of the quantities left out; `spent` is that of this call alone.

        None where no sentence holds one of them.
        """
        self._check_length(article)
        request = complete_request(article, draft, left_out)
        if request is None:
            return None
        answer = self._service.ask(request.messages, Additions)
        return _extraction(apply_additions(draft, answer.value), answer, request)

    def group_lines(self, lines: Sequence[str], refused: SplitRefused | None = None) -> SplitAnswer:
        """Return which lines of a page the model puts together; a ModelError where it gives no usable answer."""
        request = split_request(lines) if refused is None else split_again_request(lines, *refused)
        length, limit = sum(len(message["content"]) for message in request.messages), self._settings.max_article_chars
        if length > limit:
            raise ArticleTooLong(
                f"a page of {len(lines):,} lines makes a question of {length:,} characters, more than the {limit:,} "
                "that are sent to a model; use --split rules"
            )
        answer = self._service.ask(request.messages, PageSplit)
        return SplitAnswer(answer.value, answer.spent)

    def close(self) -> None:
        """Close the connections; SettingsError where a recording could not be kept to the end."""
        self._service.close()
        if self._recorder is not None:
            self._recorder.finish()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:
            self._service.close()  # the first error is the one to tell

    def _check_length(self, article: Article) -> None:
        length, limit = len(article.text), self._settings.max_article_chars
        if length > limit:
            raise ArticleTooLong(
                f"article {article.title or article.id!r} has {length:,} characters, more than the {limit:,} that are "
                "sent to a model; split it, or use --extractor rules"
            )


def require_key(settings: Settings) -> None:
    """Raise SettingsError where the service wants a key and there is none: a run may ask before it begins to read."""
    if settings.key_needed and not settings.api_key:
        raise SettingsError(
            "no API key: set OPENAI_API_KEY or SUMMARIZER_API_KEY, or name a server on this machine with --base-url"
        )


def connect(settings: Settings) -> ModelExtractor:
    """Return an extractor for the model that the settings name; SettingsError where they do not suffice."""
    return ModelExtractor(settings)


def _extraction(draft: Draft, answer: "Answer[Read]", request: Request, withdrawn: tuple[str, ...] = ()) -> Extraction:
    return Extraction(
        draft=draft,
        extractor="model",
        model=answer.model,
        mode=answer.mode,
        prompt=request.prompt,
        spent=answer.spent,
        withdrawn=withdrawn,
    )


def _model(settings: Settings) -> str:
    """Return the model to ask: the one that is set, else the only one of the recording to replay."""
    if settings.model is not None:
        return settings.model
    if settings.replay is None:
        raise SettingsError("no model: name one with --model or SUMMARIZER_MODEL")
    from summarizer.extract.recording import recorded_models

    models = recorded_models(settings.replay)
    if len(models) != 1:
        held = f"holds the models {', '.join(models)}" if models else "names no model"
        raise SettingsError(
            f"no model: recording {str(settings.replay)!r} {held}; name one with --model or SUMMARIZER_MODEL"
        )
    return models[0]
