"""Folding a whole text is translating it, whichever way is faster."""

from summarizer.quantities import tables
from summarizer.quantities.folding import fold_text


def test_every_character_is_folded_as_the_table_says() -> None:
    text = "".join(map(chr, (*tables.FOLD, *range(0x20, 0x3000, 7), *range(0x4E00, 0x9FFF, 11)))) * 2
    assert fold_text(text) == text.translate(tables.FOLD)


def test_no_folded_character_is_itself_to_be_folded() -> None:
    assert not any(ord(folded) in tables.FOLD for folded in tables.FOLD.values())
