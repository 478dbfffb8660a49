"""No brief is wider than its terminal, and nothing in an article steers it."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from summarizer import check
from tests.build import NEWS
from tests.command import Terminal
from tests.shown import BRIEFS, CODES, briefed, changed, stored, written

pytestmark = pytest.mark.usefixtures("plain_terminal")


@pytest.mark.parametrize("name", sorted(path.stem for path in BRIEFS.glob("*.json")))
def test_every_shipped_brief_fits_and_shows_its_numbers(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    brief = stored(name)
    for columns in (20, 47, 60, 80, 100, 120, 160):
        monkeypatch.setenv("COLUMNS", str(columns))
        shown = written(brief)
        assert max(map(cell_len, shown.splitlines())) <= columns
        assert not [line for line in shown.splitlines() if line != line.rstrip()]
    whole = "".join(shown.split())
    assert all("".join(number.text.split()) in whole for number in brief.numbers)


LETTERS = "园区，。“”（ 1二亿.%ab…é\u0301\u3042ｱ🏭\n\t\x1b[m\u202e\u200b\u200d\ufe0f❤"
WORDS = st.text(alphabet=LETTERS, max_size=80)


@settings(deadline=None)  # the first brief imports the package
@given(WORDS, WORDS, WORDS, st.integers(40, 200), st.booleans())
def test_no_line_of_any_brief_is_wider_than_the_terminal(
    first: str, number: str, second: str, columns: int, colours: bool
) -> None:
    brief = briefed()
    sentence = f"{first}{number}3家{second}"
    told = brief.numbers[0].model_copy(update={"metric": first, "text": f"{number}3家", "evidence": sentence})
    brief = changed(brief, "source", title=first, byline=second)
    brief = changed(brief, "summary", text=f"{second}{number}").model_copy(
        update={
            "numbers": (told, brief.numbers[1]),
            "quotes": (brief.quotes[0].model_copy(update={"text": first * 9, "speaker": second, "role": number}),),
        }
    )
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("COLUMNS", str(columns))
        patched.setenv("TERM", "xterm")
        shown = written(brief, stream=Terminal() if colours else io.StringIO())
    assert colours == bool(CODES.search(shown))
    plain = CODES.sub("", shown)
    assert not set("\x1b\u202e\u200b\u200d\t\r") & set(plain)
    assert [line for line in plain.split("\n") if cell_len(line) > columns] == []
    assert "3家" in "".join(plain.split())


def test_nothing_in_a_draft_can_steer_the_terminal() -> None:
    draft = {
        "summary": "签约\x1b[31m114个",
        "numbers": [{"metric": "签约\x1b[2J项目", "text": "114个\x07", "period": "\x9b2J上半年"}],
        "policies": ["a\x1b]0;b\x07c\u202ed"],
        "quotes": [{"text": "更快\u2066。", "speaker": "王\u200b明"}],
    }
    text = NEWS + "\x1b[2J又签约9个项目\x07。"
    shown = written(check(text, draft), text=text)
    assert not set("\x1b\x07\x9b\u202e\u2066\u200b") & set(shown)
    assert "签约 [2J项目" in shown


def test_markup_in_an_article_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    brief = changed(changed(briefed(), "source", title="[bold]签约[/bold]"), "summary", text="[red]x[/] :smile:")
    for shown in (written(brief), written(brief, stream=Terminal())):
        assert "[bold]签约[/bold]" in shown
        assert "[red]x[/] :smile:" in shown


def test_lines_break_between_chinese_characters_and_not_before_their_punctuation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    brief = changed(briefed(), "summary", text="云州高新区，" * 20 + "https://" + "x" * 50 + " end")
    lines = written(brief).splitlines()
    assert not [line for line in lines if line.startswith("，")]
    assert max(map(cell_len, lines)) <= 30
    assert "".join(lines).count("x") == 50, "a long word is broken and loses nothing"
