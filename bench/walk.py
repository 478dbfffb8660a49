"""Times the walk of a batch run from sources to documents, and its memory, at two sizes: what is flat shows as flat.

    python -m bench.walk [MEGABYTES [KIND...]]

Records and files of some 800 characters, cut from the evaluation articles: JSON Lines and a table of MEGABYTES (50) and
a fifth of that, a tar.gz and a ZIP archive of up to 100,000 texts, and folders of 20,000 small files; KIND is a name of
the table. Each is read in a process of its own. CPU is the median of three; `dateline` is what finding date and outlet
in the text takes of it. Memory is what the walk adds to the peak that importing the program has left. `walk alone`
opens no file.
"""

import csv
import io
import json
import resource
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_CHARS = 800
_FILES, _MOST_MEMBERS = 20_000, 100_000
_RUNS = 3
_DATELINES_OF = 2_000


def _texts() -> Iterator[str]:
    """Yield texts without end, no two alike."""
    paths = sorted((_ROOT / "fixtures" / "eval" / "articles").glob("*.txt"))
    articles = [path.read_text(encoding="utf-8")[:_CHARS] for path in paths]
    number = 0
    while True:
        yield f"{articles[number % len(articles)]}\n{number}"
        number += 1


def _jsonl(path: Path, size: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(_texts()):
            file.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")
            if file.tell() >= size:
                return


def _csv(path: Path, size: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "text"])
        for number, text in enumerate(_texts()):
            rows.writerow([number, text])
            if file.tell() >= size:
                return


def _members(size: int) -> Iterator[tuple[str, bytes]]:
    count = min(_MOST_MEMBERS, size // (_CHARS * 5 // 2))
    for number, text in enumerate(islice(_texts(), count)):
        yield f"2023/{number}.txt", text.encode()


def _tar_gz(path: Path, size: int) -> None:
    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        for name, content in _members(size):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))


def _zip(path: Path, size: int) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in _members(size):
            archive.writestr(name, content)


def _folder(path: Path, size: int) -> None:
    for number, text in enumerate(islice(_texts(), _FILES if size else _FILES // 5)):
        place = path / f"{number // 1000}" / f"{number}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


_MAKERS: dict[str, Callable[[Path, int], None]] = {
    "lines.jsonl": _jsonl,
    "table.csv": _csv,
    "texts.tar.gz": _tar_gz,
    "texts.zip": _zip,
    "folder": _folder,
}


def _measure(source: str, *, read: bool) -> None:
    """Go through one source in this process; print documents, CPU seconds, MB of growth, CPU ms for a dateline."""
    from summarizer.archive.walk import Input, documents, walk
    from summarizer.dateline import read_publication
    from summarizer.errors import ReadError
    from summarizer.read import document_from_text

    document_from_text("warm")  # what importing costs is not reading
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    count = 0
    texts: list[str] = []
    for step in walk([source]):
        if not read:
            count += 1
        elif isinstance(step, Input):
            for document in documents(step):
                if isinstance(document, ReadError):
                    raise document
                count += 1
                if len(texts) < _DATELINES_OF:
                    texts.append(document.text)
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    for text in texts:
        read_publication(text)
    dateline = 1000 * (time.process_time() - started) / max(1, len(texts))
    print(json.dumps([count, seconds, (peak - before) / 1024, dateline]))


def _print_row(name: str, source: Path, *, read: bool = True) -> None:
    command = [sys.executable, "-m", "bench.walk", "--measure" if read else "--walk", str(source)]
    runs = [
        json.loads(subprocess.run(command, check=True, capture_output=True, cwd=_ROOT).stdout) for _ in range(_RUNS)
    ]
    count = runs[0][0]
    seconds, peak, dateline = (statistics.median(run[part] for run in runs) for part in (1, 2, 3))
    files = [source] if source.is_file() else [path for path in source.rglob("*") if path.is_file()]
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    print(
        f"{name:16}{megabytes:9.1f}{count:11,}{count / seconds:13,.0f}{1000 * seconds / count:10.4f}"
        f"{dateline:10.4f}{peak:10.1f}",
        flush=True,
    )


def main() -> None:
    """Print two rows for each kind of source."""
    if sys.argv[1:2] in (["--measure"], ["--walk"]):
        _measure(sys.argv[2], read=sys.argv[1] == "--measure")
        return
    size = int(float(sys.argv[1] if len(sys.argv) > 1 else 50) * 1e6)
    print(f"{'source':16}{'MB':>9}{'documents':>11}{'per CPU s':>13}{'ms each':>10}{'dateline':>10}{'peak + MB':>10}")
    kinds = sys.argv[2:] or list(_MAKERS)
    for name, make in ((kind, _MAKERS[kind]) for kind in kinds):
        for part in (size // 5, size):
            with tempfile.TemporaryDirectory() as folder:
                source = Path(folder) / name
                make(source, part if name != "folder" else int(part == size))
                _print_row(name, source)
                if name == "folder":
                    _print_row("walk alone", source, read=False)


if __name__ == "__main__":
    main()
