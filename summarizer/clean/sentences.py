"""Numbers the sentences of clean text: what a model cites, and what the check reads."""

import re
from collections.abc import Iterator

from summarizer.article import Sentence
from summarizer.byline import is_credit, is_date
from summarizer.clean.enclosures import Enclosure, enclosures
from summarizer.clean.wrap import display_width

MAX_CHARS = 1000
"""A longer sentence is cut, so that whatever compares within a sentence stays cheap on hostile text. The longest
sentence of the newspaper page measured has 262 characters."""

_ATTRIBUTION_CHARS = 60
_HEADING_CHINESE = 40
_HEADING_WIDTH = 90

_TERMINAL = re.compile(r"[。！？!?….](?:(?<=[。！？!?])[。！？!?]*|(?<=…)…*|(?<=\.)\.*)")
"""One mark as often as it stands; it begins with a set of characters, which the engine seeks."""
_CLOSERS = re.compile(r"[。！？!?…”’」』）)\]】》]*")
_ENDS = re.compile(r"(?:[。！？!?…]|\.)[”’」』）)\]】》\"]*$")
_QUOTE_ENDS = re.compile(r"[。！？!?….][”’」』]*[”’」』\"]$")
# 道 alone is also a street and a counter, so it needs a verb before it or a mark behind it.
_SPEECH = re.compile(
    r"说|說|表示|介绍|介紹|指出|强调|強調|认为|認為|坦言|透露|告诉|告訴|[写问答喊笑]道|道[。：，]|\b(?:says?|said|tells?|told|adds?|added)\b"
)
# 的声音, 等口号: the quotation is a word of the sentence that holds it.
_GOES_ON = re.compile(r"\s*[，、；：,;的地得等之和与及或—]|\s+[a-z]|[a-z]")
_LEADS_IN = re.compile(r"[，。：；,:;]\s*$")
_LATIN_NEXT = re.compile(r"\s+[\"'“‘(\[]?[A-Z0-9\u2e80-\ua4cf]|\s*$")
_LOWER_NEXT = re.compile(r"\s*[a-z]")
_CUT_POINT = re.compile(r"\d\. ?\d{1,2}\s?[%‰万亿个]")
"""615. 3亿元: a point that a stray blank parts from its decimals."""
_CALLS = re.compile(r"[！!？?][”’」』\"]*$")
"""最高3000万元！某高新区发布…: a headline may call out before it tells."""
_VISIBLE = re.compile(r"\S")
_IN_WORD = re.compile(r"[A-Za-z0-9/=&#_%-]")
_WORD = re.compile(r"[A-Za-z.]+$")
_ABBREVIATION = re.compile(
    r"mr|mrs|ms|dr|prof|gen|sen|rep|gov|hon|rev|st|sr|jr|co|ltd|inc|corp|bros|dept|univ|est|approx|fig|vol|pp|vs|etc"
    r"|e\.g|i\.e|cf|al|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_BEFORE_NUMBER = frozenset({"no", "nos", "art", "p"})
_CLOSING = '”’」』"'
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[A-Za-z\u3400-\u9fff]")
_CUT_BEHIND = ("；;", "，,、", " ")


def split_sentences(clean: str) -> tuple[Sentence, ...]:
    r"""Return the sentences of clean text, numbered from 1; offsets count characters of `clean`.

    None crosses a '\n' or has spaces at its ends, and every other character is in exactly one. A quotation that
    begins a sentence and the attribution behind it (“……。”某某说。) are one. A short line without a full stop at its
    end that names no author is a heading, and one sentence. Linear in the length of `clean`.
    """
    sentences: list[Sentence] = []
    offset = 0
    for paragraph in clean.split("\n"):
        pieces = list(_pieces(paragraph))
        heading = _is_heading(paragraph) and all(_CALLS.search(paragraph[:end]) for _, end in pieces[:-1])
        if heading and len(pieces) > 1:
            pieces = [(pieces[0][0], pieces[-1][1])]
        for start, end in pieces:
            sentences.append(
                Sentence(
                    number=len(sentences) + 1,
                    start=offset + start,
                    end=offset + end,
                    text=paragraph[start:end],
                    heading=heading,
                )
            )
        offset += len(paragraph) + 1
    return tuple(sentences)


def _is_heading(paragraph: str) -> bool:
    line = paragraph.strip()
    return (
        len(line) <= _HEADING_WIDTH >= display_width(line)
        and len(_CHINESE.findall(line)) <= _HEADING_CHINESE
        and _LETTER.search(line) is not None
        and _ENDS.search(line) is None
        and line[-1] not in "，；、,;"
        and not (is_credit(line) or is_date(line))
    )


def _pieces(paragraph: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a paragraph as [start, end), trimmed, none longer than MAX_CHARS."""
    start = 0
    for end in [*_ends(paragraph), len(paragraph)]:
        for piece_start, piece_end in _cut(paragraph, start, end):
            body = paragraph[piece_start:piece_end]
            if body.strip():
                lead = len(body) - len(body.lstrip())
                yield piece_start + lead, piece_start + len(body.rstrip())
        start = end


def _cut(paragraph: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_CHARS:
        limit = start + MAX_CHARS
        cut = limit
        for marks in _CUT_BEHIND:
            place = max(paragraph.rfind(mark, start + MAX_CHARS // 2, limit) for mark in marks)
            if place >= 0:
                cut = place + 1
                break
        yield start, cut
        start = cut
    yield start, end


def _ends(paragraph: str) -> Iterator[int]:
    """Yield the offsets behind each sentence of a paragraph, in order."""
    sentence = place = 0  # where this sentence begins; where to look on
    behind = Enclosure(len(paragraph), len(paragraph), quotation=False)  # empty: it closes nothing
    for enclosure in [*enclosures(paragraph), behind]:
        for match in _TERMINAL.finditer(paragraph, place, enclosure.start):
            end = _end_of(paragraph, match, sentence, enclosure.start)
            if end is not None:
                yield end
                sentence = end
        place = enclosure.end
        if _closes_sentence(paragraph, enclosure, sentence):
            # Closing marks without a partner belong to it as well.
            sentence = place = _CLOSERS.match(paragraph, enclosure.end).end()  # type: ignore[union-attr]  # may be empty
            yield sentence


def _end_of(paragraph: str, match: re.Match[str], sentence: int, upto: int) -> int | None:
    """Return the offset behind the sentence that the terminal ends; None where it ends none."""
    if match.start() < sentence:  # among the closing marks of the last one
        return None
    closers = _CLOSERS.match(paragraph, match.end(), upto)
    end = closers.end() if closers else match.end()
    if paragraph.startswith('"', end) and upto > end:  # a straight quotation mark that has no partner
        end += 1
    mark = match[0]
    if mark[0] in "。！？":
        return end
    if mark[0] == "…":
        return None if _GOES_ON.match(paragraph, end) else end
    if mark[0] == ".":
        if _CUT_POINT.match(paragraph, match.start() - 1) and _CHINESE.search(paragraph, sentence, match.start()):
            return None
        return end if _LATIN_NEXT.match(paragraph, end) and not _abbreviates(paragraph, match) else None
    return None if _IN_WORD.match(paragraph, end) or _LOWER_NEXT.match(paragraph, end) else end


def _abbreviates(paragraph: str, match: re.Match[str]) -> bool:
    """Tell whether the full stop belongs to an abbreviation or an initial, and more text follows."""
    following = paragraph[match.end() : match.end() + 8].strip()
    word = _WORD.search(paragraph, max(0, match.start() - 12), match.start())
    if len(match[0]) > 1 or word is None or not following:
        return False
    bare = word[0].lower().strip(".")
    if bare in _BEFORE_NUMBER:
        return following[0].isdigit()
    initials = "." in word[0].strip(".") or (len(bare) == 1 and word[0].isupper())
    return initials or _ABBREVIATION.fullmatch(bare) is not None


def _closes_sentence(paragraph: str, enclosure: Enclosure, sentence: int) -> bool:
    """Tell whether a sentence ends with this quotation or bracket: its own last mark is a terminal."""
    inside = paragraph[enclosure.start : enclosure.end]
    leads = _VISIBLE.search(paragraph, sentence, enclosure.start) is None
    if not enclosure.quotation:
        return leads and _ENDS.search(inside[-8:]) is not None
    if _QUOTE_ENDS.search(inside[-8:]) is None or _GOES_ON.match(paragraph, enclosure.end):
        return False
    if leads:
        return not _is_attributed(paragraph, enclosure.end)
    # 唱响“冲啊！”口号 is a word of its sentence; 他说：“冲啊！” ends one, and so does whatever ends in 。.
    before = paragraph[max(0, enclosure.start - 3) : enclosure.start]
    return (
        _LEADS_IN.search(before) is not None
        or inside.rstrip(_CLOSING)[-1] in "。."
        or _VISIBLE.search(paragraph, enclosure.end) is None
    )


def _is_attributed(paragraph: str, end: int) -> bool:
    """Tell whether the words from `end` to the next terminal name the speaker."""
    following = paragraph[end : end + _ATTRIBUTION_CHARS + 1]
    terminal = _TERMINAL.search(following)
    if terminal is None and len(paragraph) > end + _ATTRIBUTION_CHARS:
        return False
    words = following[: terminal.end()] if terminal else following
    return words.lstrip()[:1] not in tuple('“「『"') and _SPEECH.search(words) is not None
