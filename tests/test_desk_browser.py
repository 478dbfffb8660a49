"""The desk in a browser: all by keyboard, kept at once, and safe from other pages."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from summarizer.review.server import Serving
from summarizer.store import open_store
from summarizer.store.decisions import holding
from tests.browser import needs_chromium
from tests.desks import fill
from tests.reports import HOSTILE_TEXT, TELLING
from tests.stores import Filler
from tests.tabs import SELECT, Tab, base, foreign, kept, listening
from tests.test_report_page import hostile

pytestmark = needs_chromium


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "briefs.db"


@pytest.fixture
def article(store: Path) -> int:
    return fill(store, "另一篇")


@pytest.fixture
def desk(store: Path, article: int) -> Iterator[Serving]:
    with listening(store) as serving_desk:
        yield serving_desk


@pytest.fixture
def let_in(chromium: Browser, desk: Serving) -> Iterator[BrowserContext]:
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1360, "height": 860})
    page = context.new_page()
    page.goto(desk.link)
    page.wait_for_url("**/")
    page.close()
    yield context
    context.close()


@pytest.fixture
def tab(let_in: BrowserContext, desk: Serving, article: int) -> Iterator[Tab]:
    opened = Tab(let_in, base(desk), article)
    yield opened
    assert opened.faults == []


def test_the_most_doubtful_item_is_chosen_and_lit_on_both_sides(tab: Tab) -> None:
    assert tab.held() == "numbers.1"
    tab.choose("numbers.0")
    assert "86个" in tab.lit()[0]
    tab.page.locator("mark", has_text="18.4%").first.click()
    assert tab.held() == "numbers.2"


def test_accept_reject_and_undo_by_keyboard(tab: Tab, store: Path, article: int) -> None:
    tab.choose("numbers.0").press("a")
    tab.says("numbers.0", "accept")
    tab.choose("numbers.2").press("x")
    tab.says("numbers.2", "reject")
    assert kept(store, article) == {"numbers.0": "accept", "numbers.2": "reject"}
    tab.press("u")
    tab.says("numbers.2", "")
    assert kept(store, article) == {"numbers.0": "accept"}


def test_a_decision_leads_on_to_the_next_item_without_one(tab: Tab) -> None:
    first = tab.held()
    tab.press("a")
    tab.says(first, "accept")
    expect(tab.page.locator("[aria-selected=true]")).not_to_have_attribute("data-path", first)


def test_a_number_is_corrected_by_keyboard(tab: Tab, store: Path, article: int) -> None:
    tab.choose("numbers.1").press("e")
    text = tab.page.locator(".editor [name=text]")
    expect(text).to_be_visible()
    text.fill("318.6亿元")
    text.press("Enter")
    tab.says("numbers.1", "correct")
    expect(tab.page.locator(".item[data-path='numbers.1'] .to")).to_have_text("318.6亿元")
    assert kept(store, article) == {"numbers.1": "correct"}
    tab.choose("numbers.1").press("e")  # and once more, without losing what was said before
    expect(text).to_have_value("318.6亿元")
    tab.page.locator(".editor [name=metric]").fill("完成投资额")
    tab.page.locator(".editor [name=metric]").press("Enter")
    expect(tab.page.locator(".item[data-path='numbers.1'] .to")).to_have_text("完成投资额 · 318.6亿元")


def test_words_that_state_no_number_are_refused_with_a_reason(tab: Tab, store: Path, article: int) -> None:
    tab.choose("numbers.1").press("e")
    tab.page.locator(".editor [name=text]").fill("许多")
    tab.page.locator(".editor [name=text]").press("Enter")
    expect(tab.page.locator(".outcome")).to_contain_text("states no number")
    expect(tab.page.locator(".editor")).to_be_visible()
    assert kept(store, article) == {}
    tab.press("Escape")
    expect(tab.page.locator(".editor")).to_be_hidden()


def test_words_are_taken_from_the_article_by_selecting_them(tab: Tab, store: Path, article: int) -> None:
    tab.press("n")
    tab.page.evaluate(SELECT, "42个")
    expect(tab.page.locator(".editor [name=text]")).to_have_value("42个")
    tab.page.locator(".editor [name=metric]").fill("制造业项目")
    tab.page.locator(".editor [name=metric]").press("Enter")
    added = tab.page.locator(".item[data-path^='added:']")
    expect(added).to_have_count(1)
    expect(added).to_contain_text("制造业项目")
    assert kept(store, article) == {"added": "add"}
    [mark] = tab.page.locator("mark", has_text="42个").all()
    assert (added.get_attribute("data-path") or "none") in (mark.get_attribute("data-i") or "").split()


def test_a_left_out_quantity_is_added_with_its_place(tab: Tab, store: Path, article: int) -> None:
    tab.choose("check.unreported.0").press("n")
    expect(tab.page.locator(".editor [name=text]")).not_to_have_value("")
    tab.page.locator(".editor [name=metric]").fill("项目")
    tab.page.locator(".editor [name=metric]").press("Enter")
    expect(tab.page.locator(".item[data-path^='added:']")).to_have_count(1)
    tab.says("check.unreported.0", "add")


def test_a_reload_keeps_every_decision(tab: Tab) -> None:
    tab.choose("numbers.0").press("a")
    tab.says("numbers.0", "accept")
    tab.page.reload()
    tab.says("numbers.0", "accept")


def test_done_leads_to_the_next_article(tab: Tab, store: Path, article: int) -> None:
    tab.press("d")
    tab.page.wait_for_url(lambda url: f"/article/{article}" not in url)
    assert kept(store, article) == {"article": "done"}
    expect(tab.page.locator(".head h2")).to_contain_text("西安高新区上半年")


def test_two_tabs_do_not_lose_each_others_work(
    tab: Tab, let_in: BrowserContext, desk: Serving, store: Path, article: int
) -> None:
    other = Tab(let_in, base(desk), article)
    tab.choose("numbers.0").press("a")
    tab.says("numbers.0", "accept")
    other.choose("numbers.0").press("x")  # decided in the first tab meanwhile
    expect(other.page.locator(".outcome")).to_contain_text("has said 'accept'")
    other.says("numbers.0", "accept")
    other.choose("numbers.2").press("x")
    other.says("numbers.2", "reject")
    assert kept(store, article) == {"numbers.0": "accept", "numbers.2": "reject"}
    other.choose("numbers.0").press("x")  # looked at again
    other.says("numbers.0", "reject")
    assert other.faults == []


def test_a_desk_that_has_stopped_is_told_and_nothing_is_pretended(tab: Tab, desk: Serving) -> None:
    desk.server.shutdown()
    desk.server.server_close()
    tab.choose("numbers.0").press("a")
    expect(tab.page.locator(".outcome")).to_contain_text("没有保存")
    tab.says("numbers.0", "")


def test_another_page_of_the_browser_can_change_nothing(
    let_in: BrowserContext, desk: Serving, store: Path, article: int
) -> None:
    target = f"{base(desk)}/article/{article}/decisions"
    html = f"""<form method=post enctype=text/plain action="{target}">
        <input name='{{"item":"article","verb":"done","x":"' value='"}}'></form>
        <iframe src="{base(desk)}/article/{article}"></iframe><script>
        const told = JSON.stringify({{item: 'article', verb: 'done', seen: 0}});
        Promise.allSettled([
            fetch('{target}', {{method: 'POST', body: told, credentials: 'include', mode: 'no-cors'}}),
            fetch('{target}', {{method: 'POST', body: told, credentials: 'include',
                headers: {{'Content-Type': 'application/json', 'X-Desk': 'guess'}}}}),
            fetch('{base(desk)}/article/{article}', {{credentials: 'include'}}).then((a) => a.text()),
        ]).then((all) => {{ window.outcome = all.map((one) => one.status); document.forms[0].submit(); }});
        </script>"""
    with foreign(html) as url:
        page = let_in.new_page()
        page.goto(url)
        page.wait_for_url(target)
        assert "own pages" in page.inner_text("body") or "not let in" in page.inner_text("body")
        page.close()
    assert kept(store, article) == {}


def test_nothing_of_a_hostile_article_runs_on_the_desk(chromium: Browser, store: Path) -> None:
    text = HOSTILE_TEXT + TELLING
    with Filler(store) as filler:
        [article] = filler.document(f"javascript:{HOSTILE_TEXT}", (text,))
        filler.brief(article, text, brief=hostile(), title=HOSTILE_TEXT)
    context = chromium.new_context(locale="en-GB")
    with listening(store, who=HOSTILE_TEXT) as desk:
        page = context.new_page()
        page.goto(desk.link)
        page.wait_for_url("**/")
        assert page.title() == "briefs.db · summarizer"
        tab = Tab(context, base(desk), article)
        title = tab.page.title()
        tab.choose("numbers.0").press("a")
        tab.says("numbers.0", "accept")
        tab.choose("numbers.1").press("e")
        tab.page.locator(".editor [name=metric]").fill(HOSTILE_TEXT)
        tab.page.locator(".editor [name=text]").fill("114个")
        tab.page.locator(".editor [name=text]").press("Enter")
        tab.says("numbers.1", "correct")
        tab.press("n")
        tab.page.evaluate(SELECT, "501亿元")
        tab.page.locator(".editor [name=metric]").fill(f"<b>{HOSTILE_TEXT}")
        tab.page.locator(".editor [name=metric]").press("Enter")
        added = tab.page.locator(".item[data-path^='added:']")
        expect(added).to_contain_text("501亿元")
        assert tab.page.title() == title != "ran"
        assert tab.page.evaluate("document.querySelectorAll('img, svg, main b b').length") == 0
        assert tab.faults == []
        start = text.index("501亿元")  # characters that steer, and those beyond the first plane, count as one each
        with open_store(store) as opened:
            [said] = [one for item, one in holding(opened.db, article).items() if item.startswith("added:")]
        assert json.loads(said.fields or "")["span"] == [start, start + 5]
    context.close()
