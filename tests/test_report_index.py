"""The report of a store: its index, its charts, and its pages."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from summarizer import summarize
from summarizer.errors import ReportError
from summarizer.extract.rules import RulesExtractor
from summarizer.report import folder, index
from summarizer.report.charts import WIDTH, Point, bars_of, line_of
from summarizer.report.index import Choice, Overview, choose, overview_of
from summarizer.store.lookup import snapshot
from tests.build import NEWS
from tests.command import Run
from tests.reports import TELLING, at, brief, checked, finding, number
from tests.stores import Filler


def put(filler: Filler, path: str, **changes: object) -> int:
    """Put an article of TELLING in, with a brief of our making."""
    [article] = filler.document(path, [f"{TELLING}{path}"])
    filler.brief(article, brief=brief(f"{TELLING}{path}", **changes), title=f"标题 {path}")
    return article


def look(filler: Filler, page: int = 1, **choice: str) -> Overview:
    with snapshot(filler.store) as db:
        return overview_of(db, "briefs.db", choose(db, Choice(**choice)), page=page)


def year(text: str, **days: str) -> dict[str, object]:
    return {"text": text, "start": f"{text[:4]}-01-01", "end": f"{text[:4]}-12-31", "inferred": False} | days


def told(value: int, when: str, **changes: object) -> dict[str, object]:
    fields = {"metric": "工业总产值", "unit": "CNY", "park": "云岭高新区", "period": year(when)}
    return number(f"{value}亿元", at("501亿元"), value=f"{value}00000000", **(fields | changes))


def test_the_most_doubtful_stand_first(filler: Filler) -> None:
    calm = put(filler, "a.txt")
    contradicted = put(filler, "b.txt", check=checked(contradictions=[{"spans": [[0, 2]], "message": "two values"}]))
    flagged = put(filler, "c.txt", check=checked([finding(None)]))
    assert [row.id for row in look(filler).rows] == [flagged, contradicted, calm]
    assert (look(filler).first, look(filler).total) == (1, 3)


def test_a_document_that_is_gone_is_not_in_the_report(filler: Filler) -> None:
    filler.lose(put(filler, "a.txt"))
    assert look(filler).rows == ()
    assert look(filler).first == 0


def test_articles_are_chosen_by_status_park_and_period(filler: Filler) -> None:
    one = put(filler, "a.txt", check=checked([finding(None)]), period=year("2023年"))
    two = put(
        filler, "b.txt", parks=[{"name": "远山高新区", "role": "mentioned", "span": None, "verdict": "absent"}],
        period=year("2024年上半年", start="2024-01-01", end="2024-06-30"),
    )  # fmt: skip
    assert [row.id for row in look(filler, status="flagged").rows] == [one]
    assert [row.id for row in look(filler, park="远山高新区").rows] == [two]
    assert [row.id for row in look(filler, period="2024年上半年").rows] == [two]
    assert [row.id for row in look(filler, period="2024-01").rows] == [two]
    assert look(filler, park="没有").total == 0


def test_what_has_no_brief_is_counted(filler: Filler) -> None:
    put(filler, "a.txt")
    filler.document("b.txt", ["还没有"])
    assert [(bar.name, bar.number) for bar in look(filler).statuses.bars] == [("verified", 1), ("unread", 1)]


def test_numbers_are_counted_by_unit_and_by_the_kind_that_it_makes(filler: Filler) -> None:
    units = ["CNY", "CNY", "USD", "%", "percentage_point", "家", "平方米", "年", None]
    put(filler, "a.txt", numbers=[number("1", [0, 1], unit=unit) for unit in units])
    found = look(filler)
    assert found.units.bars[0][:2] == ("CNY", 2)
    assert {bar.name: bar.number for bar in found.kinds.bars} == {
        "money": 3, "ratio": 1, "percentage_point": 1, "count": 1, "measure": 1, "duration": 1, "none": 1,
    }  # fmt: skip


def test_a_parks_metric_is_drawn_over_its_periods(filler: Filler) -> None:
    put(filler, "a.txt", numbers=[told(500, "2022年"), told(560, "2023年"), told(900, "2024年", status="target")])
    put(filler, "b.txt", numbers=[told(610, "2024年"), told(1, "2021年", verdict="digits")])
    [trend] = look(filler).trends
    assert (trend.park, trend.metric, trend.unit) == ("云岭高新区", "工业总产值", "CNY")
    assert [dot.label for dot in trend.line.dots] == ["500亿元", "560亿元", "610亿元"]
    assert (trend.line.first_day, trend.line.last_day) == ("2022-01-01", "2024-12-31")
    heights = [dot.y for dot in trend.line.dots]
    assert heights == sorted(heights, reverse=True)


def test_every_park_has_its_turn_before_one_has_a_second(filler: Filler) -> None:
    for place, park in enumerate(["云岭高新区", "云岭高新区", "远山高新区"]):
        numbers = [told(500 + place, f"{2020 + year}年", metric=f"产值{place}", park=park) for year in range(3)]
        put(filler, f"{place}.txt", numbers=numbers)
    assert [trend.park for trend in look(filler).trends] == ["云岭高新区", "远山高新区", "云岭高新区"]


def test_a_half_year_is_no_point_between_years(filler: Filler) -> None:
    half = told(300, "2024年") | {"period": year("2024年上半年", end="2024-06-30")}
    put(filler, "a.txt", numbers=[told(500, "2022年"), told(560, "2023年"), half])
    [trend] = look(filler).trends
    assert [dot.label for dot in trend.line.dots] == ["500亿元", "560亿元"]


def test_the_index_has_pages(filler: Filler, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(index, "ROWS", 2)
    articles = [put(filler, f"{name}.txt") for name in "abcde"]
    assert list(folder.write_folder(filler.store, tmp_path / "out", Choice()))[-1] == (5, 5)
    assert sorted(path.name for path in (tmp_path / "out").glob("*.html")) == [
        "index-2.html",
        "index-3.html",
        "index.html",
    ]
    last = (tmp_path / "out" / "index-3.html").read_text(encoding="utf-8")
    assert "第 5–5 篇，共 5 篇" in last
    assert f'href="articles/{articles[4]}.html"' in last
    assert 'href="index-2.html"' in last
    assert "<svg" not in last
    assert sorted(path.stem for path in (tmp_path / "out" / "articles").iterdir()) == sorted(map(str, articles))


def test_a_page_of_a_folder_shows_its_article_and_leads_back(filler: Filler, tmp_path: Path) -> None:
    [made] = summarize(NEWS, extractor=RulesExtractor())
    [article] = filler.document("news.txt")
    filler.brief(article, brief=made)
    list(folder.write_folder(filler.store, tmp_path / "out", Choice()))
    page = (tmp_path / "out" / "articles" / f"{article}.html").read_text(encoding="utf-8")
    assert 'href="../index.html"' in page
    assert "560.6亿元</mark>" in page


def test_a_small_store_is_one_page(filler: Filler, tmp_path: Path, run: Run) -> None:
    [made] = summarize(NEWS, extractor=RulesExtractor())
    [article] = filler.document("news.txt")
    filler.brief(article, brief=made)
    assert run("report", filler.path, "-o", tmp_path / "r.html") == (0, "", "")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert 'href="#overview"' in page
    assert 'href="#a-1"' in page
    assert "560.6亿元</mark>" in page


def test_a_large_store_wants_a_folder_or_a_choice(
    filler: Filler, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "MOST", 1)
    put(filler, "a.txt")
    put(filler, "b.txt", check=checked([finding(None)]))
    said = run("report", filler.path, "-o", tmp_path / "r.html")
    assert said.code == 1
    assert "has 2 such briefs, and one page holds 1: name a folder with -o, or choose with --status" in said.err
    assert not list(tmp_path.glob("*r.html*"))
    assert run("report", filler.path, "-o", tmp_path / "r.html", "--status", "flagged").code == 0
    said = run("report", filler.path, "-o", tmp_path / "out")
    assert said.err == f"summarize: wrote the index and 2 pages: {str(tmp_path / 'out' / 'index.html')!r}\n"


def test_another_version_of_the_document_is_not_shown_as_the_briefs(filler: Filler, tmp_path: Path) -> None:
    article = put(filler, "a.txt")
    list(folder.write_folder(filler.store, tmp_path, Choice()))
    page = (tmp_path / "articles" / f"{article}.html").read_text(encoding="utf-8")
    assert "the store has another version of the document than the brief was made of" in page


def test_a_brief_that_cannot_be_read_is_told(filler: Filler, tmp_path: Path) -> None:
    article = put(filler, "a.txt")
    with filler.store.transaction() as db:
        db.execute("UPDATE briefs SET brief = '{}'")
    with pytest.raises(ReportError, match=f"the brief of article {article} in .* cannot be read"):
        list(folder.write_folder(filler.store, tmp_path, Choice()))


def test_bars_are_as_long_as_their_counts() -> None:
    chart = bars_of({"a": 100, "b": 50, "c": 0})
    assert [bar.width for bar in chart.bars] == [240, 120, 1]
    assert all(bar.x + bar.width < WIDTH for bar in chart.bars)
    assert bars_of({}).height == 0


def points(*values: int) -> list[Point]:
    return [
        Point(date(2000 + place, 1, 1), date(2000 + place, 12, 31), Decimal(value), f"{value}亿", f"{2000 + place}年")
        for place, value in enumerate(values)
    ]


def test_a_line_needs_two_points() -> None:
    assert line_of(points(1)) is None
    assert line_of(()) is None


def test_a_line_stays_in_its_frame_whatever_the_values() -> None:
    for values in ((1, 1), (-5, 10**30), (0, 0, 0), range(40)):
        line = line_of(points(*values))
        assert line is not None
        assert all(0 <= dot.x_start <= dot.x <= WIDTH and 0 < dot.y < line.height for dot in line.dots)


def test_labels_of_many_points_do_not_run_into_each_other() -> None:
    line = line_of(points(5, 4, 3, 2, 1, 6, 7, 8, 9, 8))
    assert line is not None
    assert [dot.label for dot in line.dots if dot.label] == ["5亿", "1亿", "8亿"]
