"""The provider's batch API: files of questions go in, files of answers come out within a day, at a part of the price.

OpenAI's protocol (POST /files with purpose=batch, POST /batches, GET /batches/ID, GET /files/ID/content), which Aliyun
Model Studio, Zhipu, Moonshot and others speak too. What differs between them is looked at before it is used: a missing
file's name may be null or empty, a status may be in capitals, a list of batches may not exist.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Final, Literal, NamedTuple, TypeVar

import httpx2
import openai
from openai.types import Batch, FileObject

from summarizer.errors import BadRequest, ModelError, ServiceError, SettingsError, UnknownModel
from summarizer.extract.extraction import Spent
from summarizer.extract.outcome import Asked, named
from summarizer.extract.retry import Budget, Unreadable
from summarizer.settings import OPENAI_URL, Settings

ENDPOINT: Final = "/v1/chat/completions"
"""Of every question, as it is written into a batch's file: the same whatever the base URL."""
MOST_REQUESTS: Final = 50_000
"""In one batch: OpenAI's bound and Aliyun's (developers.openai.com, API reference, Create batch; help.aliyun.com, Model
Studio, OpenAI compatible - Batch; both read in 2026)."""
MOST_BYTES: Final = 100_000_000
"""Of one batch's file. OpenAI takes 200 MB and Aliyun 500 MB (the same pages); DashScope's older page has 100 MB."""
METADATA_KEY: Final = "summarizer"
"""Under which a batch's own key stands in its metadata."""

_WINDOW: Final = "24h"
"""In which batches are to be done: the one that OpenAI knows, and the least of Aliyun's."""
_PAGE: Final = 100
"""Batches in a page of their list, the most that OpenAI gives."""
_MOST_PAGES: Final = 50
_EARLIER_SECONDS: Final = 86_400
"""How far a batch's creation may lie before its preparation, by two clocks, before the search for it ends."""
_MISSING: Final = frozenset({404, 405, 501})
"""What services say that have no such address."""

Known = TypeVar("Known")


class Standing(NamedTuple):
    """How a batch stands at the provider."""

    id: str
    state: Literal["going", "ended", "invalid"]
    """invalid: it was refused as a whole; nothing of it was run."""
    word: str
    """The provider's own."""
    done: int
    """Questions that were answered or failed."""
    output_file: str | None
    error_file: str | None
    trouble: tuple[str, str]
    """Code and message of why it is invalid."""


class Unlisted(Exception):
    """The service does not list its batches."""


class BatchService:
    """A service's batch API. Close it, or use it in a `with`."""

    def __init__(
        self, settings: Settings, pause: Callable[[float], None], transport: httpx2.BaseTransport | None = None
    ) -> None:
        """Raises SettingsError where there is no key; `pause` waits for a busy service."""
        if settings.key_needed and not settings.api_key:
            raise SettingsError("no API key: set OPENAI_API_KEY or SUMMARIZER_API_KEY")
        key = (settings.api_key or "").strip() or "no-key-needed"
        self._settings, self._pause = settings, pause
        self.asked = Asked.from_settings(settings, settings.model or "", key)
        self._sdk = openai.OpenAI(
            api_key=key,
            base_url=settings.base_url or OPENAI_URL,
            max_retries=0,
            timeout=settings.timeout_seconds,
            http_client=openai.DefaultHttpxClient(transport=transport),
        )

    def close(self) -> None:
        """Close the connections."""
        self._sdk.close()

    def upload(self, key: str, lines: IO[bytes]) -> str:
        """Return the provider's name for a batch's file. Raises SettingsError where there is no batch API."""

        def send() -> str:
            lines.seek(0)
            kept = self._sdk.files.create(file=(f"summarizer-{key}.jsonl", lines), purpose="batch")
            return _id_of(kept, FileObject)

        return self._call(send, needed=True)

    def create(self, input_file: str, key: str) -> str:
        """Return the provider's name for a batch of this file; never tried twice, for each time it might make one.

        Raises BadRequest where the file is refused, ServiceBusy where the batch may have been made nevertheless.
        """

        def send() -> str:
            made = self._sdk.batches.create(
                input_file_id=input_file,
                endpoint=ENDPOINT,
                completion_window=_WINDOW,
                metadata={METADATA_KEY: key},
            )
            return _id_of(made, Batch)

        return self._call(send, needed=True, again=False)

    def find(self, input_file: str, key: str, prepared: int) -> str | None:
        """Return the provider's name for the batch that was made of this file, or with this key; None for none.

        Raises Unlisted where the service has no list.
        """

        def search() -> str | None:
            page = self._sdk.batches.list(limit=_PAGE)
            for _ in range(_MOST_PAGES):
                for one in page.data or ():
                    if one.input_file_id == input_file or (one.metadata or {}).get(METADATA_KEY) == key:
                        return one.id
                    if (one.created_at or prepared) < prepared - _EARLIER_SECONDS:
                        return None
                if not page.has_next_page():
                    return None
                page = page.get_next_page()
            return None

        try:
            return self._call(search, missing=lambda: Unlisted())
        except BadRequest as error:
            raise Unlisted from error

    def look(self, provider_id: str) -> Standing:
        """Return how a batch stands. Raises UnknownModel where the service knows no such batch."""

        def ask() -> Standing:
            found = self._sdk.batches.retrieve(provider_id)
            _id_of(found, Batch)
            return _standing(found)

        return self._call(
            ask,
            missing=lambda: UnknownModel(
                f"{self.asked.host} knows no batch {provider_id!r}: it is bound to the key that it was submitted with; "
                "use that key again"
            ),
        )

    @contextmanager
    def fetched(self, name: str) -> Iterator[IO[bytes]]:
        """Yield a file of answers, read to its end; it is empty where the service has it no longer."""
        with tempfile.TemporaryFile() as content:

            def fetch() -> None:
                content.seek(0)
                content.truncate()
                try:
                    with self._sdk.files.with_streaming_response.content(name) as answer:
                        for part in answer.iter_bytes(1 << 20):
                            content.write(part)
                except httpx2.HTTPError as error:  # of the body's transfer, which the SDK does not translate
                    raise openai.APIConnectionError(request=httpx2.Request("GET", name)) from error

            try:
                self._call(fetch, missing=FileNotFoundError)
            except FileNotFoundError:
                content.truncate(0)
            content.seek(0)
            yield content

    def _call(
        self,
        call: Callable[[], Known],
        *,
        again: bool = True,
        needed: bool = False,
        missing: Callable[[], Exception] | None = None,
    ) -> Known:
        """Return what a call returns, tried again while the service is busy; raises the errors of errors.py.

        What is not there is `missing`, or where it is `needed` means that there is no batch API.
        """
        try:
            return Budget(self._settings, self._pause).policy()(call) if again else call()
        except openai.APIStatusError as error:
            if error.status_code in _MISSING and missing is not None:
                raise missing() from error
            if error.status_code in _MISSING and needed:
                raise SettingsError(
                    f"{self.asked.host} has no batch API (HTTP {error.status_code}); leave --via batch-api out, or "
                    "check --base-url"
                ) from error
            raise self._failure(error) from error
        except (openai.APIError, Unreadable) as error:
            raise self._failure(error) from error

    def _failure(self, error: Exception) -> ModelError:
        return named(error, self.asked, Spent(attempts=1)) or ServiceError(f"batch API at {self.asked.host}: {error}")


def _id_of(found: object, kind: type[Batch] | type[FileObject]) -> str:
    """Return the name of what the service made. Raises Unreadable for an answer that is something else."""
    name = getattr(found, "id", None) if isinstance(found, kind) else None
    if not isinstance(name, str) or not name:
        raise Unreadable(f"an answer that is no {kind.__name__}")
    return name


def _standing(found: Batch) -> Standing:
    word = str(getattr(found, "status", "")).lower()
    counts = getattr(found, "request_counts", None)
    errors = getattr(found, "errors", None)
    told = next(iter(getattr(errors, "data", None) or ()), None)
    state: Literal["going", "ended", "invalid"] = "going"
    if word in ("completed", "expired", "cancelled"):
        state = "ended"
    elif word == "failed":
        state = "invalid"
    return Standing(
        id=found.id,
        state=state,
        word=word,
        done=(getattr(counts, "completed", None) or 0) + (getattr(counts, "failed", None) or 0),
        output_file=getattr(found, "output_file_id", None) or None,
        error_file=getattr(found, "error_file_id", None) or None,
        trouble=(str(getattr(told, "code", "") or ""), str(getattr(told, "message", "") or "")),
    )
