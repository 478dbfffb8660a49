"""A page of two articles, and what a model may answer about its lines."""

from collections.abc import Sequence

from summarizer.errors import ModelError
from summarizer.extract.extraction import Spent, SplitAnswer, SplitRefused
from summarizer.page_split import PageSplit, SplitPiece
from summarizer.split import Piece, Printed, pieces_of_split, read_sheets

PAGE = "\n".join(
    [
        "▶ 张三",
        "江北高新区新增企业31家",
        "云岭高新区签约项目24家",
        "",
        "本报讯 近日，云岭高新区签约项目24家，总投资56亿元。",
        "云岭高新区还将建设新的园区。",
        "江北高新区园区一角。 李四 摄",
        "本报讯 江北高新区今年上半年新增企业31家，增长8.4%。",
        "下半年还将新增企业40家。",
        "责任编辑：王五",
    ]
)
SPENT = Spent(attempts=1, prompt=100, completion=10)


def piece(title: str = "", byline: str = "", body: str = "", captions: str = "", kind: str = "article") -> SplitPiece:
    """Return a piece of an answer."""
    return SplitPiece.model_validate(
        {"kind": kind, "title": title, "byline": byline, "body": body, "captions": captions}
    )


def split(*pieces: SplitPiece, furniture: str = "") -> PageSplit:
    """Return an answer."""
    return PageSplit(pieces=pieces, furniture=furniture)


RIGHT = split(piece("3", "", "4-5"), piece("2", "1", "7-8", "6"), furniture="9")
INCOMPLETE = split(piece("3", "", "4-5"), piece("2", "1", "7", "6"))


class Scripted:
    """A splitter that answers from a list and remembers what it was told."""

    def __init__(self, *answers: PageSplit | ModelError) -> None:
        self.answers = list(answers)
        self.lines: list[Sequence[str]] = []
        self.refused: list[SplitRefused | None] = []

    def group_lines(self, lines: Sequence[str], refused: SplitRefused | None = None) -> SplitAnswer:
        self.lines.append(lines)
        self.refused.append(refused)
        answer = self.answers.pop(0)
        if isinstance(answer, ModelError):
            raise answer
        return SplitAnswer(answer, SPENT)


def pieces_of(answer: PageSplit, text: str = PAGE) -> list[Piece]:
    """Return what becomes of an answer."""
    [sheet] = read_sheets(text)
    return pieces_of_split(answer, sheet, Printed(text))


def printed(pieces: Sequence[Piece]) -> list[tuple[str, str | None, str | None, tuple[int, ...]]]:
    """Return what matters of pieces."""
    return [(one.kind, one.title, one.byline, one.lines) for one in pieces]
