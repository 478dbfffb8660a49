"""Recognises articles that are one telling: a wire story that many papers print, each with its own headline, dateline,
byline and lines, so that an archive pays for one of them.

Two steps. `marks_of` gives each article a few integers to be looked up by; articles that share half of them are
candidates. `same_telling` decides. Between two printings of one telling all sentences are the same but for
punctuation and for what a paper puts around a report; the worst fault is to link two articles by one template with
other figures, while a link that is missed costs a call.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from rapidfuzz.distance import Levenshtein

from summarizer.archive.furniture import Report, strip_furniture
from summarizer.archive.headlines import SharedReport, may_differ
from summarizer.archive.wording import bare_words, figures_of, fold_printing
from summarizer.clean import paragraphs_of, split_sentences
from summarizer.dateline import read_publication
from summarizer.names import find_parks
from summarizer.quantities import scan

MOST_MARKS: Final = 4
"""Marks of one sort. With 4 every reprint of bench/tellings.py shares half of the fewer marks or more, with 3 some a
third; of 12,720 pairs by a template 74 share half, all of them two states of one bulletin."""
_SHINGLE: Final = 4
"""Figures side by side that make a mark. Three are shared by any two bulletins of a half-year (2024年1—6月)."""
_FEW_SHINGLES: Final = 6
"""With no more than these an article is marked by sentences too: a headline may add or take a figure."""
_SENTENCE_CHARS: Final = 12
_SENTENCE: Final = re.compile(r"[。！？!?；;]|\.(?=[A-Z])")
_WORDS_ONLY: Final = re.compile(r"\W+")

_FIGURES_IN_COMMON: Final = 0.7
"""Share of the fewer figures; furniture has some of its own. Below it no two texts are one telling."""
_LENGTHS_APART, _LEAST_APART = 0.25, 200
"""Share of the shorter text, and characters, by which two printings may differ in length, furniture included."""
_HEADLINE_LINES: Final = 6
"""Lines without a full stop that may stand over a report; where there are more, the text is a list."""
_CUT_SHARE: Final = 0.1
"""Share of the shorter text that a reprint may lack."""
_LEAST_CHARS: Final = 50
"""Characters that must be common where anything else differs."""
_DAYS_APART: Final = 31
"""Days between two printings; a bulletin of another month or year prints another day."""
_STEPS: Final = 4_000_000
"""Pairs of sentences that are compared at most; a longer page is not linked."""
_CLOSING: Final = re.compile(
    r"下一步|接下来|今后|未来|[继繼][续續]|[奋奮][进進力楫]|征程|[续續书書谱譜][写寫]|篇章|助力|[贡貢][献獻]|[护護]航|[动動]能|同心|号角|高质量发展"
)
_CUT_BLOCKS: Final = re.compile(
    r"[0-9“”「」『』《》\"?？:：]|[说說称稱]|表示|介[绍紹]|指出|[强強][调調]|[认認][为為]|透露|坦言"
    r"|[办辦]法|[条條]例|行[动動]|工程|[机機]制|方案|意[见見]|措施|[规規][划劃]|政策|平[台臺]|[计計][划劃]|制度"
    r"|[不未没沒非否无無勿停撤误誤错錯假谣謠旧舊除仅僅亏虧减減降]|但|[却卻]|然而|[虚虛][构構]|[设設]想|模[拟擬]|[更改][正名]|[任免][职職]|[滑跌]|取消|推[迟遲]|[终終]止"
)
"""What a cut must hold, the words of a closing paragraph, and may not: what a draft could tell of it, and what could
turn round what stands before it."""


class Marks(NamedTuple):
    """What an article is looked up by."""

    exact: str
    """`sha256:` and the hash of the text without white space, width and shapes of marks: equal for equal prints."""
    marks: tuple[int, ...]
    """A few integers of 63 bits, ascending, no more than twice `MOST_MARKS`. Printings of one telling share at least
    half of the fewer; less than half is a sentence about the park that all its articles have."""


def marks_of(text: str) -> Marks:
    """Return the marks of an article's text, raw or clean; the same in every process. Linear, pure.

    A mark is a hash of four figures that follow each other: bulletins of other years share hardly any, and line
    breaks, sentences and furniture do not matter. Texts with few figures are marked by their sentences.
    """
    folded = fold_printing(text)
    figures = figures_of(folded)
    shingles = {" ".join(figures[place : place + _SHINGLE]) for place in range(len(figures) - _SHINGLE + 1)}
    marks = _smallest(shingles)
    if len(shingles) <= _FEW_SHINGLES:
        sentences = (_WORDS_ONLY.sub("", sentence) for sentence in _SENTENCE.split(folded))
        marks += _smallest(words for words in sentences if len(words) >= _SENTENCE_CHARS)
    digest = hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()
    return Marks(f"sha256:{digest}", tuple(sorted(set(marks))))


def are_candidates(one: Marks, other: Marks) -> bool:
    """Whether two articles are worth a call of `same_telling`: the same print, or half of the fewer marks in common."""
    fewer = min(len(one.marks), len(other.marks))
    return one.exact == other.exact or 0 < fewer <= 2 * len(set(one.marks).intersection(other.marks))


def _smallest(words: Iterable[str]) -> list[int]:
    hashes = {
        int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1
        for word in words
    }
    return sorted(hashes)[:MOST_MARKS]


def same_telling(a: str, b: str) -> bool:
    """Whether two articles' texts, raw or clean, are printings of one telling. Symmetric; linear for texts alike.

    All figures, names and words of the reports must be the same. Headlines may differ where each tells nothing that
    the other printing lacks; sentences may lack at the end (at most a tenth) where they hold no figure, quotation,
    title of a policy, name of a park that the rest lacks, or word that could turn the rest round.
    """
    folded = fold_printing(a), fold_printing(b)
    if folded[0] == folded[1]:
        return True
    if not _could_be_same(*folded) or not _same_days(a, b):
        return False
    mine, other = _Printed(a), _Printed(b)
    return _may_be_filed_together(mine.report, other.report) and _Comparison(mine, other).holds()


def _could_be_same(one: str, other: str) -> bool:
    """Whether two folded texts are near enough in length and figures to be looked at; spares nearly all candidates."""
    shorter, longer = sorted((len(one), len(other)))
    if longer - shorter > max(_LEAST_APART, _LENGTHS_APART * shorter):
        return False
    figures = Counter(figures_of(one)), Counter(figures_of(other))
    fewer = min(figures[0].total(), figures[1].total())
    return (figures[0] & figures[1]).total() >= _FIGURES_IN_COMMON * fewer


def _same_days(a: str, b: str) -> bool:
    days = [read_publication(text).published for text in (a, b)]
    if days[0] is None or days[1] is None:
        return True
    return abs((date.fromisoformat(days[0]) - date.fromisoformat(days[1])).days) <= _DAYS_APART


def _may_be_filed_together(mine: Report, other: Report) -> bool:
    """Whether the days that both print of themselves are near; a date that stands alone must be the same."""
    if mine.dated and other.dated and mine.dated != other.dated:
        return False
    apart = [abs(31 * (one[0] - two[0]) + one[1] - two[1]) for one in mine.filed for two in other.filed]
    return all(min(days, 372 - days) <= _DAYS_APART for days in apart)


class _Printed:
    """An article's report as it is compared."""

    def __init__(self, text: str) -> None:
        self.report = strip_furniture([paragraph.text for paragraph in paragraphs_of(text)])
        sentences = split_sentences("\n".join(self.report.paragraphs))
        self.sentences = [sentence.text for sentence in sentences]
        self.bare = [bare_words(sentence) for sentence in self.sentences]
        headings = [sentence.heading for sentence in sentences]
        self.over = headings.index(False) if False in headings else len(headings)
        """Headings before the first sentence."""
        self.under = len(headings) - headings[::-1].index(False) if False in headings else len(headings)
        """Where the headings behind the last sentence begin."""

    def is_headline(self, place: int) -> bool:
        """Whether the sentence can be of the headline, which some extractions put at the foot."""
        if self.over:
            return place < self.over <= _HEADLINE_LINES
        return place >= self.under


class _Comparison:
    """Two printings, and where they differ."""

    def __init__(self, mine: _Printed, other: _Printed) -> None:
        self._mine, self._other = mine, other
        self._headlines: tuple[list[str], list[str]] = [*mine.report.titles], [*other.report.titles]
        self._shared: list[str] = []
        """Sentences of both, as `mine` prints them."""
        self._reworded: list[tuple[str, str]] = []
        """Passages that differ in punctuation."""
        self._cut: list[str] = []
        """Sentences at the end that one side alone has."""

    def holds(self) -> bool:
        """Whether all that differs is what may."""
        if len(self._mine.bare) * len(self._other.bare) > _STEPS:
            return False
        here = there = 0
        for block in Levenshtein.opcodes(self._mine.bare, self._other.bare).as_matching_blocks():
            if not self._takes(range(here, block.a), range(there, block.b)):
                return False
            here, there = block.a + block.size, block.b + block.size
            self._share(self._mine.sentences[block.a : here], self._other.sentences[block.b : there])
        return self._is_enough() and self._facts_agree() and self._may_be_cut() and self._headlines_fit()

    def _takes(self, here: range, there: range) -> bool:
        """Whether a region can be other punctuation, headlines, or an end that one side lacks; note which it is."""
        words = [self._mine.sentences[place] for place in here]
        others = [self._other.sentences[place] for place in there]
        if words and others and bare_words("\n".join(words)) == bare_words("\n".join(others)):
            self._share(["\n".join(words)], ["\n".join(others)])
            return True
        rests: list[list[str]] = []
        for side, printed, places in ((0, self._mine, here), (1, self._other, there)):
            titled = [place for place in places if printed.is_headline(place)]
            self._headlines[side].extend(printed.sentences[place] for place in titled)
            rests.append([printed.sentences[place] for place in places if place not in titled])
        ends = here.stop == len(self._mine.bare) and there.stop == len(self._other.bare)
        self._cut += rests[0] + rests[1]
        return not (rests[0] and rests[1]) and (ends or not (rests[0] or rests[1]))

    def _share(self, words: Sequence[str], others: Sequence[str]) -> None:
        self._shared += words
        pairs = zip(words, others, strict=True)
        self._reworded += [pair for pair in pairs if pair[0] != pair[1] and len(set(map(fold_printing, pair))) > 1]

    def _is_enough(self) -> bool:
        """Whether enough of the reports is common."""
        shared = sum(len(bare_words(sentence)) for sentence in self._shared)
        cut = sum(len(bare_words(sentence)) for sentence in self._cut)
        return shared >= _LEAST_CHARS and cut <= _CUT_SHARE * shared

    def _facts_agree(self) -> bool:
        """Whether other punctuation has left every number what it was (三、四家 is not 三四家)."""
        return all(_worths(one) == _worths(other) for one, other in self._reworded)

    def _may_be_cut(self) -> bool:
        """Whether a reprint may leave out the sentences that one side alone has."""
        rest = bare_words("\n".join(self._shared)) if self._cut else ""
        return all(
            _CLOSING.search(sentence) is not None
            and _CUT_BLOCKS.search(sentence) is None
            and all(found.kind == "idiom" for found in scan(sentence))
            and all(bare_words(park.name) in rest for park in find_parks(sentence))
            for sentence in self._cut
        )

    def _headlines_fit(self) -> bool:
        """Whether the headlines and names of either side may stand with the other."""
        mine, other = self._headlines
        report = SharedReport(self._shared)
        signed = {names for side in (self._mine, self._other) for names in side.report.signed}
        if len(signed) > 1 and not report.tells:  # a name alone in its line may be what a list tells
            return False
        return not (mine or other) or may_differ(mine, other, report)


def _worths(words: str) -> list[tuple[object, ...]]:
    return [(found.kind, found.value, found.low, found.high, found.unit) for found in scan(words) if found.is_fact]
