"""The article, cut where items begin and end: nothing is lost, and every item covers exactly its characters."""

import time

from hypothesis import given
from hypothesis import strategies as st

from summarizer.report.segments import DEPTH, Cover, segments_of
from summarizer.report.shown import Segment
from summarizer.value import Span

TEXTS = st.text(alphabet="云岭高新区12.5%亿元，。“”AZ az\n\r\f\t\u3000\u202e\u2028", min_size=1, max_size=120)
SPANS = st.tuples(st.integers(-5, 130), st.integers(-5, 130))


def shown(segments: tuple[Segment, ...], text: str) -> str:
    """Return the text of all that is no parting between ranges."""
    return "".join(segment.text for segment in segments)


@given(TEXTS, st.lists(SPANS, max_size=12))
def test_segments_rejoin_to_the_very_text(text: str, spans: list[tuple[int, int]]) -> None:
    covers = [Cover(start, end, f"numbers.{place}", 4) for place, (start, end) in enumerate(spans)]
    segments = segments_of(text, (), covers)
    assert shown(segments, text) == text
    starts = [segment.start for segment in segments if segment.text]
    assert starts == sorted(starts, key=lambda start: start or 0)
    assert all(text[at : at + len(one.text)] == one.text for one in segments if (at := one.start) is not None)


@given(TEXTS, st.lists(SPANS, max_size=12))
def test_every_span_is_covered_by_exactly_its_characters(text: str, spans: list[tuple[int, int]]) -> None:
    covers = [Cover(start, end, f"numbers.{place}", 4) for place, (start, end) in enumerate(spans)]
    segments = segments_of(text, (), covers)
    for cover in covers:
        lit = {
            place
            for one in segments
            if cover.path in one.paths and one.start is not None
            for place in range(one.start, one.start + len(one.text))
        }
        assert lit == set(range(max(cover.start, 0), min(cover.end, len(text))))


@given(TEXTS, st.lists(SPANS, max_size=6))
def test_ranges_are_shown_in_their_order_and_no_character_twice(text: str, ranges: list[tuple[int, int]]) -> None:
    segments = segments_of(text, [Span(*one) for one in ranges], ())
    places = [one.start + step for one in segments if one.start is not None for step in range(len(one.text))]
    assert len(places) == len(set(places))
    assert set(places) <= set(range(len(text)))


def test_a_number_that_the_layout_broke_is_lit_on_both_lines() -> None:
    text = (
        "上半年，云岭高新区规模以上工业增加值达到560.6\n亿元，同比增长12.5%，新签约的项目又有一百一十四个，\n比上年多。"
    )
    start = text.index("560.6")
    segments = segments_of(text, (Span(0, len(text)),), [Cover(start, start + 8, "numbers.0", 4)])
    lit = [(one.text, one.role) for one in segments if one.paths]
    assert lit == [("560.6", "text"), ("\n", "layout"), ("亿元", "text")]


def test_an_article_of_several_ranges_reads_in_their_order() -> None:
    text = "正文一行。\n标题\n"
    segments = segments_of(text, (Span(6, 8), Span(0, 5)), ())
    assert [(one.text, one.role) for one in segments] == [("标题", "text"), ("", "paragraph"), ("正文一行。", "text")]


def test_of_items_in_one_place_the_innermost_stands_first_and_of_equals_the_worst() -> None:
    covers = [
        Cover(0, 10, "quotes.0", 4),
        Cover(2, 5, "numbers.0", 4),
        Cover(2, 5, "check.contradictions.0", 3),
    ]
    [segment] = [one for one in segments_of("一二三四五六七八九十", (), covers) if one.start == 2]
    assert segment.paths == ("check.contradictions.0", "numbers.0", "quotes.0")


def test_ranges_that_the_text_does_not_have_are_left_out() -> None:
    ranges = (Span(-4, 2), Span(1, 3), Span(5, 5), Span(90, 99), Span(3, 900))
    assert "".join(one.text for one in segments_of("一二三四", ranges, ())) == "一二四"


def test_marks_that_turn_text_round_are_shown_and_zero_width_blanks_are_not() -> None:
    text = "总投资\u202e501\u200b亿元\x00。"
    shown = [one.text for one in segments_of(text, (), ()) if one.role == "text"]
    assert "".join(shown) == "总投资\u202e501亿元\x00。"


def test_a_range_of_blanks_has_nothing_to_read() -> None:
    assert [(one.text, one.role) for one in segments_of(" \n\u3000", (), ())] == [(" \n\u3000", "layout")]


def test_items_within_items_without_end_cost_no_square() -> None:
    items = 5000
    text = "字" * (2 * items + 1)
    covers = [Cover(place, len(text) - place, f"quotes.{place}", 4) for place in range(items)]
    started = time.process_time()
    segments = segments_of(text, (), covers)
    assert time.process_time() - started < 2
    assert max(len(one.paths) for one in segments) == DEPTH
    assert shown(segments, text) == text
