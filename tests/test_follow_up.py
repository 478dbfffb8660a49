"""The follow-up for what a draft left out: asked once, bounded, and believed no more than the draft."""

import json
from typing import Any

import pytest

from summarizer import dialogue
from summarizer.article import Article
from summarizer.brief import Brief
from summarizer.dialogue import MOST_ASKED, brief_article, omissions_of
from summarizer.draft import Draft
from summarizer.errors import ServiceBusy
from summarizer.extract.rules import RulesExtractor
from summarizer.pages import articles_of
from summarizer.read import document_from_text
from summarizer.resources import prompt_tag, read_prompt, read_schema
from summarizer.verify import prove
from tests.build import DRAFT, NEWS, draft_json
from tests.fake_service import Answer, FakeService, completion, failure, fake_service
from tests.faults import BUSY, NO_SCHEMA, extractor
from tests.scripted import RIGHT, WRONG, Scripted, answered, briefed, drafted, told

MONEY = RIGHT.model_copy(update={"metric": "总投资", "text": "560.6亿元"})
INVENTED = RIGHT.model_copy(update={"metric": "利税", "text": "9.9亿元"})


def notes(brief: Brief) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in brief.check.findings if finding.severity == "info"]


def left_out(brief: Brief) -> list[str]:
    return [item.text for item in brief.check.unreported]


def test_what_is_left_out_is_asked_for_once_and_added() -> None:
    script = Scripted(drafted(RIGHT), adds=[MONEY])
    brief = briefed(script)
    assert script.left_out == [["560.6亿元"]]
    assert (brief.check.status, told(brief), left_out(brief)) == ("verified", ["114个", "560.6亿元"], [])
    assert notes(brief) == [
        ("completed", "asked for 1 of the quantities that its draft left out, the model added 1: 560.6亿元")
    ]
    assert (brief.run.attempts, brief.run.usage.prompt, brief.run.usage.cached) == (2, 200, 100)
    assert brief.run.prompt == "p@sha256:0"


def test_a_draft_that_leaves_nothing_out_costs_no_follow_up() -> None:
    script = Scripted(drafted(RIGHT, MONEY), adds=[])
    assert notes(briefed(script)) == []
    assert script.left_out == []


def test_it_can_be_turned_off() -> None:
    script = Scripted(drafted(RIGHT), adds=[MONEY])
    brief = briefed(script, complete=False)
    assert (script.left_out, told(brief), left_out(brief)) == ([], ["114个"], ["560.6亿元"])


def test_what_the_model_takes_for_no_fact_stays_unreported_and_is_not_asked_again() -> None:
    script = Scripted(drafted(RIGHT), adds=[])
    brief = briefed(script)
    assert (len(script.left_out), told(brief), left_out(brief)) == (1, ["114个"], ["560.6亿元"])
    assert notes(brief) == [
        ("completed", "asked for 1 of the quantities that its draft left out, the model added none")
    ]


@pytest.mark.parametrize(("adds", "proofs"), [([], 1), ([MONEY], 2), ([MONEY, INVENTED], 3)])
def test_no_draft_is_proved_twice_in_a_row(monkeypatch: pytest.MonkeyPatch, adds: list[Any], proofs: int) -> None:
    proved: list[Draft] = []

    def counted(article: Article, draft: Draft, *given: object) -> Brief:
        proved.append(draft)
        return prove(article, draft, *given)  # type: ignore[arg-type]  # as the dialogue calls it

    monkeypatch.setattr(dialogue, "prove", counted)
    briefed(Scripted(drafted(RIGHT), adds=adds))
    assert len(proved) == proofs


def test_an_extractor_that_cannot_complete_is_not_spoken_of() -> None:
    brief = briefed(Scripted(drafted(RIGHT)))
    assert (notes(brief), brief.run.attempts) == ([], 1)


def test_the_rules_leave_out_what_they_leave_out() -> None:
    [news] = articles_of(document_from_text(NEWS))
    rules = RulesExtractor()
    extraction = rules.extract(news)
    assert rules.complete(news, extraction.draft, []) is None  # type: ignore[func-returns-value]
    assert brief_article(news, rules).run.attempts == 0


def test_a_follow_up_that_fails_leaves_the_brief_and_its_tokens_count() -> None:
    failed = ServiceBusy("m is busy", attempts=5, prompt_tokens=700, completion_tokens=7)
    brief = briefed(Scripted(drafted(RIGHT), adds=failed))
    assert (brief.check.status, told(brief), left_out(brief)) == ("verified", ["114个"], ["560.6亿元"])
    assert notes(brief) == [("completion-failed", "m is busy")]
    assert (brief.run.attempts, brief.run.usage.prompt, brief.run.usage.completion) == (6, 800, 17)


@pytest.mark.parametrize(
    ("offered", "taken", "dropped"),
    [
        ([INVENTED], [], 1),
        ([MONEY, INVENTED], ["560.6亿元"], 1),
        ([MONEY.model_copy(update={"text": "506.6亿元"})], [], 1),
        ([MONEY.model_copy(update={"text": "561亿元"})], [], 1),
        ([MONEY.model_copy(update={"text": "若干"})], [], 1),
        ([RIGHT.model_copy(update={"metric": "项目"}), MONEY], ["560.6亿元"], 1),
        ([MONEY, MONEY.model_copy(update={"metric": "投资"})], ["560.6亿元"], 1),
        ([MONEY.model_copy(update={"at": 99})], ["560.6亿元"], 0),
        ([MONEY.model_copy(update={"text": "5606000万元"})], ["5606000万元"], 0),
    ],
    ids=[
        "invented",
        "one invented",
        "digits",
        "rounded",
        "none",
        "reported before",
        "twice",
        "cited wrongly",
        "rewritten",
    ],
)
def test_only_what_proves_to_be_asked_for_is_taken(offered: list[Any], taken: list[str], dropped: int) -> None:
    brief = briefed(Scripted(drafted(RIGHT), adds=offered), reasks=0)
    assert told(brief) == ["114个", *taken]
    [(code, message)] = notes(brief)
    assert code == "completed"
    assert (f"; {dropped} more that it sent were not asked for" in message) == bool(dropped)
    assert brief.check.status == "verified"


def test_what_is_added_under_a_false_label_is_flagged_and_asked_again_with_the_drafts_errors() -> None:
    mislabelled = MONEY.model_copy(update={"status": "target", "period": "2019年"})
    script = Scripted(drafted(WRONG, RIGHT), None, adds=[mislabelled])
    brief = briefed(script)
    assert brief.check.status == "flagged"
    [complaints] = script.heard
    assert {complaint.path for complaint in complaints} == {"numbers.0", "numbers.2"}


def test_a_number_told_wrongly_is_left_to_the_re_ask() -> None:
    script = Scripted(drafted(WRONG, MONEY), answered(drafted(RIGHT, MONEY)), adds=[RIGHT])
    brief = briefed(script)
    assert script.left_out == []
    assert (told(brief), brief.check.status) == (["114个", "560.6亿元"], "verified")


def test_a_re_ask_that_leads_to_what_was_added_does_not_tell_it_twice() -> None:
    lost = RIGHT.model_copy(update={"text": "三千八百吨", "metric": "产量"})
    script = Scripted(drafted(lost, MONEY), answered(drafted(RIGHT, MONEY, RIGHT)), adds=[RIGHT])
    brief = briefed(script)
    assert script.left_out == [["114个"]]
    assert (told(brief), brief.check.status) == (["114个", "560.6亿元"], "verified")


def test_a_withdrawal_before_it_does_not_hide_what_was_added() -> None:
    lost = RIGHT.model_copy(update={"text": "三千八百吨", "metric": "产量"})
    withdrawn = answered(drafted(MONEY, RIGHT), withdrawn=("numbers.0",))
    brief = briefed(Scripted(drafted(lost, MONEY), withdrawn, adds=[RIGHT]))
    assert (told(brief), left_out(brief)) == (["560.6亿元", "114个"], [])
    assert [code for code, _ in notes(brief)] == ["withdrawn", "completed"]


def test_no_follow_up_asks_for_more_than_a_reply_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"西安高新区第{n}产业片区引进企业{n + 100}家。" for n in range(MOST_ASKED + 9)]
    script = Scripted(drafted(), adds=[])
    brief = briefed(script, "\n".join(lines))
    assert [len(asked) for asked in script.left_out] == [MOST_ASKED]
    assert script.left_out[0][0] == "100家"
    assert f"asked for {MOST_ASKED} of the quantities" in notes(brief)[0][1]
    monkeypatch.setattr(dialogue, "MOST_ASKED", 1)
    briefed(script, "\n".join(lines))
    assert len(script.left_out[1]) == 1


def test_only_facts_are_asked_for() -> None:
    brief = briefed(Scripted(drafted(RIGHT)), complete=False)
    [money] = brief.check.unreported
    named = money.model_copy(update={"kind": "name"})
    check = brief.check.model_copy(update={"unreported": (named, money)})
    assert omissions_of(brief.model_copy(update={"check": check})) == [money]


def test_numbers_that_the_text_as_read_breaks_are_found_again() -> None:
    page = "西安高新区上半年签约项目114个\n上半年，西安高新区签约项目１１４\n个，总投资５６０.６亿\n\n元。"
    script = Scripted(drafted(RIGHT), adds=[MONEY])
    brief = briefed(script, page)
    assert (told(brief), left_out(brief)) == (["114个", "560.6亿元"], [])
    assert script.left_out == [["560.6亿元"]]


# A service that answers the follow-up in every way there is.

FIRST = completion(draft_json(numbers=DRAFT["numbers"][:1], policies=[]))


def sent(*numbers: dict[str, Any], finish: str = "stop") -> Answer:
    return completion(json.dumps({"numbers": numbers}, ensure_ascii=False), finish=finish)


MISSED, REPORTED = DRAFT["numbers"][1], DRAFT["numbers"][0]


def asked(service: FakeService, **settings: Any) -> Brief:  # noqa: ANN401 - any setting
    [news] = articles_of(document_from_text(NEWS, published="2023-07-03"))
    with extractor(service, **settings) as model:
        return brief_article(news, model)


@pytest.mark.parametrize(
    ("answers", "code", "words", "calls"),
    [
        ((sent(MISSED),), "completed", "added 1: 560.6亿元", 2),
        ((sent(MISSED, MISSED | {"metric": "金额"}, REPORTED),), "completed", "added 1: 560.6亿元; 1 more", 2),
        ((sent(MISSED | {"text": "9.9亿元"}),), "completed", "added none; 1 more", 2),
        ((sent(REPORTED),), "completed", "added none", 2),
        ((sent(),), "completed", "added none", 2),
        ((completion("{}"),), "completed", "added none", 2),
        ((completion("```json\n" + sent_text + "\n```") for sent_text in ['{"numbers": []}']), "completed", "none", 2),
        ((completion('<think>{"numbers": [1]}</think>{"numbers": []}'),), "completed", "none", 2),
        ((completion("[]"), sent(MISSED)), "completed", "added 1", 3),
        ((completion("抱歉"),), "completion-failed", "no valid reply in 2 requests", 3),
        ((completion(""),), "completion-failed", "the reply was empty", 3),
        ((sent(MISSED, finish="length"),), "completion-failed", "cut at the token limit", 2),
        ((completion(refusal="不能"),), "completion-failed", "the model declined", 2),
        ((completion("", finish="content_filter"),), "completion-failed", "content filter", 2),
        ((BUSY,), "completion-failed", "no answer after 5 requests", 6),
        ((BUSY, sent(MISSED)), "completed", "added 1", 3),
        ((failure(401, "no"),), "completion-failed", "the key was not accepted", 2),
    ],
    ids=[
        *("good", "repeated", "invented", "reported", "empty list", "empty object", "fenced", "thought", "bare list"),
        *("chatter", "empty", "truncated", "refused", "filtered", "busy", "busy once", "key"),
    ],
)
def test_each_reply_has_its_note_and_none_harms_the_brief(
    answers: tuple[Answer, ...], code: str, words: str, calls: int
) -> None:
    with fake_service(FIRST, *answers) as service:
        brief = asked(service)
        assert service.calls == brief.run.attempts == calls
    [(noted, message)] = notes(brief)
    assert (noted, words in message) == (code, True), message
    added = "added 1" in message
    assert told(brief) == (["114个", "560.6亿元"] if added else ["114个"])
    assert left_out(brief) == ([] if added else ["560.6亿元"])
    assert brief.check.status == "verified"


def test_the_request_lists_the_sentences_concerned_and_what_was_left_out() -> None:
    with fake_service(FIRST, sent(MISSED)) as service:
        asked(service)
    first, second = service.requests
    system, user = (message["content"] for message in second["messages"])
    assert system == read_prompt("complete.v1")
    assert user.split("\n") == [
        "发布日期：2023-07-03",
        "高新区：西安高新区",
        "全文主要时期：上半年",
        "<article>",
        "[1] 西安高新区上半年签约项目114个",
        "[2] 上半年，西安高新区签约项目114个，总投资560.6亿元。",
        "</article>",
        "",
        "清单：",
        "[2] 560.6亿元",
    ]
    form = second["response_format"]["json_schema"]
    assert (form["name"], form["strict"], form["schema"]) == ("Additions", True, json.loads(read_schema("complete.v1")))
    assert len(json.dumps(second)) < len(json.dumps(first))


def test_a_refused_mode_is_not_tried_again_for_the_follow_up() -> None:
    call = completion(arguments=draft_json(numbers=DRAFT["numbers"][:1], policies=[]))
    added = completion(arguments=json.dumps({"numbers": [MISSED]}, ensure_ascii=False))
    with fake_service(NO_SCHEMA, call, added) as service:
        brief = asked(service)
    assert (told(brief), brief.run.mode, service.calls) == (["114个", "560.6亿元"], "tools", 3)


def test_the_rules_for_numbers_are_those_of_the_first_prompt_word_for_word() -> None:
    first = [line.strip() for line in read_prompt("extract.v1").split("\n")]
    fields = [line for line in read_prompt("complete.v1").split("\n") if line.startswith("- ")]
    assert [field.split("：")[0] for field in fields] == [f"- {name}" for name in DRAFT["numbers"][0]]
    assert all(field in first for field in fields)
    assert prompt_tag("complete.v1").startswith("complete.v1@sha256:")
