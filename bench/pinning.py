"""Figures that are pinned in a file and may not get worse: what the scripts of floors have in common.

Floors hold for one corpus: where it changed, today's figures are pinned anew whatever they were before.
"""

import argparse
import json
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Generic, Self, TypeVar


@dataclass(frozen=True)
class Figures:
    """What was measured; more is better."""

    corpus: str
    """Hash of all that was measured on."""
    shares: dict[str, float]

    def lower_than(self, floors: Self) -> list[str]:
        """Return what is worse than in `floors`, in words; a figure that is gone counts as 0."""
        return [
            f"{name}: {self.shares.get(name, 0.0):.4f} < {floor:.4f}"
            for name, floor in floors.shares.items()
            if self.shares.get(name, 0.0) < floor
        ]

    def below_bars(self) -> list[str]:
        """Return what may not be pinned for any corpus, in words."""
        return []


FiguresT = TypeVar("FiguresT", bound=Figures)


@dataclass(frozen=True)
class Floors(Generic[FiguresT]):
    """A file of floors."""

    path: Path
    figures: type[FiguresT]
    """What the file holds."""

    def pinned(self, text: str | None = None) -> FiguresT:
        """Return the floors of `text`, by default those of the file."""
        return self.figures(**json.loads(self.path.read_text(encoding="utf-8") if text is None else text))

    def pin(self, today: FiguresT, floors: FiguresT | None) -> str:
        """Return the text of the file with today's figures. Raises ValueError where that would lower a floor."""
        wrong = today.below_bars()
        if floors is not None and floors.corpus == today.corpus:
            wrong += today.lower_than(floors)
        if wrong:
            raise ValueError("; ".join(wrong))
        return json.dumps(asdict(today), indent=1, ensure_ascii=False) + "\n"

    def earlier(self) -> list[FiguresT]:
        """Return the floors that the last commits pinned for the corpus of today's; none where no history is kept."""

        def git(*words: str) -> str:
            asked = ["git", "-C", str(self.path.parent), *words]
            found = subprocess.run(asked, capture_output=True, text=True, check=False)
            return "" if found.returncode else found.stdout

        commits = git("log", "-n", "20", "--format=%H", "--", self.path.name).split()
        shown = [git("show", f"{commit}:./{self.path.name}") for commit in commits]
        corpus = self.pinned().corpus
        return [self.pinned(text) for text in shown if text and json.loads(text)["corpus"] == corpus]

    def main(
        self,
        described: str | None,
        measure: Callable[[], FiguresT],
        table: Callable[[FiguresT, FiguresT | None], Iterable[str]],
        arguments: list[str] | None = None,
    ) -> int:
        """Print today's figures beside the floors; with --pin write them."""
        parser = argparse.ArgumentParser(description=described)
        parser.add_argument("--pin", action="store_true", help="write today's figures; refuses to lower a floor")
        options = parser.parse_args(arguments)
        today, floors = measure(), self.pinned() if self.path.exists() else None
        for line in table(today, floors):
            print(line)
        if options.pin:
            try:
                self.path.write_text(self.pin(today, floors), encoding="utf-8")
            except ValueError as error:
                print(f"not pinned: {error}")
                return 1
        return 0
