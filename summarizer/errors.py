"""Every error that this program raises on purpose.

    SummarizerError                 one clear line; the command prints it and exits 1
    ├── ReadError                   an input that cannot be read: missing, a folder, too large, not text
    ├── BriefError                  JSON that is no brief, or not JSON
    ├── SettingsError               a setting that is missing or contradicts another (no key, no model)
    ├── EvaluationError             gold that cannot be used, or briefs that do not say which gold is theirs
    ├── StoreError                  a store that cannot be opened, read or written: no store, a full disk
    ├── ReportError                 a report that cannot be made as asked: too many briefs, no place to write to
    ├── Stopped                     a batch run that ended early on purpose; what is done stays done
    ├── Overtaken                   a reviewer's decision on an item that somebody else has decided on meanwhile
    ├── NotYetAnswered              a question whose answer a provider's batch will bring
    └── ModelError                  a language model that gave no usable draft; carries what was spent
        ├── ServiceError            the service refused or could not be reached
        │   ├── WrongKey            401, 403
        │   ├── UnknownModel        404, or 400 that says so
        │   ├── BadRequest          any other 4xx
        │   ├── NoCredit            402, or 429 that waiting cannot cure (quota used up)
        │   └── ServiceBusy         429, 5xx, time-out, reset: still failing after the last wait
        ├── Truncated               the reply ended at the token limit
        ├── Refused                 the model declined
        ├── Filtered                the provider's content filter cut the reply
        ├── InvalidReply            no reply that fits the schema after the last re-ask
        ├── ArticleTooLong          the article would not fit the model's window
        └── NotRecorded             a replay was asked something that its file does not hold

A message says what failed, on what, and what to do.
"""

from typing import ClassVar


class SummarizerError(Exception):
    """The base of all errors below; its text is fit to be shown to a user as it is."""


class ReadError(SummarizerError):
    """An input cannot be read."""


class BriefError(SummarizerError):
    """A JSON value is no brief that the check can take."""


class SettingsError(SummarizerError):
    """A setting is missing, malformed or contradicts another."""


class EvaluationError(SummarizerError):
    """Gold cannot be used, or briefs and gold cannot be brought together."""


class StoreError(SummarizerError):
    """A store cannot be opened, read or written."""


class ReportError(SummarizerError):
    """A report cannot be made as it was asked for."""


class Stopped(SummarizerError):
    """A batch run ended before its archive did; the message says why and how to go on."""


class Overtaken(SummarizerError):
    """Somebody else has decided on the item since it was looked at."""


class NotYetAnswered(SummarizerError):
    """A question has no answer yet. No failure of a model: it must pass whatever catches those."""

    def __init__(self, message: str, *, body: str = "") -> None:
        super().__init__(message)
        self.body = body
        """What is asked: the JSON body of the request."""


class ModelError(SummarizerError):
    """A language model gave no usable draft."""

    outcome: ClassVar[str] = "failed"
    """The outcome's name, for tables and stores."""

    def __init__(self, message: str, *, attempts: int = 0, prompt_tokens: int = 0, completion_tokens: int = 0) -> None:
        super().__init__(message)
        self.attempts = attempts
        """HTTP requests that were sent before it failed."""
        self.prompt_tokens = prompt_tokens
        """Tokens billed for prompts, failed attempts included."""
        self.completion_tokens = completion_tokens
        """Tokens billed for replies, failed attempts included."""


class ServiceError(ModelError):
    """The service refused the request or could not be reached."""

    outcome = "service"


class WrongKey(ServiceError):
    """The service does not accept the key."""

    outcome = "wrong-key"


class UnknownModel(ServiceError):
    """The service does not know the model."""

    outcome = "unknown-model"


class BadRequest(ServiceError):
    """The service rejects the request for another reason."""

    outcome = "bad-request"


class NoCredit(ServiceError):
    """The account has no credit or quota left; waiting does not help."""

    outcome = "no-credit"


class ServiceBusy(ServiceError):
    """The service was busy, silent or broken, and still is after the last wait."""

    outcome = "busy"


class Truncated(ModelError):
    """The reply ended at the token limit."""

    outcome = "truncated"


class Refused(ModelError):
    """The model declined to answer."""

    outcome = "refused"


class Filtered(ModelError):
    """The provider's content filter cut the reply."""

    outcome = "filtered"


class InvalidReply(ModelError):
    """No reply fitted the schema, re-asks included."""

    outcome = "invalid"


class ArticleTooLong(ModelError):
    """The article would not fit the model's window."""

    outcome = "too-long"


class NotRecorded(ModelError):
    """A replay was asked something that its file does not hold."""

    outcome = "not-recorded"


HOPELESS = (WrongKey, UnknownModel, NoCredit)
"""Failures that every further question would meet again."""
