"""The stages in their order, from a path or a text to a brief."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from summarizer import Settings, check, summarize
from summarizer.brief import Brief
from summarizer.errors import BriefError, ReadError, SettingsError
from summarizer.extract.rules import RulesExtractor
from summarizer.pages import articles_of
from summarizer.pipeline import connected, load
from summarizer.read import document_from_text
from tests.build import NEWS
from tests.scripted import RIGHT, WRONG, Scripted, drafted


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
