"""The command line as a newcomer meets it: briefs on stdout, notes on stderr, an exit code."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from summarizer.cli_base import DONE, FAILED, FLAGGED, USAGE
from tests.build import NEWS, draft_json
from tests.command import ARTICLE, ARTICLES, Run, refused, stdin_of
from tests.fake_service import completion, failure, fake_service

NOTE = "summarize: no model is set (--model or SUMMARIZER_MODEL): the rules write the draft\n"


def test_a_file_becomes_one_line_of_json_and_the_rules_are_named(run: Run, page: Path) -> None:
    said = run(page)
    assert (said.code, said.err) == (DONE, NOTE)
    brief = json.loads(said.out)
    assert (brief["schema"], brief["source"]["path"], brief["run"]["extractor"]) == ("brief.v1", str(page), "rules")
    assert said.out.count("\n") == 1


def test_rules_that_were_asked_for_need_no_note(run: Run, page: Path) -> None:
    assert run("--extractor", "rules", page).err == ""


def test_the_form_can_be_chosen(run: Run, page: Path) -> None:
    assert run(page, "--format", "json").out.startswith('{\n  "schema"')
    assert run("--format", "text", page).out.startswith("西安高新区上半年签约项目114个\n")


def test_a_terminal_gets_a_table(run: Run, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "560.6亿元" in run(page).out


def test_many_files_are_briefed_in_order_and_the_note_is_said_once(run: Run, page: Path) -> None:
    said = run(page, ARTICLE, page)
    assert [json.loads(line)["source"]["path"] for line in said.out.splitlines()] == [
        str(page),
        str(ARTICLE),
        str(page),
    ]
    assert said.err == NOTE


def test_one_bad_file_does_not_stop_the_others(run: Run, page: Path, tmp_path: Path) -> None:
    said = run("--extractor", "rules", page, tmp_path / "nothing.txt", page)
    assert (said.code, len(said.out.splitlines())) == (FAILED, 2)
    assert said.err == f"summarize: cannot read '{tmp_path / 'nothing.txt'}': no such file; check the path\n"


def test_standard_input_is_a_dash(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin_of(NEWS.encode(), monkeypatch)
    assert json.loads(run("-").out)["source"]["path"] == "-"


def test_a_date_resolves_relative_periods(run: Run, page: Path) -> None:
    for written in ("2023-07-03", "2023-7-3"):
        brief = json.loads(run("--date", written, page).out)
        assert brief["source"]["published"] == "2023-07-03"
        assert brief["period"] == {"text": "上半年", "start": "2023-01-01", "end": "2023-06-30", "inferred": True}


@pytest.mark.parametrize(("encoding", "name"), [("gb18030", "annual_results"), ("big5hkscs", "traditional_park")])
def test_other_encodings_are_read(run: Run, tmp_path: Path, encoding: str, name: str) -> None:
    text = (ARTICLES / f"{name}.txt").read_text(encoding="utf-8")
    path = tmp_path / "other.txt"
    path.write_bytes(text.encode(encoding, "replace"))
    told = json.loads(run("--extractor", "rules", path).out)["numbers"]
    path.write_text(text, encoding="utf-16")
    assert [number["value"] for number in json.loads(run("--extractor", "rules", path).out)["numbers"]] == [
        number["value"] for number in told
    ]
    assert len(told) >= 20


def test_flags_count_only_when_strict(run: Run, page: Path, tmp_path: Path) -> None:
    brief = tmp_path / "brief.json"
    brief.write_text('{"numbers": [{"metric": "签约项目", "text": "141个"}]}', encoding="utf-8")
    assert run("check", page, brief).code == DONE
    assert run("check", "--strict", page, brief).code == FLAGGED
    assert run("--strict", page).code == DONE
    assert run("--strict", page, tmp_path / "nothing.txt").code == FAILED


def test_a_brief_is_checked_and_either_may_come_from_stdin(
    run: Run, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brief = tmp_path / "brief.json"
    brief.write_text('{"numbers": [{"metric": "签约项目", "text": "114个"}]}', encoding="utf-8")
    said = run("check", page, brief)
    assert (said.code, said.err, json.loads(said.out)["numbers"][0]["verdict"]) == (DONE, "", "exact")
    stdin_of(brief.read_bytes(), monkeypatch)
    assert json.loads(run("check", page, "-").out)["numbers"] == json.loads(said.out)["numbers"]
    stdin_of(page.read_bytes(), monkeypatch)
    assert json.loads(run("check", "--date", "2023-07-03", "-", brief).out)["source"]["published"] == "2023-07-03"
    assert run("check", "-", "-").code == USAGE


def test_what_the_program_writes_it_can_check(run: Run, page: Path, tmp_path: Path) -> None:
    brief = tmp_path / "brief.json"
    brief.write_text(run("--extractor", "rules", page).out, encoding="utf-8")
    assert run("check", "--strict", page, brief).code == DONE


def test_numbers_are_listed(run: Run, page: Path) -> None:
    lines = [json.loads(line) for line in run("numbers", page).out.splitlines()]
    assert ("114个", "114", "个", "count") in {
        (line["text"], line["value"], line["unit"], line["kind"]) for line in lines
    }
    assert all(NEWS[line["start"] : line["end"]] == line["text"] for line in lines)


def test_a_file_that_bears_a_commands_name_can_be_named(
    run: Run, page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(page, "check")
    assert json.loads(run("./check").out)["source"]["path"] == "./check"
    assert run("check").code == USAGE


def test_a_model_at_a_service_writes_the_draft_and_it_can_be_replayed(
    run: Run, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept.json"
    with fake_service(completion(draft_json())) as service:
        said = run("--model", "m", "--base-url", service.url, "--record", kept, "--reasks", "0", page)
    assert (said.code, said.err) == (DONE, "")
    brief = json.loads(said.out)
    assert (brief["run"]["extractor"], brief["run"]["attempts"]) == ("model", 1)
    replayed = json.loads(run("--replay", kept, "--reasks", "0", page).out)
    assert replayed["numbers"] == brief["numbers"]
    monkeypatch.setenv("SUMMARIZER_MODEL", "another")
    assert "another" in refused(run("--replay", kept, page))


def test_a_key_that_is_refused_is_refused_once(run: Run, page: Path) -> None:
    with fake_service(failure(401, "bad key")) as service:
        said = run("--model", "m", "--base-url", service.url, page, page, page)
        assert service.calls == 1
    refused(said)


def test_one_article_that_is_refused_does_not_stop_the_others(run: Run, page: Path) -> None:
    with fake_service(failure(400, "odd"), failure(400, "odd"), completion(draft_json())) as service:
        said = run("--model", "m", "--base-url", service.url, "--reasks", "0", "--mode", "json", page, page, page)
    assert said.code == FAILED
    assert len(said.out.splitlines()) + said.err.count("\n") == 3


def test_the_follow_up_is_sent_unless_turned_off(run: Run, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = completion(draft_json(numbers=[], policies=[]))
    with fake_service(first) as service:
        run("--model", "m", "--base-url", service.url, "--no-complete", page)
        assert service.calls == 1
        monkeypatch.setenv("SUMMARIZER_COMPLETE", "0")
        run("--model", "m", "--base-url", service.url, page)
        assert service.calls == 2
    with fake_service(first, completion('{"numbers": []}')) as service:
        said = run("--model", "m", "--base-url", service.url, "--complete", page)
        assert service.calls == 2
    [note] = json.loads(said.out)["check"]["findings"]
    assert (note["code"], note["severity"]) == ("completed", "info")


def test_a_recording_without_the_follow_up_still_replays(run: Run, page: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    options = ("--model", "m", "--record", kept)
    with fake_service(completion(draft_json(numbers=[], policies=[]))) as service:
        recorded = json.loads(run(*options, "--base-url", service.url, "--no-complete", page).out)
    replayed = json.loads(run("--replay", kept, page).out)
    assert replayed["check"]["unreported"] == recorded["check"]["unreported"]
    [note] = replayed["check"]["findings"]
    assert (note["code"], note["severity"]) == ("completion-failed", "info")
    assert "has no answer for model 'm'" in note["message"]
    assert json.loads(run("--replay", kept, "--no-complete", page).out)["check"]["findings"] == []
    with fake_service(completion('{"numbers": []}')) as service:  # recording anew asks for what is missing alone
        run(*options, "--base-url", service.url, page)
        assert service.calls == 1
    [note] = json.loads(run("--replay", kept, page).out)["check"]["findings"]
    assert note["code"] == "completed"


PAGE = ARTICLES.parent / "pages" / "p4_chiqiao.txt"


def test_a_page_gives_a_brief_for_each_article(run: Run) -> None:
    said = run("--extractor", "rules", PAGE)
    assert [json.loads(line)["source"]["title"] for line in said.out.splitlines()][1:] == [
        "沅北高新区科技支行：看“技术流”也看“人才流”",
        "枫渡高新区为新能源汽车“配齐一条街”",
        "云麓高新区：夜校开到厂门口",
    ]
    assert len(run("--extractor", "rules", "--split", "none", PAGE).out.splitlines()) == 1


def test_the_articles_of_a_page_are_listed(run: Run, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in run("articles", PAGE).out.splitlines()]
    assert [row["kind"] for row in rows] == ["article"] * 4 + ["furniture"]
    assert rows[1]["lines"] == [[68, 68], [11, 11], [69, 92]]
    text = PAGE.read_text(encoding="utf-8")
    start, end = rows[1]["ranges"][0]
    assert text[start:end] == rows[1]["title"]
    paper = tmp_path / "paper.txt"
    paper.write_text(f"{text}\f{text}", encoding="utf-8")
    assert [json.loads(line)["pages"] for line in run("articles", paper).out.splitlines()] == [[1]] * 4 + [[2]] * 4 + [
        [1, 2]
    ]
    [whole] = [json.loads(line) for line in run("articles", ARTICLE).out.splitlines()]
    assert (whole["kind"], whole["confidence"], len(whole["ranges"])) == ("article", 1.0, 1)


def test_a_page_is_shown_line_by_line(run: Run) -> None:
    said = run("articles", "--format", "text", PAGE).out
    assert "  4 云麓高新区协诚电" not in said
    assert "\n  4 晚上7点半，云麓高新区协诚电\n" in said
    assert "\n  · 责编：欧阳闻　电话：0000-5550167\n" in said.replace(" 电话", "　电话")
    assert run("articles", "--format", "text", ARTICLE).out.startswith("one article: ")
    assert json.loads(run("articles", "--format", "json", PAGE).out)[0]["kind"] == "article"
