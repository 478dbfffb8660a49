"""The report in a browser: what is selected is lit on both sides, filters work, nothing runs that is not ours."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from summarizer.report.page import write_page
from summarizer.report.view import BriefView, view_of
from tests.browser import Opened, needs_chromium, opened
from tests.command import Run
from tests.reports import HOSTILE_TEXT, TELLING, brief, crowded, mixed
from tests.stores import Filler
from tests.test_report_page import hostile

pytestmark = needs_chromium
PAGE = Path(__file__).parent.parent / "fixtures" / "pages" / "p1_lanjiang.txt"
MILLISECONDS_TO_OPEN = 2000
_UNLIKE = """() => {
    const bare = (text) => text.replace(/\\s/g, '');
    const marked = (item) => [...item.closest('.brief').querySelectorAll('mark')]
        .filter((mark) => mark.dataset.i.split(' ').includes(item.dataset.path))
        .map((mark) => mark.textContent).join('');
    return [...document.querySelectorAll('.item')].filter((item) => item.querySelector('.what'))
        .filter((item) => bare(item.querySelector('.what').textContent) !== bare(marked(item))).map((item) => item.id);
}"""
"""The numbers whose words in the article are others than those of the item."""


def written(path: Path, *views: BriefView) -> Path:
    with path.open("w", encoding="utf-8") as stream:
        write_page(views, stream)
    return path


@pytest.fixture
def shown(chromium: Browser, tmp_path: Path) -> Iterator[Opened]:
    """A page of one brief with items of every kind."""
    with opened(chromium, written(tmp_path / "r.html", view_of(mixed(), TELLING))) as page:
        yield page
        assert page.faults == []


@pytest.fixture
def five(chromium: Browser, tmp_path: Path, run: Run) -> Iterator[Opened]:
    """The report of a newspaper page of five articles, as the command makes it."""
    (tmp_path / "b.jsonl").write_text(run("--extractor", "rules", PAGE).out, encoding="utf-8")
    assert run("report", tmp_path / "b.jsonl", "-o", tmp_path / "r.html").code == 0
    with opened(chromium, tmp_path / "r.html") as page:
        yield page
        assert page.faults == []
        assert all(one.startswith("file:") for one in page.asked)


def test_an_item_under_the_mouse_is_lit_in_the_article(shown: Opened) -> None:
    shown.page.hover(".item[data-path='numbers.1']")
    assert shown.lit() == ["501亿元"]
    shown.page.hover(".item[data-path='check.contradictions.0']")
    assert shown.lit() == ["114个", "200个"]
    shown.page.hover(".head")
    assert shown.lit() == []


def test_words_under_the_mouse_light_their_item(shown: Opened) -> None:
    shown.page.hover("mark >> text=501亿元")
    assert shown.page.locator(".item.lit").get_attribute("data-path") == "numbers.1"


def test_a_click_pins_an_item_and_escape_clears_it(shown: Opened) -> None:
    shown.page.click(".item[data-path='numbers.0']")
    shown.page.hover(".item[data-path='numbers.1']")
    assert shown.lit() == ["114个"]
    assert shown.held() == "numbers.0"
    shown.page.keyboard.press("Escape")
    assert (shown.lit(), shown.held()) == ([], "")


def test_a_click_on_words_that_several_items_cover_goes_from_the_inner_to_the_outer(shown: Opened) -> None:
    held = []
    for _ in range(4):
        shown.page.locator("mark", has_text="200个").click()
        held.append(shown.held())
    assert held == ["numbers.2", "check.contradictions.0", "quotes.0", "numbers.2"]


def test_a_number_of_the_summary_leads_to_its_item(shown: Opened) -> None:
    shown.page.click(".summary .num >> text=510亿元")
    assert shown.held() == "numbers.1"
    assert shown.lit() == ["501亿元"]


def test_the_keyboard_walks_through_the_items_in_their_order(shown: Opened) -> None:
    walked = []
    for key in ("j", "ArrowDown", "j", "k"):
        shown.page.keyboard.press(key)
        walked.append(shown.held())
    assert walked == ["numbers.1", "policies.0", "check.findings.3", "policies.0"]
    shown.page.keyboard.press("End")
    assert shown.held() == "check.findings.2"
    shown.page.keyboard.press("Escape")
    shown.page.keyboard.press("k")
    assert shown.held() == "check.findings.2"
    shown.page.keyboard.press("ArrowUp")
    shown.page.keyboard.press("ArrowUp")
    assert shown.held() == "numbers.0"
    shown.page.keyboard.press("PageUp")
    shown.page.keyboard.press("ArrowDown")
    assert shown.page.evaluate("document.activeElement.getAttribute('aria-activedescendant')") == "1-policies.0"
    shown.page.keyboard.press("Home")
    shown.page.keyboard.press("Enter")
    assert shown.page.locator(".item.pinned").get_attribute("data-path") == "numbers.1"


def test_the_filter_is_a_key_away_and_filters(shown: Opened) -> None:
    shown.page.keyboard.press("/")
    shown.page.keyboard.type("51,000")
    assert shown.page.locator(".item:visible").count() == 1
    assert shown.page.locator(".passed").inner_text() == "1"
    shown.page.keyboard.press("Escape")
    shown.page.keyboard.press("j")
    assert shown.held() == "numbers.1"


def test_the_filter_looks_at_the_language_that_is_shown(shown: Opened) -> None:
    shown.page.locator("[name=words]").fill("数字不同")
    assert shown.page.locator(".item:visible").count() == 1
    shown.page.locator("[data-act='language']").click()
    assert shown.page.locator(".item:visible").count() == 0


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("verdict", "doubt", 6),
        ("verdict", "grade ok", 3),
        ("verdict", "verdict rounded", 1),
        ("park", "远山高新区", 1),
        ("period", "上半年", 2),
    ],
)
def test_items_are_filtered_by_verdict_park_and_period(shown: Opened, name: str, value: str, left: int) -> None:
    shown.page.select_option(f"select[name={name}]", value)
    assert shown.page.locator(".item:visible").count() == left
    shown.page.select_option(f"select[name={name}]", "")
    assert shown.page.locator(".item:visible").count() == 10


def test_words_whose_items_do_not_pass_lose_their_colour(shown: Opened) -> None:
    shown.page.select_option("select[name=verdict]", "verdict digits")
    assert sorted(set(shown.texts("mark:not(.off)"))) == ["501亿元"]


def test_five_articles_are_shown_one_at_a_time(five: Opened) -> None:
    assert five.page.locator(".side li").count() == 5
    assert five.page.locator(".brief:visible").count() == 1
    five.page.click(".side li:nth-child(3) a")
    assert five.page.locator(".brief:visible h2").inner_text() == "鹤汀高新区：“一张清单”让审批少跑11趟"
    five.page.keyboard.press("]")
    assert five.page.locator(".brief:visible h2").inner_text().startswith("青砚高新区")
    five.page.select_option("select[name=park]", "朔原高新区")
    assert five.page.locator(".brief:visible h2").inner_text().startswith("朔原高新区")
    assert five.page.locator(".side li.empty").count() == 4


def test_every_number_of_five_articles_is_lit_where_it_stands(five: Opened) -> None:
    wrong = five.page.evaluate(_UNLIKE)
    assert wrong == []
    assert five.page.locator(".item .what").count() == 90


def test_what_is_selected_is_brought_into_sight(five: Opened) -> None:
    five.page.keyboard.press("End")
    five.page.wait_for_function("document.querySelector('.brief.on mark.lit') !== null")
    in_sight = """(selector) => { const box = document.querySelector(selector).getBoundingClientRect();
        return box.top >= 0 && box.bottom <= innerHeight; }"""
    assert five.page.evaluate(in_sight, ".brief.on .item.lit")
    assert five.page.evaluate(in_sight, ".brief.on mark.lit")


def test_the_interface_speaks_the_browsers_language_and_the_other_at_a_click(chromium: Browser, tmp_path: Path) -> None:
    path = written(tmp_path / "r.html", view_of(mixed(), TELLING))
    with opened(chromium, path, language="en-GB") as page:
        assert "The article contradicts itself 1" in page.texts("h3")
        page.page.click("[data-act=language]")
        assert "原文矛盾 1" in page.texts("h3")
        assert page.page.locator("input[name=words]").get_attribute("placeholder") == "筛选（按 / 键）"
    with opened(chromium, path, language="zh-TW") as page:
        assert page.page.evaluate("document.documentElement.lang") == "zh"
        assert "有误 3" in page.texts("h3")


def test_without_a_script_all_briefs_can_be_read(chromium: Browser, tmp_path: Path) -> None:
    path = written(tmp_path / "r.html", view_of(mixed(), TELLING), view_of(brief(), TELLING))
    with opened(chromium, path, script=False) as page:
        assert page.page.locator(".brief:visible").count() == 2
        assert page.page.locator(".filter:visible").count() == 0


def test_on_paper_every_brief_stands_with_its_article(chromium: Browser, tmp_path: Path) -> None:
    path = written(tmp_path / "r.html", view_of(mixed(), TELLING), view_of(brief(), TELLING))
    with opened(chromium, path) as page:
        page.page.emulate_media(media="print")
        assert page.page.locator(".brief:visible").count() == 2
        assert page.page.locator(".bar:visible, .side:visible").count() == 0
        assert page.page.pdf().startswith(b"%PDF")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of three articles, the second of them doubtful."""
    with Filler(tmp_path / "briefs.db") as filler:
        for name, park, made in (
            ("a", "云岭高新区", brief()),
            ("b", "远山高新区", mixed()),
            ("c", "云岭高新区", brief()),
        ):
            [article] = filler.document(f"{name}.txt", [TELLING])
            parks = [made.parks[0].model_copy(update={"name": park})]
            filler.brief(article, brief=made.model_copy(update={"parks": tuple(parks)}), title=f"文章{name}")
    return tmp_path / "briefs.db"


def test_the_index_of_a_store_is_filtered_and_leads_to_its_articles(chromium: Browser, store: Path, run: Run) -> None:
    assert run("report", store, "-o", store.parent / "out").code == 0
    with opened(chromium, store.parent / "out" / "index.html") as page:
        assert page.texts(".rows td a") == ["文章b", "文章a", "文章c"]
        assert page.page.locator("svg:visible").count() >= 2
        page.page.select_option("select[name=park]", "云岭高新区")
        assert page.texts(".rows td a") == ["文章a", "文章c"]
        page.page.select_option("select[name=status]", "flagged")
        assert page.texts(".rows td a") == []
        page.page.select_option("select[name=park]", "")
        page.page.click(".rows td a")
        page.page.wait_for_selector(".brief.on")
        page.page.keyboard.press("j")
        assert page.held() == "numbers.1"
        page.page.click(".back")
        page.page.wait_for_selector(".rows")
        assert len(page.texts(".rows td a")) == 3
        assert page.faults == []


def test_a_store_on_one_page_leads_from_its_list_to_its_articles(chromium: Browser, store: Path, run: Run) -> None:
    assert run("report", store, "-o", store.parent / "r.html").code == 0
    with opened(chromium, store.parent / "r.html") as page:
        page.page.select_option("select[name=park]", "云岭高新区")
        assert page.texts(".rows td a") == ["文章b", "文章a", "文章c"]
        page.page.select_option("select[name=verdict]", "verdict digits")
        page.page.select_option("select[name=park]", "")
        assert page.texts(".rows td a") == ["文章b"]
        page.page.click(".rows td a")
        assert page.page.locator(".brief:visible").count() == 1
        assert page.page.locator(".overview:visible").count() == 0
        assert page.faults == []


def test_nothing_of_a_hostile_brief_runs(chromium: Browser, tmp_path: Path) -> None:
    text = HOSTILE_TEXT + TELLING
    path = written(tmp_path / "r.html", view_of(hostile(), text), view_of(hostile(), None, missing=HOSTILE_TEXT))
    with opened(chromium, path) as page:
        title = page.page.title()
        for key in ("j", "Enter", "j", "]", "j", "Escape", "["):
            page.page.keyboard.press(key)
        for item in page.page.locator(".brief.on .item").all():
            item.click()
        page.page.select_option("select[name=park]", index=1)
        page.page.select_option("select[name=period]", index=1)
        assert page.page.locator(".item:visible").count() > 0
        assert page.page.title() == title
        assert title != "ran"
        assert page.page.evaluate("document.querySelectorAll('img, svg').length") == 0
        assert page.faults == []
        assert all(one.startswith("file:") for one in page.asked)


def test_the_policy_stops_what_would_slip_through(chromium: Browser, tmp_path: Path) -> None:
    path = written(tmp_path / "r.html", view_of(mixed(), TELLING))
    page_text = path.read_text(encoding="utf-8")
    slipped = "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\"><p style='color:red'>"
    path.write_text(page_text.replace("<main>", f"<main>{slipped}"), encoding="utf-8")
    with opened(chromium, path) as page:
        page.page.wait_for_load_state("load")
        assert page.page.title() != "ran"
        assert len([fault for fault in page.faults if "Content Security Policy" in fault]) >= 4


def test_five_thousand_items_open_at_once_and_stay_quick(chromium: Browser, tmp_path: Path) -> None:
    text, telling = crowded()
    path = written(tmp_path / "r.html", view_of(telling, text))
    with opened(chromium, path) as page:
        assert page.milliseconds_to_open() < MILLISECONDS_TO_OPEN
        page.page.hover(".item >> nth=3")
        quick = page.quickness("77家")
        assert page.page.locator(".item:visible").count() == 50
        assert page.faults == []
    assert quick.key < 200
    assert quick.filter < 1000
