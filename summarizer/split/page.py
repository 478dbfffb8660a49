"""Makes articles of a page: gives each story its headline, byline and pictures, and every line one owner.

Headlines of a page as extracted stand anywhere, stacked at its top or its end, bylines in a heap. A headline goes to
the story whose words and park it has, a byline to the headline or story at which it stands, what is left by order.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from summarizer.split.owners import Owners, Piece, stacks
from summarizer.split.stories import PICTURED, Story, find_stories
from summarizer.split.units import Unit, units_of

_STORY_CHARS: Final = 45
"""Characters from which a caption is a picture story; those of pictures within articles have 20 to 40."""
_OF_A_PICTURE: Final = ("图为", "圖為", "上图", "下图", "左图", "右图")
_LONGEST_SHEET: Final = 300
"""Units of a sheet that no edition line ends; the fullest page composed has 90."""
_CREDITS: Final = ("摄", "攝", "供图", "供圖")


class Sheet(NamedTuple):
    """A printed page of a text, which may hold several, as the rules split it."""

    units: tuple[Unit, ...]
    pieces: tuple[Piece, ...]

    @property
    def lines(self) -> list[int]:
        """The numbers of its lines that are not blank, from 0, as the whole text counts them."""
        return sorted(line for unit in self.units for line in unit.lines)

    @property
    def has_text(self) -> bool:
        """Whether anything stands on it but furniture."""
        return any(piece.kind != "furniture" for piece in self.pieces)


def read_sheets(text: str, *, least: int = 0) -> list[Sheet]:
    """Return the sheets of a text as read; every line that is not blank is in one piece of one sheet.

    None where its prose makes fewer than `least` articles, which is known before headlines have found their owners.
    """
    units = units_of(text)
    told = find_stories(units)
    if len(told) < least:
        return []
    stories = sorted([*told, *_picture_stories(units)], key=lambda story: story.units)
    return [Sheet(tuple(part), tuple(_split_sheet(part, told))) for part, told in _sheets(units, stories)]


def split_page(text: str) -> list[Piece]:
    """Return the pieces of a text as read, in the order of their prose; every line that is not blank is in one."""
    return gather([sheet.pieces for sheet in read_sheets(text)])


def gather(sheets: Sequence[Sequence[Piece]]) -> list[Piece]:
    """Return the pieces of several sheets, the furniture of all as one at the end."""
    pieces = [piece for sheet in sheets for piece in sheet]
    furniture = [line for piece in pieces if piece.kind == "furniture" for line in piece.lines]
    told = [piece for piece in pieces if piece.kind != "furniture"]
    return [*told, Piece("furniture", None, None, tuple(furniture), 1.0)] if furniture else told


def _split_sheet(units: Sequence[Unit], stories: Sequence[Story]) -> list[Piece]:
    if not stories:  # nothing but headlines and notices
        lines = tuple(line for unit in units for line in unit.lines)
        return [Piece("furniture", None, None, lines, 1.0)] if lines else []
    owners = Owners(units, stories)
    owners.give_headings()
    owners.give_bylines()
    owners.give_captions()
    return owners.pieces()


def _sheets(units: Sequence[Unit], stories: Sequence[Story]) -> Iterator[tuple[Sequence[Unit], Sequence[Story]]]:
    """Yield the printed pages of a text that holds several: an edition line in a gap begins one, or sheer length.

    Headlines are sought within a sheet, so that a newspaper of a hundred pages costs a hundred times a page.
    """
    start, first, reached = 0, 0, -1
    for number, story in enumerate(stories):
        begin = story.units[0]
        edition = next((at for at in range(reached + 1, begin) if units[at].is_edition), None)
        if first < number and reached < begin and (edition is not None or begin - start > _LONGEST_SHEET):
            cut = edition if edition is not None else reached + 1
            yield units[start:cut], [_moved(one, start) for one in stories[first:number]]
            start, first = cut, number
        reached = max(reached, story.units[-1])
    yield units[start:], [_moved(one, start) for one in stories[first:]]


def _moved(story: Story, start: int) -> Story:
    return story._replace(units=tuple(place - start for place in story.units))


def _picture_stories(units: Sequence[Unit]) -> Iterator[Story]:
    """Yield the captions that are stories of their own: long, and not said of a picture beside them (图为)."""
    for stack in stacks([place for place, unit in enumerate(units) if unit.kind == "caption"]):
        told = [place for place in stack if not units[place].text.startswith(_OF_A_PICTURE)]
        run: list[int] = []
        for place in told:
            if run and units[place].text.endswith(_CREDITS):
                yield from _picture_story(units, run)
                run = []
            run.append(place)
        yield from _picture_story(units, run)


def _picture_story(units: Sequence[Unit], places: Sequence[int]) -> Iterator[Story]:
    if sum(len(units[place].text) for place in places) >= _STORY_CHARS:
        park = next((park for place in places for park in sorted(units[place].parks)), None)
        yield Story(tuple(places), park, PICTURED, picture=True)
