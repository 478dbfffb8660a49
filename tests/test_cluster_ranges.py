"""Large files in ranges: the same documents under the same names as where one task reads them, and nothing twice."""

import json
from collections.abc import Sequence
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from summarizer.article import Document
from summarizer.cluster.desk import Begun
from summarizer.cluster.files import read_file
from summarizer.cluster.parts import File, parts_of
from summarizer.cluster.ranges import cut_up
from summarizer.cluster.reading import Item, ReadingTold, Unreadable, Watcher, read_part
from summarizer.errors import ReadError
from summarizer.read import Fields, read_results, records
from tests.archives import news


def whole(item: Item) -> Item:
    return item


def of(path: Path) -> File:
    return File(str(path), path.as_uri(), path.stat().st_size)


def told(results: Sequence[Document | ReadError]) -> list[Document | str]:
    return [str(result) if isinstance(result, ReadError) else result for result in results]


def read_in_ranges(path: Path, size: int, fields: Fields | None = None) -> list[Document | str]:
    files = cut_up([of(path)], fields or Fields(), size=size)
    assert len(files) > 1
    return told([result for file in files for result in read_file(file, None, fields)])


def read_whole(path: Path, fields: Fields | None = None) -> list[Document | str]:
    return told(list(read_results(path, fields=fields)))


def rows(count: int, *, with_id: bool = True) -> list[str]:
    found = []
    for serial in range(count):
        row = {"id": f"n{serial}"} if with_id else {}
        found.append(json.dumps(row | {"title": f"第{serial}期", "text": news(serial)}, ensure_ascii=False))
    return found


@pytest.mark.parametrize("size", [1_000, 3_000, 7_777, 12_000])
@pytest.mark.parametrize("with_id", [True, False])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030"])
def test_documents_are_those_of_the_whole_file(tmp_path: Path, size: int, with_id: bool, codec: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(rows(60, with_id=with_id)), encoding=codec)
    assert read_in_ranges(path, size) == read_whole(path)


def test_blank_and_damaged_lines_and_records_without_an_id_are_told_of_by_their_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    more = rows(20, with_id=False)
    lines = [*rows(20), "", "{", json.dumps({"text": news(99)}), "[]", *more, "", '{"text": ""}', ""]
    path.write_bytes("\r\n".join(lines).encode() + b'{"text": "\xff\xfe"}\n')
    monkeypatch.setattr(records, "_SAMPLE_BYTES", 5_000)  # what a whole file is looked at for its charset
    found = read_in_ranges(path, 2_500)
    assert found == read_whole(path)
    assert sum(isinstance(one, str) for one in found) == 3


def test_the_columns_are_those_of_the_first_record(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    later = [
        json.dumps({"title": "x", "content": news(serial), "text": "no"}, ensure_ascii=False) for serial in range(30)
    ]
    path.write_text("\n".join(["{", json.dumps({"content": news(77)}), *later]), encoding="utf-8")
    found = read_in_ranges(path, 1_000)
    assert found == read_whole(path)
    assert {one.title for one in found if isinstance(one, Document)} == {None}


def test_names_of_fields_hold_in_ranges(tmp_path: Path) -> None:
    path = tmp_path / "records"
    path.write_text("\n".join(json.dumps({"words": news(serial)}) for serial in range(30)), encoding="utf-8")
    fields = Fields(text="words")
    assert read_in_ranges(path, 2_000, fields) == read_whole(path, fields)
    assert cut_up([of(path)], Fields(), size=2_000) == [of(path)]  # a text


def test_a_record_longer_than_a_range_costs_its_own_row(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    huge = json.dumps({"id": "huge", "text": "园区" * 6_000_000}, ensure_ascii=False)
    path.write_text("\n".join([*rows(5), huge, *rows(9)[5:]]), encoding="utf-8")
    found = read_in_ranges(path, 5_000_000)
    assert found == read_whole(path)
    assert [one.path for one in found if isinstance(one, Document)] == [f"{path}#n{serial}" for serial in range(9)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "id,text\n" + "".join(f'{serial},"{news(serial)}"\n' for serial in range(40))),
        ("a.txt", "\n".join(rows(40))),
        ("one.jsonl", json.dumps({"text": news(1) * 40})),
        ("no.jsonl", json.dumps({"words": news(1) * 40}) + "\n" + "{}\n" * 99),
        ("bad.jsonl", "{\n" * 4_000),
    ],
)
def test_what_cannot_be_cut_stays_whole(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert cut_up([of(path)], Fields(), size=1_000) == [of(path)]


def test_utf_16_and_what_is_gone_stay_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(rows(40)), encoding="utf-16")
    gone = File("b.jsonl", (tmp_path / "b.jsonl").as_uri(), 99_999)
    table = File("b.parquet", (tmp_path / "b.parquet").as_uri(), 99_999)
    assert cut_up([of(path), gone, table], Fields(), size=1_000) == [of(path), gone, table]


def test_a_file_that_vanishes_while_it_is_counted_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(rows(40)), encoding="utf-8")
    file = of(path)

    def many(do: object, each: Sequence[object]) -> list[object]:
        found = [do(one) for one in each]  # type: ignore[operator]
        path.unlink(missing_ok=True)
        return found

    assert cut_up([file], Fields(), many, size=1_000) == [file]  # type: ignore[arg-type]


def test_parquet_is_cut_between_row_groups(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pyarrow.table({"text": [news(serial) for serial in range(50)]})
    pyarrow.parquet.write_table(table, path, row_group_size=7)
    files = cut_up([of(path)], Fields(), size=6_000)
    assert len(files) > 2
    in_ranges = told([result for file in files for result in read_file(file, None, None)])
    assert in_ranges == told(list(read_file(of(path), None, None)))
    assert [one.path for one in in_ranges if isinstance(one, Document)] == [f"{path}#{n}" for n in range(1, 51)]
    pyarrow.parquet.write_table(table, path)
    assert cut_up([of(path)], Fields(), size=3_000) == [of(path)]


def test_a_range_that_kills_its_reader_is_left_out_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(rows(40)), encoding="utf-8")
    small = tmp_path / "b.txt"
    small.write_text(news(1), encoding="utf-8")
    found = parts_of([str(tmp_path)], [], lambda files: cut_up(files, Fields(), size=10_000))
    files = [file for part in found.parts for file in part.files]
    assert [file.range is None for file in files] == [False] * (len(files) - 1) + [True]
    said: list[str | None] = []

    def begin(_: str) -> Begun:
        return Begun(2, files[1].shown)

    watcher = Watcher(begin, lambda _, step: said.append(step), lambda *_: True, lambda _: None)
    items = [
        item.found
        for part in found.parts
        for chunk in read_part(part, ReadingTold(None, None), whole, watcher)
        for item in chunk.items
    ]
    assert files[1].shown == f"part 2 of {len(files) - 1} of {str(path)!r}"
    assert [f"{files[1].shown} kills the process" in one.reason for one in items if isinstance(one, Unreadable)] == [
        True
    ]
    assert said[0] == files[0].shown
    assert 20 < sum(isinstance(one, Document) for one in items) < 41
