"""The stages in their order, and the re-asks: bounded, counted, and never worse than the brief they started from."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from summarizer import Settings, check, summarize
from summarizer.article import Article
from summarizer.brief import Brief
from summarizer.draft import Draft, DraftNumber
from summarizer.errors import BriefError, ModelError, ReadError, ServiceBusy, SettingsError
from summarizer.extract.extraction import Complaint, Extraction, Spent
from summarizer.extract.rules import RulesExtractor
from summarizer.pipeline import articles_of, brief_article, complaints_of, connected, load
from summarizer.read import document_from_text
from tests.build import NEWS

RIGHT = DraftNumber(metric="签约项目", text="114个", park="西安高新区", period="上半年", status="actual", at=2)
WRONG = RIGHT.model_copy(update={"text": "141个"})
STILL_WRONG = RIGHT.model_copy(update={"text": "411个"})


def drafted(*numbers: DraftNumber) -> Draft:
    return Draft(about_park=True, parks=(), period=None, summary="", numbers=numbers, policies=(), quotes=())


def answered(draft: Draft, *, withdrawn: tuple[str, ...] = ()) -> Extraction:
    spent = Spent(attempts=1, prompt=100, completion=10, cached=50)
    return Extraction(
        draft=draft, extractor="model", model="m", mode="json", prompt="p@sha256:0", spent=spent, withdrawn=withdrawn
    )


class Scripted:
    """An extractor that answers from a list: the first draft, then what each re-ask brings."""

    def __init__(self, first: Draft, *repairs: Extraction | ModelError | None) -> None:
        self.first = first
        self.repairs = list(repairs)
        self.heard: list[list[Complaint]] = []

    def extract(self, article: Article) -> Extraction:
        return answered(self.first)

    def repair(self, article: Article, draft: Draft, complaints: Sequence[Complaint]) -> Extraction | None:
        self.heard.append(list(complaints))
        repair = self.repairs.pop(0)
        if isinstance(repair, ModelError):
            raise repair
        return repair


def briefed(extractor: Scripted, **options: Any) -> Brief:  # noqa: ANN401 - whatever brief_article takes
    [news] = articles_of(document_from_text(NEWS, published="2023-07-03"))
    return brief_article(news, extractor, **options)


def told(brief: Brief) -> list[str]:
    return [number.text for number in brief.numbers]


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


def test_a_text_a_path_and_a_file_name_are_told_apart(tmp_path: Path) -> None:
    page = tmp_path / "page"
    page.write_text(NEWS, encoding="utf-8")
    assert load(NEWS).path is None
    assert load(page).path == load(str(page)).path == str(page)
    assert load("上半年，西安高新区签约项目114个。").path is None
    assert load("新闻" * 120).path is None, "240 characters are 720 bytes: too long for a file's name, not for a text"
    with pytest.raises(ReadError, match="no such file"):
        load("mistyped.txt")
    with pytest.raises(ReadError):
        load("")


def test_a_text_with_nothing_to_read_is_an_error() -> None:
    with pytest.raises(ReadError, match="the text holds no readable text"):
        articles_of(document_from_text("\x01\x02\u200b\x03"))


def test_summarize_takes_an_extractor_or_settings() -> None:
    [scripted] = summarize(NEWS, extractor=Scripted(drafted(RIGHT)), published="2023-07-03")
    assert (scripted.run.extractor, scripted.source.published) == ("model", "2023-07-03")
    [by_rules] = summarize(NEWS, settings=Settings(extractor="rules"))
    [by_default] = summarize(NEWS)
    assert by_rules.run.extractor == by_default.run.extractor == "rules"


def test_summarize_reads_the_environment_where_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_MODEL", "m")
    with pytest.raises(SettingsError, match="no API key"):
        summarize(NEWS)


def test_summarize_can_be_awaited() -> None:
    [brief] = asyncio.run(asyncio.to_thread(summarize, NEWS, settings=Settings()))
    assert brief.source.language == "zh-Hans"


def test_the_extractor_is_the_one_that_the_settings_name() -> None:
    with connected(Settings(extractor="rules", model="m")) as extractor:
        assert isinstance(extractor, RulesExtractor)
    with connected(Settings(model="m", base_url="http://127.0.0.1:9/v1")) as model:
        assert not isinstance(model, RulesExtractor)


GIVEN: dict[str, Any] = {
    "numbers": [{"metric": "签约项目", "text": "114个"}, {"metric": "总投资", "text": "650.6亿元"}]
}


def verdicts(brief: Brief) -> list[str]:
    return [number.verdict for number in brief.numbers]


def test_anybodys_brief_is_checked_in_any_form(tmp_path: Path) -> None:
    stored = tmp_path / "brief.json"
    text = '{"numbers": [{"metric": "签约项目", "text": "114个"}, {"metric": "总投资", "text": "650.6亿元"}]}'
    stored.write_text(text, encoding="utf-8")
    wanted = ["exact", "digits"]
    for given in (GIVEN, text, stored, str(stored)):
        brief = check(NEWS, given)
        assert (verdicts(brief), brief.check.status, brief.run.extractor) == (wanted, "flagged", "given")
    assert verdicts(check(NEWS, check(NEWS, GIVEN))) == wanted
    assert verdicts(check(NEWS, drafted(RIGHT, WRONG), published="2023-07-03")) == ["exact", "digits"]


@pytest.mark.parametrize("brief", [None, 7, ["114个"], b"{}", {}, "[]", '{"numbers": 1}'])
def test_what_is_no_brief_is_an_error(brief: object) -> None:
    with pytest.raises(BriefError):
        check(NEWS, brief)
