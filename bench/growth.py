"""Times a whole newspaper from file to briefs, by the rules: `python -m bench.growth`.

A text of 300 pages and 5 MB, and a PDF of 200 pages, each also at a quarter and at half its size, each in a process of
its own: what is linear doubles. A page of the text is three of fixtures/pages (17 kB, as the seed page has); the PDF's
are theirs. Memory is the peak of the process, and what stands at its start.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.split import PAGES

_ROOT = Path(__file__).resolve().parent.parent
_SIZES = (0.25, 0.5, 1.0)
_TEXT_PAGES, _PDF_PAGES = 300, 200


def _text(path: Path, pages: int) -> None:
    texts = [page.read_text(encoding="utf-8") for page in sorted(PAGES.glob("*.txt"))]
    path.write_text("\f".join(texts[place % len(texts)] for place in range(3 * pages)), encoding="utf-8")


def _pdf(path: Path, pages: int) -> None:
    import pypdfium2

    made = pypdfium2.PdfDocument.new()
    sources = [pypdfium2.PdfDocument(page) for page in sorted((PAGES / "pdf").glob("*.pdf"))]
    for place in range(pages):
        made.import_pages(sources[place % len(sources)], pages=[0])
    made.save(path)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _measure(path: Path) -> None:
    """Print as JSON the seconds of reading, splitting and briefing one file, its articles and characters, the peaks."""
    from summarizer.extract.rules import RulesExtractor
    from summarizer.pages import priced_articles
    from summarizer.pipeline import brief_with
    from summarizer.read import read_document
    from summarizer.settings import Settings

    extractor, settings, before = RulesExtractor(), Settings(), _peak()
    started = time.perf_counter()
    document = read_document(str(path))
    read = time.perf_counter()
    split = 0.0
    articles = numbers = 0
    for article, spent in priced_articles(document, "auto", None):
        split = split or time.perf_counter()
        articles += 1
        numbers += len(brief_with(article, extractor, settings, spent).numbers)
    briefed = time.perf_counter()
    seconds = [read - started, split - read, briefed - split]
    print(json.dumps([seconds, articles, numbers, len(document.text), before, _peak()]))


def main() -> None:
    """Print a row for each file and size."""
    if sys.argv[1:2] == ["--measure"]:
        _measure(Path(sys.argv[2]))
        return
    print("file           pages     MB  articles  numbers   read s  split s  brief s  us/char  peak MB (start)")
    with tempfile.TemporaryDirectory() as folder:
        for name, make, most in (("text.txt", _text, _TEXT_PAGES), ("pages.pdf", _pdf, _PDF_PAGES)):
            for size in _SIZES:
                path = Path(folder) / name
                make(path, int(most * size))
                command = [sys.executable, "-m", "bench.growth", "--measure", str(path)]
                said = subprocess.run(command, check=True, capture_output=True, cwd=_ROOT).stdout
                seconds, articles, numbers, chars, before, peak = json.loads(said)
                print(
                    f"{name:12}{int(most * size):8}{path.stat().st_size / 1e6:7.2f}{articles:10}{numbers:9}"
                    + "".join(f"{second:9.2f}" for second in seconds)
                    + f"{1e6 * sum(seconds) / chars:9.1f}{peak:9.0f} ({before:.0f})"
                )


if __name__ == "__main__":
    main()
