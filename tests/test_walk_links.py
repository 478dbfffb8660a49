"""The walk over links and several sources: no file is read twice, and nobody walks in circles."""

import os
import random
from pathlib import Path

import pytest

from tests.trees import NO_LINKS, found, link, make, skipped

pytestmark = pytest.mark.usefixtures("own_folder")


@pytest.mark.skipif(NO_LINKS, reason="links need rights on Windows")
def test_links_to_folders_are_followed_once_and_never_in_circles() -> None:
    make("n/a.txt", "n/sub/b.txt", "out/c.txt", "out/deep/d.txt")
    link("n/again", "sub")
    link("n/loop", ".")
    link("n/sub/up", "../..")
    link("n/out1", "../out")
    link("n/out2", "../out")
    link("n/out0", "../out/deep")
    link("out/back", "../n")
    assert found("n") == ["n/a.txt", "n/out0/d.txt", "n/out1/c.txt", "n/sub/b.txt"]
    assert skipped("n") == {
        "n/again": "repeated",
        "n/loop": "loop",
        "n/sub/up": "loop",
        "n/out2": "repeated",
        "n/out1/back": "repeated",
    }
    assert found("n/again") == ["n/again/b.txt"]
    assert found("n/again", "n") == ["n/again/b.txt", "n/a.txt", "n/out0/d.txt", "n/out1/c.txt"]
    assert found("n/*/*.txt") == ["n/out0/d.txt", "n/out1/c.txt", "n/sub/b.txt"]
    assert skipped("n/*/b.txt")["n/again"] == "repeated"


@pytest.mark.skipif(NO_LINKS, reason="links need rights on Windows")
def test_links_to_files_are_followed_once() -> None:
    make("n/2023/a.txt", "n/.annex/b", "out/c.txt", "out/p.jpg")
    link("n/latest.txt", "2023/a.txt")
    link("n/b1.txt", ".annex/b")
    link("n/b2.txt", ".annex/b")
    link("n/p.jpg", "../out/c.txt")
    link("n/q.txt", "../out/c.txt")
    link("n/z", "../out")
    assert found("n") == ["n/2023/a.txt", "n/b1.txt", "n/q.txt"]
    assert skipped("n") == {
        "n/.annex": "hidden",
        "n/b2.txt": "repeated",
        "n/latest.txt": "repeated",
        "n/p.jpg": "kind",
        "n/z/p.jpg": "kind",
    }
    assert found("n/latest.txt", "n")[0] == "n/latest.txt"
    assert "n/2023/a.txt" not in found("n/latest.txt", "n")


@pytest.mark.skipif(NO_LINKS, reason="links need rights on Windows")
def test_links_that_lead_nowhere_are_told() -> None:
    make("n/a.txt")
    link("n/gone.txt", "nothing")
    link("n/self.txt", "self.txt")
    assert skipped("n") == {"n/gone.txt": "unreadable", "n/self.txt": "loop"}
    assert skipped("n/gone.txt") == {"n/gone.txt": "unreadable"}
    assert skipped("n/*.md", "n/**/a*") == {"n/*.md": "no match"}


def tree(chance: random.Random) -> None:
    """Make a small tree with links in all directions."""
    folders = ["t"]
    for number in range(chance.randint(2, 7)):
        folders.append(f"{chance.choice(folders)}/{chance.choice(['', '', '', '.'])}d{number}")
    for number in range(chance.randint(3, 12)):
        make(f"{chance.choice(folders)}/{chance.choice('ab')}{number}{chance.choice(['', '.txt', '.json', '.jpg'])}")
    for folder in folders:
        Path(folder).mkdir(parents=True, exist_ok=True)
    for number in range(chance.randint(0, 5)):
        target = chance.choice([*folders, *(str(path) for path in sorted(Path("t").rglob("[ab]*")))])
        link(f"{chance.choice(folders)}/l{number}", str(Path(target).absolute()))


@pytest.mark.skipif(NO_LINKS, reason="links need rights on Windows")
@pytest.mark.parametrize("seed", range(150))
def test_several_sources_read_what_each_of_them_reads_and_no_file_twice(seed: int) -> None:
    chance = random.Random(seed)
    tree(chance)
    paths = [str(path) for path in sorted(Path("t").rglob("*"))]
    patterns = [
        "t/*",
        "t/**/*.txt",
        "t/**/*.json",
        "t/*/**/a*",
        "**/d1",
        "t/d0/*",
        "*/*/*",
        "t/**/.*/*",
        "t/**/l*/**/b*",
    ]
    sources = [chance.choice([*paths, *patterns, *patterns]) for _ in range(chance.randint(1, 5))]
    real = [os.path.realpath(path) for path in found(*sources)]
    assert len(real) == len(set(real)), sources
    assert set(real) == {os.path.realpath(path) for source in sources for path in found(source)}, sources
