"""Makes up articles in the genre, each with its true draft, so that a batch can be measured without a model.

    python -m bench.archive.articles 100000 archive.jsonl
    python -m bench.archive.articles 1000 archive.jsonl --reprints 5    every 5th retells an earlier one
    python -m bench.archive.articles 1000 FOLDER --pages 4              newspaper pages of 4 articles, as texts

An article follows from its serial number alone, on any machine. Its mark (GX0001234) stands in its body in ASCII,
which no way of writing JSON escapes, so that a server finds in a request which article it is asked about.
"""

import argparse
import json
import re
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from bench.archive import sentences as pool
from bench.archive.sentences import Fact, Range, Wording

Item = TypeVar("Item")

MARK: Final = re.compile(rb"GX(\d{7})")
_WORD: Final = 0xFFFFFFFFFFFFFFFF
_FIRST_DAY: Final = date(2024, 7, 8)
_DAYS: Final = 50
"""Articles are dated 8 July to 26 August, so that 上半年 is the half-year that has just ended."""
_COLUMN: Final = 48
"""Width of a newspaper's column; a Chinese character takes two, a digit one."""


class Told(NamedTuple):
    """A number as an article prints it."""

    fact: Fact
    text: str
    at: int
    """Number of its sentence."""


class Speech(NamedTuple):
    """Who said what."""

    office: str
    speaker: str
    remark: str
    at: int
    """Number of its sentence."""


class Composed(NamedTuple):
    """An article and all that is true of it."""

    serial: int
    park: str
    title: str
    outlet: str
    day: date
    paragraphs: tuple[str, ...]
    numbers: tuple[Told, ...]
    policy: str
    policy_at: int
    """Number of the sentence that names the policy."""
    speech: Speech

    @property
    def text(self) -> str:
        """Headline, line of the outlet, paragraphs."""
        return "\n".join((self.title, self.outlet, *self.paragraphs))


class _Chance:
    """Numbers that look like chance and follow from a seed; random.Random takes 5 us to seed alone."""

    def __init__(self, seed: int) -> None:
        mixed = (seed + 1) * 0x9E3779B97F4A7C15 & _WORD
        self._state = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & _WORD

    def below(self, limit: int) -> int:
        """Return a number from 0 to limit - 1."""
        self._state = state = (self._state * 6364136223846793005 + 1442695040888963407) & _WORD  # Knuth's MMIX
        return (state >> 32) * limit >> 32

    def of(self, values: Sequence[Item]) -> Item:
        """Return one of a sequence."""
        return values[self.below(len(values))]


class _Body:
    """The paragraphs so far, and the number of the sentence that comes next."""

    def __init__(self, chance: _Chance, park: str) -> None:
        self.chance, self.park = chance, park
        self.paragraphs: list[str] = []
        self.numbers: list[Told] = []
        self._next = 3  # behind headline and outlet

    def turn(self) -> None:
        """Begin a paragraph."""
        self.paragraphs.append("")

    def say(self, text: str, sentences: int = 0) -> int:
        """Add to the paragraph; return the number of the last sentence of `text`, which are as many as its 。."""
        self.paragraphs[-1] += text
        self._next += sentences or text.count("。")
        return self._next - 1

    def tell(self, wordings: tuple[Wording, ...], **words: str) -> None:
        """Add one of these wordings, whose last sentence has the numbers."""
        wording = self.chance.of(wordings)
        printed = [_printed(fact.range, self.chance) for fact in wording.facts]
        at = self.say(wording.text.format(*printed, park=self.park, **words))
        self.numbers += [Told(fact, text, at) for fact, text in zip(wording.facts, printed, strict=True)]


def _printed(values: Range, chance: _Chance) -> str:
    value = values.low + chance.below(values.high - values.low + 1)
    if not values.tenths:
        return f"{value}{values.unit}"
    if value % 10 == 0:
        value += 1  # nobody prints 30.0%
    return f"{value // 10}.{value % 10}{values.unit}"


def mark_of(serial: int) -> str:
    """Return the mark of an article."""
    return f"GX{serial:07d}"


@lru_cache(maxsize=1024)
def compose(serial: int) -> Composed:
    """Return the article of a serial number (0 to 9,999,999)."""
    chance = _Chance(serial)
    park = f"{chance.of(pool.PARK_HEADS)}{chance.of(pool.PARK_TAILS)}高新区"
    day = _FIRST_DAY + timedelta(days=chance.below(_DAYS))
    body = _Body(chance, park)
    body.turn()
    body.tell(pool.LEADS, day=f"{day.month}月{day.day}日", mark=mark_of(serial))
    body.turn()
    body.say(chance.of(pool.BACKGROUNDS).format(park=park))
    body.say(chance.of(pool.SCENES))
    body.tell(pool.INDUSTRY)
    body.tell(pool.FIRMS)
    body.turn()
    policy, issued = chance.of(pool.POLICIES)
    policy_at = body.say(issued.format(park=park, policy=policy))
    body.tell(pool.SERVICES)
    body.turn()
    body.say(chance.of(pool.DETAILS))
    body.say(chance.of(pool.VIEWS))
    body.turn()
    office = chance.of(pool.OFFICES).format(park=park)
    speaker = f"{chance.of(pool.SURNAMES)}{chance.of(pool.GIVEN_NAMES)}"
    remark = chance.of(pool.REMARKS)
    spoken = chance.of(pool.SPOKEN).format(office=office, name=speaker, remark=remark)
    remark_at = body.say(spoken, sentences=1)  # “……。”某某表示。 is one sentence
    body.tell(pool.OUTLOOKS)
    body.turn()
    body.say(chance.of(pool.CLOSINGS))
    return Composed(
        serial=serial,
        park=park,
        title=chance.of(pool.HEADLINES).format(park=park, mark=mark_of(serial)),
        outlet=f"{day.year}年{day.month}月{day.day}日 来源：{park[:2]}{chance.of(pool.OUTLETS)}",
        day=day,
        paragraphs=tuple(body.paragraphs),
        numbers=tuple(body.numbers),
        policy=f"《{park}{policy}》",
        policy_at=policy_at,
        speech=Speech(office, speaker, remark, remark_at),
    )


def reprint(serial: int, source: int) -> Composed:
    """Return the article `source` as another paper prints it a day later: same body, other headline and outlet.

    Its body bears the mark of `source`, its headline none: a figure of its own would make it another telling.
    """
    chance, told = _Chance(serial), compose(source)
    day = told.day + timedelta(days=1)
    return told._replace(
        serial=serial,
        title=chance.of(pool.REPRINT_HEADLINES).format(park=told.park),
        outlet=f"{day.year}年{day.month}月{day.day}日 来源：{chance.of(pool.REPRINT_OUTLETS)}",
        day=day,
    )


def true_draft(composed: Composed) -> dict[str, Any]:
    """Return what is true of an article, as a draft.v1; reprints and their source have one draft."""
    park, speech = composed.park, composed.speech
    first, second = composed.numbers[:2]
    return {
        "about_park": True,
        "parks": [{"name": park, "role": "subject"}],
        "period": "上半年",
        "summary": f"上半年，{park}{first.fact.metric}{first.text}，{second.fact.metric}{second.text}。",
        "numbers": [
            {
                "metric": number.fact.metric,
                "text": number.text,
                "park": park,
                "period": number.fact.period,
                "status": number.fact.status,
                "at": number.at,
            }
            for number in composed.numbers
        ],
        "policies": [{"name": composed.policy, "detail": None, "at": composed.policy_at}],
        "quotes": [{"speaker": speech.speaker, "role": speech.office, "text": speech.remark, "at": speech.at}],
    }


def archive(count: int, reprints: int = 0) -> Iterator[Composed]:
    """Yield articles 0 to `count` - 1; with `reprints` = k > 1, every k-th retells one that came before it."""
    for serial in range(count):
        if reprints > 1 and serial % reprints == reprints - 1:
            before = serial - serial // reprints  # how many originals came before it
            chosen = _Chance(serial).below(before)
            yield reprint(serial, chosen + chosen // (reprints - 1))
        else:
            yield compose(serial)


def record(composed: Composed) -> str:
    """Return the line of JSON Lines that holds an article."""
    values = {
        "id": f"a{composed.serial:07d}",
        "title": composed.title,
        "date": composed.day.isoformat(),
        "text": composed.text,
    }
    return json.dumps(values, ensure_ascii=False) + "\n"


def write_archive(path: Path, count: int, reprints: int = 0) -> None:
    """Write an archive of `count` articles as JSON Lines."""
    with path.open("w", encoding="utf-8", buffering=1 << 20) as file:
        for composed in archive(count, reprints):
            file.write(record(composed))


def newspaper_page(articles: Sequence[Composed]) -> str:
    """Return articles as one newspaper page, in lines of a column's width.

    Some of its outlet lines count as furniture, so that the true drafts' sentence numbers are one too high there.
    """
    day = articles[0].day
    lines = ["综合新闻", f"{day.year}年{day.month}月{day.day}日"]
    for composed in articles:
        lines += ["", composed.title, composed.outlet]
        for paragraph in composed.paragraphs:
            lines += _wrapped(paragraph)
    return "\n".join(lines) + "\n"


def _wrapped(paragraph: str) -> Iterator[str]:
    start = width = 0
    for place, char in enumerate(paragraph):
        width += 1 if char.isascii() else 2
        if width > _COLUMN:
            yield paragraph[start:place]
            start, width = place, 1 if char.isascii() else 2
    yield paragraph[start:]


def write_pages(folder: Path, count: int, per_page: int) -> None:
    """Write `count` articles as pages of `per_page`, a text file each."""
    folder.mkdir(parents=True, exist_ok=True)
    for first in range(0, count, per_page):
        articles = [compose(serial) for serial in range(first, min(first + per_page, count))]
        (folder / f"page{first // per_page:06d}.txt").write_text(newspaper_page(articles), encoding="utf-8")


def main() -> None:
    """Write an archive and print how fast."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--reprints", type=int, default=0, metavar="K", help="every K-th retells an earlier one")
    parser.add_argument("--pages", type=int, default=0, metavar="K", help="pages of K articles, into a folder")
    told = parser.parse_args()
    started, busy = time.perf_counter(), time.process_time()
    if told.pages:
        write_pages(told.out, told.count, told.pages)
    else:
        write_archive(told.out, told.count, told.reprints)
    seconds = time.perf_counter() - started
    cpu = time.process_time() - busy
    print(f"{told.count:,} articles in {seconds:.1f} s ({cpu:.1f} s CPU), {told.count / seconds:,.0f} a second")


if __name__ == "__main__":
    main()
