"""Whose each headline, byline and picture of a page is, and the pieces that come of it.

A headline goes to the story whose words and park it has, a byline to the headline or story at which it stands, what is
left by order.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from summarizer.byline import byline_at_end, byline_at_start, byline_of_line
from summarizer.split.likeness import Likeness
from summarizer.split.stories import PICTURED, Story
from summarizer.split.units import Unit, letters

PieceKind = Literal["article", "brief", "picture", "furniture"]
_BRIEF_CHARS: Final = 220
"""Characters of prose below which a piece is a brief; those of the pages composed have 90 to 160."""
_ITS_OWN: Final = 0.34
"""Least likeness by which a headline or caption belongs to a story that it does not stand at."""
_AT_HAND: Final = 0.35
"""What it adds that a headline stands directly over a story; below it, half of that."""
_OF_PICTURE: Final = 0.3
"""What it takes that a picture's caption is likened, unless the headline stands directly over it."""
_BY_ORDER: Final = 0.4
"""Confidence of an article whose byline was given to it by order alone; of the pages' such bylines half are right."""
_AT_ITS_PLACE: Final = 0.95
"""Confidence of an article whose byline stands under its headline, over its text or at its end."""
_UNTITLED: Final = 0.6
"""Confidence of an article without a headline."""
_INSIDE: Final = 0.45
"""What it adds that a short line stands between the paragraphs of a story."""


class Piece(NamedTuple):
    """One article of a page, or all its furniture."""

    kind: PieceKind
    title: str | None
    byline: str | None
    lines: tuple[int, ...]
    """Numbers of its printed lines, from 0, blank lines counted, in reading order."""
    confidence: float
    """From 0 to 1: how clearly its ends are ends, and its headline and byline its own."""


class Owners:
    """Who owns which unit: a story (there is one at least) by its place, -1 for furniture, below that a picture."""

    def __init__(self, units: Sequence[Unit], stories: Sequence[Story]) -> None:
        self._units, self._stories = units, stories
        self._owner: dict[int, int] = {place: number for number, story in enumerate(stories) for place in story.units}
        self._owner.update({place: -1 for place, unit in enumerate(units) if unit.kind == "furniture"})
        texts = ["".join(units[place].text for place in story.units) for story in stories]
        self._prose = [len(text) for text in texts]
        self._likeness = Likeness(texts, [story.park for story in stories])
        self._spans = [(story.units[0], story.units[-1]) for story in stories]
        self._bylines = self._of_kind("byline")
        self._sure = [story.confidence for story in stories]

    def _of_kind(self, kind: str) -> list[int]:
        return [place for place, unit in enumerate(self._units) if unit.kind == kind]

    def _inside(self, place: int) -> int | None:
        """Return the story between whose paragraphs a unit stands."""
        return next((number for number, (first, last) in enumerate(self._spans) if first < place < last), None)

    def _after(self, place: int) -> int | None:
        """Return the story whose prose begins next."""
        return next((number for number, (first, _) in enumerate(self._spans) if first > place), None)

    def _before(self, place: int) -> int | None:
        """Return the story whose prose ended last."""
        ended = [
            number for number, (_, last) in enumerate(self._spans) if last < place and not self._stories[number].picture
        ]
        return max(ended, key=lambda number: self._spans[number][1], default=None)

    def _doubt(self, number: int, sure: float) -> None:
        """Take note that something of a story is no surer than that."""
        if number >= 0:
            self._sure[number] = round(min(self._sure[number], sure), 2)

    def give_headings(self) -> None:
        """Give each headline to a story; lines of one stack that say little go with their neighbours."""
        for stack in stacks(self._of_kind("heading")):
            lines = [self._units[place].text for place in stack]
            scores = [self._scores(place) for place in stack]
            together = [at for at in range(len(stack) - 1) if _go_together(lines[at], lines[at + 1])]
            for at in together:
                scores[at + 1] = [max(one, other) for one, other in zip(scores[at], scores[at + 1], strict=True)]
                scores[at] = scores[at + 1]
            best = [max(range(len(row)), key=row.__getitem__) for row in scores]
            own = [self._likeness.of(line, number) >= _ITS_OWN for line, number in zip(lines, best, strict=True)]
            for at in together:
                own[at] = own[at + 1] = own[at] or own[at + 1]
            for at, place in enumerate(stack):
                near = [number for number in range(len(stack)) if own[number]]
                if not own[at] and near and self._inside(place) is None:
                    best[at] = best[_nearest(at, near)]
                self._owner[place] = best[at]
                if self._inside(place) is None:
                    self._doubt(best[at], _margin(scores[at], best[at]))

    def _scores(self, place: int) -> list[float]:
        """Return how well a heading suits each story."""
        text = self._units[place].text
        scores = [self._likeness.of(text, number) for number in range(len(self._stories))]
        inside, after, before = self._inside(place), self._after(place), self._before(place)
        if inside is not None:
            scores[inside] += _INSIDE
        else:
            if after is not None and self._is_next(place, self._spans[after][0]):
                scores[after] += _AT_HAND
            scores = [
                score - _OF_PICTURE if story.picture and story.units[0] != place + 1 else score
                for score, story in zip(scores, self._stories, strict=True)
            ]
            if before is not None and self._is_next(self._spans[before][1], place):
                scores[before] += _AT_HAND / 2
        return scores

    def _is_next(self, one: int, other: int) -> bool:
        """Whether no prose stands between two units."""
        return all(unit.kind != "prose" for unit in self._units[one + 1 : other])

    def give_bylines(self) -> None:
        """Give each byline to the story that it stands at; those of a heap in order to the stories without one."""
        left: list[int] = []
        stood: list[tuple[float, int, int | None]] = []
        for stack in stacks(self._bylines):
            owner, sure = self._neighbour(stack[0], stack[-1]) if len(stack) == 1 else (None, 0.0)
            stood += [(-sure, place, owner) for place in stack]
        for doubt, place, owner in sorted(stood, key=lambda one: one[:2]):  # the surest first: they leave less to guess
            if owner is None or owner < 0 or self._stories[owner].picture or self._signed(owner):
                left.append(place)
            else:
                self._owner[place] = owner
                self._doubt(owner, -doubt)
        for place in sorted(left):
            unsigned = [
                number
                for number, story in enumerate(self._stories)
                if not story.picture and (self._names_again(place, number) or not self._signed(number))
            ]
            unsigned = (
                [number for number in unsigned if self._names_again(place, number)]
                or [number for number in unsigned if not self._is_brief(number)]
                or unsigned
            )
            inside = self._inside(place)
            fallback = inside if inside is not None else self._after(place)
            owner = unsigned[0] if unsigned else fallback if fallback is not None else len(self._stories) - 1
            self._owner[place] = owner
            if not self._names_again(place, owner):
                self._doubt(owner, _BY_ORDER)

    def _neighbour(self, first: int, last: int) -> tuple[int | None, float]:
        """Return the story of what stands directly at a byline (its headline, its prose), and how sure that is."""
        before = self._units[first - 1] if first else None
        after = self._units[last + 1] if last + 1 < len(self._units) else None
        if before is not None and before.kind == "heading":
            return self._owner.get(first - 1), _AT_ITS_PLACE
        ends = before is not None and before.kind == "prose" and not before.is_open and not before.is_signed
        if ends and (after is None or after.kind != "prose" or after.opens or self._is_brief(self._owner[last + 1])):
            return self._owner.get(first - 1), _AT_ITS_PLACE
        if after is not None and after.kind in ("prose", "heading"):
            return self._owner.get(last + 1), _AT_ITS_PLACE if after.kind == "prose" else _BY_ORDER
        return (self._owner.get(first - 1) if before is not None and before.kind == "prose" else None), _BY_ORDER

    def _is_brief(self, number: int) -> bool:
        """Whether a story is too short to be signed, or none."""
        return number < 0 or self._prose[number] <= _BRIEF_CHARS

    def _names_again(self, place: int, number: int) -> bool:
        """Whether a story already bears the same names: at its end, or as its photographer's."""
        names = letters(self._units[place].text)
        return any(
            self._owner.get(other) == number and other != place and letters(self._units[other].text) == names
            for other in self._bylines
        )

    def _signed(self, number: int) -> bool:
        """Whether a story names its author already."""
        if any(self._owner.get(place) == number for place in self._bylines):
            return True
        prose = [self._units[place] for place in self._stories[number].units]
        return prose[-1].is_signed or byline_at_start(prose[0].text) is not None

    def give_captions(self) -> None:
        """Give each caption to the story that it pictures, or make it a picture story of its own."""
        own = -2
        for place in self._of_kind("caption"):
            if place in self._owner:
                continue
            text = self._units[place].text
            scores = [self._likeness.of(text, number) for number in range(len(self._stories))]
            articles = [number for number, story in enumerate(self._stories) if not story.picture]
            best = max(articles, key=scores.__getitem__, default=None)
            if best is not None and scores[best] >= _ITS_OWN:
                self._owner[place] = best
            else:
                self._owner[place] = own
                own -= 1

    def pieces(self) -> list[Piece]:
        """Return the stories, the pictures and the furniture."""
        by_owner: dict[int, list[int]] = {}
        for place in range(len(self._units)):
            by_owner.setdefault(self._owner.get(place, -1), []).append(place)
        found = [self._story(number, by_owner.get(number, [])) for number in range(len(self._stories))]
        found += [self._picture(places) for owner, places in sorted(by_owner.items(), reverse=True) if owner < -1]
        if -1 in by_owner:
            found.append(Piece("furniture", None, None, self._lines(by_owner[-1]), 1.0))
        return found

    def _lines(self, places: Sequence[int]) -> tuple[int, ...]:
        return tuple(line for place in places for line in self._units[place].lines)

    def _story(self, number: int, places: Sequence[int]) -> Piece:
        first, last = self._spans[number]
        kinds: Mapping[int, str] = {place: self._units[place].kind for place in places}
        titles = [place for place in places if kinds[place] == "heading" and not first < place < last]
        bylines = [place for place in places if kinds[place] == "byline"]
        captions = [place for place in places if kinds[place] == "caption"]
        body = [place for place in places if place not in {*titles, *bylines, *captions}]
        if self._stories[number].picture:
            lines = self._lines([*titles, *captions, *bylines, *body])
            photographer = self._units[last].photographer
            return Piece("picture", title_of([self._units[at].text for at in titles]), photographer, lines, PICTURED)
        signed = signed_by(self._units[first], self._units[last])
        return Piece(
            "brief" if self._is_brief(number) else "article",
            title_of([self._units[place].text for place in titles], self._likeness.said(number)),
            names_of([self._units[place].text for place in bylines]) or signed,
            self._lines([*titles, *bylines, *body, *captions]),
            self._sure[number] if titles else min(self._sure[number], _UNTITLED),
        )

    def _picture(self, places: Sequence[int]) -> Piece:
        return Piece("picture", None, None, self._lines(places), PICTURED)


def signed_by(first: Unit, last: Unit) -> str | None:
    """Return the authors that the first or the last paragraph of an article names."""
    return byline_at_start(first.text) or byline_at_end(last.text) or last.signature


def _go_together(line: str, following: str) -> bool:
    """Whether two lines are of one headline: a label and what it labels, a title and its sub-title (——某某观察)."""
    return line.endswith(("：", ":")) or following.startswith("——")


def _margin(scores: Sequence[float], number: int) -> float:
    """Return how sure it is that a heading is this story's: how much better it suits than any other."""
    others = [score for other, score in enumerate(scores) if other != number]
    return max(0.0, min(1.0, 0.5 + scores[number] - max(others, default=0.0)))


def _nearest(at: int, among: Sequence[int]) -> int:
    """Return the nearest of some places, the earlier of two."""
    return min(among, key=lambda other: (abs(other - at), other > at))


def stacks(places: Sequence[int]) -> Iterator[list[int]]:
    """Yield runs of places that follow each other."""
    run: list[int] = []
    for place in places:
        if run and place != run[-1] + 1:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def title_of(lines: Sequence[str], said: Container[str] = ()) -> str | None:
    """Return the lines of a headline as one.

    A label (某某高新区：) stands directly before what it labels, and so does a line that was cut within a word: one of
    whose two halves' meeting letters `said`, the pairs of letters of the article, has (跨境电商产 / 业园).
    """
    title = ""
    for line in lines:
        apart = bool(title) and not title.endswith(("：", ":")) and title[-1] + line[:1] not in said
        title += " " * apart + line
    return title or None


def names_of(lines: Sequence[str]) -> str | None:
    """Return the names of bylines, those printed twice once."""
    names = {letters(line): byline_of_line(line) or line.strip("（()）■● ") for line in lines}
    return " ".join(names.values()) or None
