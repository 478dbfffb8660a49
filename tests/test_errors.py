"""The errors as values: worker processes send them home."""

import pickle
from collections.abc import Iterator

import pytest

from summarizer.errors import ModelError, SummarizerError


def kinds(root: type[SummarizerError]) -> Iterator[type[SummarizerError]]:
    for kind in root.__subclasses__():
        yield kind
        yield from kinds(kind)


@pytest.mark.parametrize("kind", [ModelError, *kinds(ModelError)], ids=lambda kind: kind.__name__)
def test_a_failure_of_a_model_reaches_another_process_with_what_was_spent(kind: type[ModelError]) -> None:
    error = kind("model 'm' at a.cn: 忙", attempts=3, prompt_tokens=200, completion_tokens=20)
    there = pickle.loads(pickle.dumps(error))
    assert type(there) is kind
    assert str(there) == "model 'm' at a.cn: 忙"
    assert (there.attempts, there.prompt_tokens, there.completion_tokens) == (3, 200, 20)
    assert there.outcome == kind.outcome


@pytest.mark.parametrize("kind", list(kinds(SummarizerError)), ids=lambda kind: kind.__name__)
def test_every_error_reaches_another_process_with_its_line(kind: type[SummarizerError]) -> None:
    there = pickle.loads(pickle.dumps(kind("what failed")))
    assert (type(there), str(there)) == (kind, "what failed")
