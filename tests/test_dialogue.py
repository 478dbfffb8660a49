"""The re-asks: bounded, counted, and never worse than the brief they started from."""

import pytest

from summarizer.article import Article
from summarizer.dialogue import complaints_of
from summarizer.errors import ServiceBusy
from summarizer.extract.extraction import Extraction
from tests.scripted import RIGHT, STILL_WRONG, WRONG, Scripted, answered, briefed, drafted, told


def test_what_is_right_at_once_is_not_asked_again() -> None:
    extractor = Scripted(drafted(RIGHT))
    brief = briefed(extractor)
    assert (brief.check.status, extractor.heard, brief.run.attempts) == ("verified", [], 1)


def test_a_complaint_goes_back_with_its_reason_and_is_repaired() -> None:
    extractor = Scripted(drafted(WRONG), answered(drafted(RIGHT)))
    brief = briefed(extractor)
    assert brief.check.status == "verified"
    assert told(brief) == ["114个"]
    [[complaint]] = extractor.heard
    assert complaint.path == "numbers.0"
    assert "141个" in complaint.message
    assert brief.run.attempts == 2
    assert (brief.run.usage.prompt, brief.run.usage.completion, brief.run.usage.cached) == (200, 20, 100)


def test_what_still_fails_after_the_last_re_ask_stays_and_is_flagged() -> None:
    extractor = Scripted(drafted(WRONG), answered(drafted(STILL_WRONG)), answered(drafted(WRONG)), None)
    brief = briefed(extractor)
    assert (brief.check.status, told(brief), len(extractor.heard)) == ("flagged", ["141个"], 2)
    assert brief.run.attempts == 3


def test_the_number_of_re_asks_is_the_callers() -> None:
    extractor = Scripted(drafted(WRONG))
    brief = briefed(extractor, reasks=0)
    assert (brief.check.status, extractor.heard) == ("flagged", [])


def test_an_answer_that_changes_nothing_ends_the_re_asks() -> None:
    extractor = Scripted(drafted(WRONG), answered(drafted(WRONG)))
    brief = briefed(extractor, reasks=9)
    assert (brief.check.status, len(extractor.heard), brief.run.attempts) == ("flagged", 1, 2)


def test_an_extractor_that_cannot_repair_is_asked_once() -> None:
    extractor = Scripted(drafted(WRONG), None)
    assert briefed(extractor, reasks=9).check.status == "flagged"
    assert len(extractor.heard) == 1


def test_a_re_ask_that_fails_leaves_the_flagged_brief_and_its_tokens_count() -> None:
    failure = ServiceBusy("m is busy", attempts=5, prompt_tokens=700, completion_tokens=7)
    brief = briefed(Scripted(drafted(WRONG), failure))
    assert (brief.check.status, told(brief)) == ("flagged", ["141个"])
    assert (brief.run.attempts, brief.run.usage.prompt, brief.run.usage.completion) == (6, 800, 17)
    last = brief.check.findings[-1]
    assert (last.code, last.severity, last.message) == ("reask-failed", "info", "m is busy")


def test_what_was_taken_back_is_said() -> None:
    failure = ServiceBusy("m is busy")
    taken_back = answered(drafted(RIGHT, STILL_WRONG), withdrawn=("numbers.1",))
    brief = briefed(Scripted(drafted(RIGHT, WRONG, WRONG), taken_back, failure))
    assert told(brief) == ["114个", "411个"]
    [note] = [finding for finding in brief.check.findings if finding.code == "withdrawn"]
    assert "numbers.1" in note.message
    assert (note.severity, note.path) == ("info", None)


def test_an_article_that_no_draft_can_be_had_of_is_an_error() -> None:
    class Dead(Scripted):
        def extract(self, article: Article) -> Extraction:
            raise ServiceBusy("m is busy")

    with pytest.raises(ServiceBusy):
        briefed(Dead(drafted()))


def test_only_errors_that_an_item_has_are_complained_of() -> None:
    brief = briefed(Scripted(drafted(WRONG), None))
    [complaint] = complaints_of(brief)
    softened = tuple(finding.model_copy(update={"severity": "warning"}) for finding in brief.check.findings)
    check_of = brief.check.model_copy(update={"findings": softened})
    assert complaints_of(brief.model_copy(update={"check": check_of})) == []
    nowhere = tuple(finding.model_copy(update={"path": None}) for finding in brief.check.findings)
    check_of = brief.check.model_copy(update={"findings": nowhere})
    assert complaints_of(brief.model_copy(update={"check": check_of})) == []
    assert complaint.message.split(":")[0] in {finding.code for finding in brief.check.findings}


def test_the_time_taken_is_told() -> None:
    ticks = iter([10.0, 12.3456])
    assert briefed(Scripted(drafted(RIGHT)), clock=lambda: next(ticks)).run.seconds == 2.346
