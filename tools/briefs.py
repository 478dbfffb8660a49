"""Writes fixtures/briefs/: what the program makes of each fixture article, by the rules and from its recorded replies.

Run it after a change that is meant to change briefs, and read the difference before committing it: the test that
compares them (tests/test_fixtures.py) is only as good as that reading.
"""

import json
import os
from pathlib import Path
from typing import Any

from summarizer import Settings, summarize

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
RULES, MODEL = "rules", "model"


def stored(name: str, author: str) -> Path:
    """Return where the brief of article `name` by `author` (rules or model) is kept."""
    return FIXTURES / "briefs" / f"{name}.{author}.json"


def recorded() -> list[str]:
    """Return the names of the articles for which a model's replies are recorded."""
    return sorted(path.stem for path in (FIXTURES / "recordings").glob("*.json"))


def articles() -> list[str]:
    """Return the names of all fixture articles."""
    return sorted(path.stem for path in (FIXTURES / "articles").glob("*.txt"))


def make(name: str, author: str) -> dict[str, Any]:
    """Return the brief of an article as JSON, without what differs from run to run (seconds, version)."""
    # Relative, for a brief can name both.
    path = Path("fixtures") / "articles" / f"{name.partition('.')[0]}.txt"
    replay = Path("fixtures") / "recordings" / f"{name}.json"
    settings = Settings(extractor="rules") if author == RULES else Settings(extractor="model", replay=replay)
    [brief] = summarize(path, settings=settings)
    value: dict[str, Any] = json.loads(brief.to_json())
    del value["run"]["seconds"], value["run"]["version"]
    return value


def main() -> None:
    """Write all briefs."""
    os.chdir(ROOT)  # a brief names its article's path; it must not depend on where this runs
    (FIXTURES / "briefs").mkdir(exist_ok=True)
    for author, names in ((RULES, articles()), (MODEL, recorded())):
        for name in names:
            text = json.dumps(make(name, author), ensure_ascii=False, indent=1)
            stored(name, author).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
