"""Frozen settings, read once at the edge (environment and flags) and passed down; nothing else reads them there."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError

from summarizer.errors import SettingsError
from summarizer.value import Value

ExtractorName = Literal["auto", "model", "rules"]
ModeName = Literal["auto", "strict-schema", "tools", "json", "fenced-json"]
Split = Literal["auto", "rules", "model", "none"]
"""How a document is split into articles: where it may be a page, by the rules and, where they doubt, by the model if
one is named; always by the rules; always by the model; never."""

Via = Literal["live", "batch-api"]
"""How a service is asked: question by question, or in batches that it answers later, for less."""

OPENAI_URL = "https://api.openai.com/v1"
"""Where requests go when no base URL is set."""

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Settings(Value):
    """All that a run can be told."""

    extractor: ExtractorName = "auto"
    """auto: the model where one is named, else the rules."""
    model: str | None = None
    """SUMMARIZER_MODEL or --model."""
    base_url: str | None = None
    """SUMMARIZER_BASE_URL, OPENAI_BASE_URL or --base-url; null means OpenAI's own."""
    api_key: str | None = Field(default=None, repr=False)
    """SUMMARIZER_API_KEY or OPENAI_API_KEY; never a flag, for flags show in process lists."""
    mode: ModeName = "auto"
    split: Split = "auto"
    """How pages are split into their articles."""
    timeout_seconds: float = Field(default=120.0, gt=0, le=86_400)
    """For one HTTP request; the openai SDK's own 600 s would let a dead connection hold an article for ten minutes."""
    busy_retries: int = Field(default=4, ge=0)
    """Further requests after a busy or broken answer."""
    content_reasks: int = Field(default=1, ge=0)
    """Further requests after a reply that does not fit the schema."""
    check_reasks: int = Field(default=2, ge=0)
    """Further requests for the items that the check flagged."""
    complete: bool = True
    """SUMMARIZER_COMPLETE or --no-complete: one further request for the facts that the model's draft left out."""
    max_wait_seconds: float = Field(default=60.0, ge=0)
    """The longest wait for a busy service; a Retry-After beyond it gives up at once."""
    max_tokens: int | None = Field(default=None, gt=0)
    """Upper bound of a reply; null leaves it to the provider."""
    max_article_chars: int = Field(default=60_000, gt=0)
    """A longer article is refused before anything is sent; about 60,000 tokens of Chinese, half of a 128k window."""
    record: Path | None = None
    """Keep the HTTP exchange in this file."""
    replay: Path | None = None
    """Answer from this file, without a network."""
    via: Via = "live"
    """Batches are for archives (`summarize batch --via batch-api`)."""
    prices: Path | None = None
    """SUMMARIZER_PRICES or --prices: prices that outweigh those of our own table."""

    @property
    def uses_model(self) -> bool:
        """Whether a language model writes the draft."""
        return self.extractor == "model" or (self.extractor == "auto" and self.model is not None)

    @property
    def drafts_by_model(self) -> bool:
        """Whether drafts come from a language model, or from a kept exchange with one."""
        return self.uses_model or (self.extractor == "auto" and self.replay is not None)

    @property
    def asks_model(self) -> bool:
        """Whether a language model is asked for anything."""
        return self.uses_model or self.split == "model"

    @property
    def key_needed(self) -> bool:
        """Whether a key must be set: not for a replay, nor for a server on this machine."""
        host = urlsplit(self.base_url or OPENAI_URL).hostname
        return self.replay is None and host not in _LOOPBACK


def read_settings(environment: Mapping[str, str], **flags: object) -> Settings:
    """Return settings from the environment, overridden by every flag that is not None.

    Raises SettingsError for a value that does not fit and for settings that contradict each other.
    """
    found: dict[str, object] = {
        "model": environment.get("SUMMARIZER_MODEL") or None,
        "base_url": environment.get("SUMMARIZER_BASE_URL") or environment.get("OPENAI_BASE_URL") or None,
        "api_key": environment.get("SUMMARIZER_API_KEY") or environment.get("OPENAI_API_KEY") or None,
        "prices": environment.get("SUMMARIZER_PRICES") or None,
    }
    if environment.get("SUMMARIZER_COMPLETE"):
        found["complete"] = environment["SUMMARIZER_COMPLETE"]
    found.update({name: flag for name, flag in flags.items() if flag is not None})
    try:
        settings = Settings.model_validate(found)
    except ValidationError as error:
        first = error.errors()[0]
        name, given = ".".join(map(str, first["loc"])), first["input"]
        shown = "" if name == "api_key" else f" {given!r}"
        raise SettingsError(f"setting {name}{shown} does not fit: {first['msg']}; change it") from error
    _refuse_conflicts(settings)
    return settings


def _refuse_conflicts(settings: Settings) -> None:
    """Raise SettingsError for settings of which one would silently go unused."""
    if settings.record is not None and settings.replay is not None:
        raise SettingsError("--record and --replay exclude each other: record first, replay later")
    if settings.extractor == "rules" and not settings.asks_model and (settings.record or settings.replay) is not None:
        raise SettingsError("--record and --replay are for a model: leave --extractor rules out")
    if settings.record is not None and not settings.asks_model:
        raise SettingsError("--record keeps the exchange with a model: name one with --model or SUMMARIZER_MODEL")
    if settings.base_url is not None and not _is_web_address(settings.base_url):
        raise SettingsError(f"base URL {settings.base_url!r} is not an http(s) address; write it as https://host/v1")


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # a bracket that does not close, a port that is no number
        return False
