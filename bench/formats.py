"""Times reading by format, and the memory it takes: each at half and at full size, so that linearity shows.

    python -m bench.formats

A text of 5 MB (some 300 newspaper pages of 17 kB), a PDF of 200 pages made with reportlab, and beside them a table,
JSON Lines and a tar.gz of the same articles; each is read in a process of its own. Memory is what reading adds to the
peak that importing the program has left; 0 where it stays below. Needs the development packages.
"""

import gzip
import io
import json
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_TEXT_BYTES = 5_000_000
_PDF_PAGES = 200
_LINES_OF_PAGE, _CHARS_OF_LINE = 40, 34
_RUNS = 3


def _article_texts() -> list[str]:
    paths = sorted((_ROOT / "fixtures" / "eval" / "articles").glob("*.txt"))
    return [path.read_text(encoding="utf-8") for path in paths]


def _text(size: float) -> bytes:
    whole = "\n".join(_article_texts()).encode()
    return (whole * (int(size * _TEXT_BYTES) // len(whole) + 1))[: int(size * _TEXT_BYTES)]


def _texts(size: float) -> list[str]:
    texts = _article_texts()
    count = int(size * _TEXT_BYTES) // (sum(len(text.encode()) for text in texts) // len(texts))
    return [texts[number % len(texts)] for number in range(count)]


def _pdf(size: float) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    text = "".join("".join(_article_texts()).split())
    made = io.BytesIO()
    page = canvas.Canvas(made, pagesize=(595, 842))
    place = 0
    for _ in range(int(size * _PDF_PAGES)):
        page.setFont("STSong-Light", 14)
        for row in range(_LINES_OF_PAGE):
            page.drawString(50, 800 - 19 * row, text[place : place + _CHARS_OF_LINE])
            place = (place + _CHARS_OF_LINE) % (len(text) - _CHARS_OF_LINE)
        page.showPage()
    page.save()
    return made.getvalue()


def _jsonl(size: float) -> bytes:
    return "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in _texts(size)).encode()


def _csv(size: float) -> bytes:
    return ("text\n" + "".join('"' + text.replace('"', '""') + '"\n' for text in _texts(size))).encode()


def _tar_gz(size: float) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for number, text in enumerate(_texts(size)):
            member = tarfile.TarInfo(f"{number}.txt")
            content = text.encode()
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return gzip.compress(made.getvalue(), 6)


_MAKERS: dict[str, Callable[[float], bytes]] = {
    "text.txt": _text,
    "pages.pdf": _pdf,
    "table.csv": _csv,
    "lines.jsonl": _jsonl,
    "archive.tar.gz": _tar_gz,
}


def _measure(path: str) -> None:
    """Read one file in this process and print seconds, documents, characters and the growth of the peak in MB."""
    from summarizer.read import document_from_text, read_documents

    document_from_text("warm")  # what importing costs is not reading
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    documents = characters = 0
    for document in read_documents(path):
        documents += 1
        characters += len(document.text)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([seconds, documents, characters, (peak - before) / 1024]))


def _best(path: Path) -> list[float]:
    command = [sys.executable, "-m", "bench.formats", "--measure", str(path)]
    runs = [
        json.loads(subprocess.run(command, check=True, capture_output=True, cwd=_ROOT).stdout) for _ in range(_RUNS)
    ]
    return [float(value) for value in min(runs)]


def main() -> None:
    """Print a row for each format and size: the best of three processes."""
    if sys.argv[1:2] == ["--measure"]:
        _measure(sys.argv[2])
        return
    print(f"{'format':16}{'MB':>8}{'documents':>11}{'characters':>12}{'seconds':>9}{'peak + MB':>11}{'ratio':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in _MAKERS.items():
            half_seconds = 0.0
            for size in (0.5, 1.0):
                path = Path(folder) / name
                path.write_bytes(make(size))
                seconds, documents, characters, peak = _best(path)
                ratio = f"{seconds / half_seconds:7.2f}" if half_seconds else ""
                half_seconds = seconds
                print(
                    f"{name:16}{path.stat().st_size / 1e6:8.2f}{documents:11.0f}{characters:12.0f}"
                    f"{seconds:9.3f}{peak:11.1f}{ratio}"
                )


if __name__ == "__main__":
    main()
