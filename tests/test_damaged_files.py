"""Files of every format, damaged at random: documents and one-line errors, never anything else."""

import random
from pathlib import Path

import pytest

from summarizer.errors import ReadError
from summarizer.read import read_documents
from tests.make import AFTER, BODY, docx, html, paragraph, tarred, zipped
from tests.test_pdf import PAGES as PDF_PAGES
from tests.test_pdf import made
from tests.test_warc import archive

PAGES = {"a.txt": BODY.encode() * 9, "b.html": html().encode(), "c.jsonl": f'{{"text": "{AFTER}"}}\n'.encode() * 5}
SAMPLES = {
    "a.zip": zipped(PAGES),
    "a.tar": tarred(PAGES),
    "a.tar.gz": tarred(PAGES, "w:gz"),
    "a.tar.bz2": tarred(PAGES, "w:bz2"),
    "a.tar.xz": tarred(PAGES, "w:xz"),
    "a.docx": docx(paragraph(BODY) * 3, "<dc:title>x</dc:title>"),
    "a.pdf": made(*PDF_PAGES),
    "a.warc": archive(),
    "a.warc.gz": archive(packed=True),
    "a.html": html('<meta name="PubDate" content="2023-07-03">').encode("gb18030"),
    "a.csv": f'text,title\n"{BODY}","x"\n'.encode() * 5,
    "a.jsonl": PAGES["c.jsonl"],
}


def damage(content: bytes, chance: random.Random) -> bytes:
    broken = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(broken))
        match chance.randrange(4):
            case 0:
                broken[place] ^= 1 << chance.randrange(8)
            case 1:
                broken[place : place + chance.randint(1, 40)] = b""
            case 2:
                broken[place:place] = chance.randbytes(chance.randint(1, 20))
            case _:
                del broken[max(1, place) :]
        if not broken:
            return b""
    return bytes(broken)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_damaged_file_gives_documents_or_one_line_each(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(name)
    path = tmp_path / name
    for _ in range(60):
        path.write_bytes(damage(SAMPLES[name], chance))
        told: list[ReadError] = []
        documents = list(read_documents(path, on_error=told.append))
        assert documents or told
        assert all(document.text.strip() for document in documents)
        assert not any("\n" in str(error) for error in told)
    assert capfd.readouterr() == ("", "")
