"""The page: whatever stands in an article or a brief is text on it, and nothing in it can run."""

import base64
import hashlib
import html
import io
import re
from collections.abc import Iterable
from html.parser import HTMLParser

import pytest

from summarizer.brief import Brief
from summarizer.report.page import choices_of, sections_of, write_page
from summarizer.report.rendering import asset, figure
from summarizer.report.view import BriefView, view_of
from summarizer.report.visible import article_text, plain
from summarizer.report.words import CODES, GRADES, VERDICTS
from tests.reports import HOSTILE, HOSTILE_TEXT, TELLING, brief, checked, finding, mixed, number, period


class Elements(HTMLParser):
    """The elements and the text of a page, as a browser would see them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def page_of(*views: BriefView) -> str:
    stream = io.StringIO()
    write_page(views, stream)
    return stream.getvalue()


def hostile() -> Brief:
    """Return a brief in which every word attacks."""
    text = HOSTILE_TEXT + TELLING
    return brief(
        text,
        source_title=HOSTILE, source_byline=HOSTILE, source_path=f"javascript:{HOSTILE}", source_published=HOSTILE,
        parks=[{"name": HOSTILE, "role": "subject", "span": [0, 9], "verdict": "exact"}],
        period=period(HOSTILE),
        summary={"text": f"{HOSTILE}114个{HOSTILE}", "numbers": [{"text": "114个", "verdict": "absent"}]},
        numbers=[
            number(HOSTILE, [0, 40], metric=HOSTILE, unit=HOSTILE, park=HOSTILE, period=period(HOSTILE),
                   evidence=HOSTILE, value="9" * 5000),
            number("114个", [20, 90], metric="javascript:alert(1)", verdict="digits"),
        ],
        policies=[{"name": HOSTILE, "detail": HOSTILE, "sentence": 1, "span": [5, 60], "verdict": "exact"}],
        quotes=[{"speaker": HOSTILE, "role": HOSTILE, "text": HOSTILE, "sentence": 1, "span": [1, 99],
                 "verdict": "altered"}],
        check=checked(
            [finding("numbers.0", code=HOSTILE, message=HOSTILE), finding(HOSTILE, message=HOSTILE)],
            [{"text": HOSTILE, "value": None, "unit": HOSTILE, "kind": "money", "span": [3, 8]}],
            [{"spans": [[0, 3], [50, 70]], "message": HOSTILE}],
        ),
    )  # fmt: skip


@pytest.fixture(scope="module", params=["with its article", "without"])
def attacked(request: pytest.FixtureRequest) -> str:
    telling = hostile()
    text = HOSTILE_TEXT + TELLING if request.param == "with its article" else None
    return page_of(view_of(telling, text, missing=HOSTILE, origin=HOSTILE))


def test_whatever_stands_in_a_brief_adds_no_element_and_no_handler(attacked: str) -> None:
    found = Elements(attacked)
    tags = [tag for tag, _ in found.tags]
    assert (tags.count("script"), tags.count("style")) == (1, 1)
    assert not {"img", "iframe", "object", "embed", "base", "link", "foreignobject"} & set(tags)
    assert not [name for _, attrs in found.tags for name in attrs if name.startswith("on") or name in ("style", "src")]


def test_no_address_comes_from_a_brief(attacked: str) -> None:
    addresses = [attrs["href"] for _, attrs in Elements(attacked).tags if "href" in attrs]
    assert all(re.fullmatch(r"#a-\d+|#overview|\.\./index\.html", address or "") for address in addresses)


def test_what_steers_is_shown_and_never_obeyed(attacked: str) -> None:
    assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", attacked)
    [shown] = re.findall(r'<div class="text".*?>(.*?)</div>', attacked, flags=re.DOTALL)
    assert '<span class="ctl">⟨U+202E⟩</span>' in shown
    assert "⟨U+D800⟩" in attacked
    attacked.encode("utf-8")


def test_what_looks_like_a_template_is_not_one(attacked: str) -> None:
    assert "{{ 7*7 }}" in html.unescape(attacked)


def test_the_policy_lets_run_what_the_page_holds_and_nothing_else(attacked: str) -> None:
    content = next(
        attrs["content"] for tag, attrs in Elements(attacked).tags if tag == "meta" and "http-equiv" in attrs
    )
    assert content is not None
    [script] = re.findall(r"<script>(.*?)</script>", attacked, flags=re.DOTALL)
    [style] = re.findall(r"<style>(.*?)</style>", attacked, flags=re.DOTALL)
    assert f"script-src 'sha256-{digest(script)}'" in content
    assert f"style-src 'sha256-{digest(style)}'" in content
    assert content.startswith("default-src 'none';")
    assert "unsafe" not in content
    assert attacked.index("Content-Security-Policy") < attacked.index("<style>")


def digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_page_needs_no_other_file() -> None:
    page = page_of(view_of(mixed(), TELLING))
    assert not re.search(r"https?:|//[a-z]|@import|url\(|fetch\(|XMLHttpRequest|import\(", page)


def test_our_own_script_and_style_write_no_html_and_end_no_element() -> None:
    script, style = asset("report.js"), asset("report.css")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(|</", script)
    assert "</" not in style


def test_the_article_reads_as_it_was_printed() -> None:
    page = page_of(view_of(mixed(), TELLING))
    [shown] = re.findall(r'<div class="text".*?>(.*?)</div>', page, flags=re.DOTALL)
    assert html.unescape(re.sub(r"<[^>]+>", "", shown)) == TELLING


def test_each_item_stands_on_the_page_once_and_is_named_by_its_marks() -> None:
    view = view_of(mixed(), TELLING)
    tags = Elements(page_of(view)).tags
    items = [attrs["data-path"] for tag, attrs in tags if tag == "div" and "data-path" in attrs]
    assert items == [item.path for item in view.items]
    named = {path for tag, attrs in tags if tag == "mark" for path in (attrs["data-i"] or "").split()}
    assert named == {item.path for item in view.items if item.spans}
    assert len({attrs["id"] for _, attrs in tags if "id" in attrs}) == sum("id" in attrs for _, attrs in tags)


def test_both_languages_stand_on_the_page() -> None:
    page = page_of(view_of(mixed(), TELLING))
    for words in (*[GRADES[name] for name in GRADES], VERDICTS["digits"], CODES["absent"]):
        assert f'<span class="t" lang="zh">{words.zh}</span><span class="t" lang="en">{words.en}</span>' in page


def test_what_is_missing_is_said_on_the_page() -> None:
    page = page_of(view_of(mixed(), None, missing="there is no file 'news.txt'"))
    assert "there is no file &#39;news.txt&#39;" in page
    assert "找不到原文" in page


def test_briefs_of_one_page_are_listed_with_what_there_is_to_look_at() -> None:
    sections = sections_of([view_of(mixed(), TELLING), view_of(brief(source_title=None), TELLING)])
    assert [(one.listed.key, one.listed.doubts) for one in sections] == [("1", 6), ("2", 0)]
    tags = Elements(page_of(*(one.view for one in sections))).tags
    assert [attrs["href"] for tag, attrs in tags if tag == "a"] == ["#a-1", "#a-2"]


def test_a_page_of_one_brief_has_no_list_at_its_side() -> None:
    assert '<nav class="side"' not in page_of(view_of(brief(), TELLING))


def test_a_page_of_no_briefs_says_so() -> None:
    assert "There is no brief." in page_of()


def test_parks_and_periods_to_choose_from_are_those_of_the_items() -> None:
    choices = choices_of(sections_of([view_of(mixed(), TELLING)]))
    assert choices.parks == ("云岭高新区", "远山高新区")
    assert choices.periods == ("上半年",)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("31860000000", "31,860,000,000"),
        ("-1234.56789", "−1,234.56789"),
        ("0.0001234", "0.0001234"),
        ("500000000–700000000", "500,000,000–700,000,000"),
        ("999", "999"),
        (None, ""),
        ("9" * 6000, ",".join(["999"] * 2000)),
    ],
)
def test_thousands_are_parted_in_decimals_of_any_length(value: str | None, shown: str) -> None:
    assert figure(value) == shown


def lines(text: str) -> Iterable[str]:
    return re.findall(r'<span class="ctl">(.*?)</span>', article_text(text))


def test_characters_that_steer_are_elements_of_their_own_in_an_article() -> None:
    assert list(lines("a\u202eb\x00c\u200dd")) == ["⟨U+202E⟩", "⟨U+0000⟩", "⟨U+200D⟩"]
    assert article_text("<b>114个\n") == "&lt;b&gt;114个\n"
    assert article_text("<\u202e>") == '&lt;<span class="ctl">⟨U+202E⟩</span>&gt;'


def test_ordinary_text_is_printed_as_it_is() -> None:
    assert plain("云岭“高新区” 12.5%\t\n") == "云岭“高新区” 12.5%\t\n"
    assert plain(3) == 3
