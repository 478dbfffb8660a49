"""A desk over a small store, for tests: asked in-process, or listening for a browser."""

import re
from pathlib import Path
from typing import Any, Final

from werkzeug.test import TestResponse

from summarizer import check
from summarizer.review.desk import make_app
from summarizer.review.guard import WORD_HEADER, Guard
from summarizer.review.looking import Desk
from tests.build import NEWS
from tests.stores import Filler

BASE: Final = "http://127.0.0.1:5151"
TEXT: Final = (
    "云州高新区签约项目86个\n\n本报讯（记者 林知远）"
    "2023年上半年，云州高新区新签约项目86个，完成投资318.6亿元，同比增长18.4%。\n\n"
    "其中，制造业项目42个，<b>总部</b>项目 7 家。“项目到了哪一步，干部就跟到哪一步。”管委会主任周启明说。\n"
)
BRIEF: Final[dict[str, Any]] = {
    "about_park": True,
    "parks": [{"name": "云州高新区", "role": "subject"}],
    "period": "2023年上半年",
    "summary": "云州高新区新签约项目86个。",
    "numbers": [
        {"metric": metric, "text": text, "park": "云州高新区", "period": "2023年上半年", "status": "actual", "at": 2}
        for metric, text in (("新签约项目", "86个"), ("完成投资", "381.6亿元"), ("增长", "18.4%"))
    ],
    "policies": [],
    "quotes": [{"speaker": "周启明", "role": "管委会主任", "text": "项目到了哪一步，干部就跟到哪一步。", "at": 4}],
}
"""One number has two digits exchanged; the manufacturing projects and the headquarters are left out."""


class Visitor:
    """A browser in miniature: it keeps its cookie and knows the word of the page."""

    def __init__(self, store: Path, who: str = "林", *, guard: Guard | None = None) -> None:
        self.guard = guard or Guard(5151)
        self.client = make_app(Desk(store, who, self.guard)).test_client()

    def enter(self) -> "Visitor":
        """Use the link."""
        assert self.get(f"/enter?token={self.guard.token}").status_code == 200
        return self

    def get(self, path: str, base: str = BASE) -> TestResponse:
        return self.client.get(path, base_url=base)

    def post(self, path: str, told: object, **headers: str) -> TestResponse:
        sent = {"Origin": BASE, WORD_HEADER: self.guard.word} | headers
        return self.client.post(path, json=told, headers=sent, base_url=BASE)

    def decide(self, article: int, item: str, verb: str, seen: int = 0, **fields: object) -> TestResponse:
        """Send a decision as the page does."""
        told = {"item": item, "verb": verb, "seen": seen, "fields": fields}
        return self.post(f"/article/{article}/decisions", told)

    def rulings(self, article: int) -> dict[str, dict[str, str]]:
        """Return what the page shows of decisions: the attributes of each ruling, by path."""
        page = self.get(f"/article/{article}").text
        parts = re.split(r'<div class="item [^>]*data-path="([^"]*)"', page)[1:]
        rulings = {
            path: re.search(r'<span class="ruling"([^>]*)>', html)
            for path, html in zip(*[iter(parts)] * 2, strict=True)
        }
        return {path: dict(re.findall(r'data-(\w+)="([^"]*)"', one[1])) for path, one in rulings.items() if one}

    def key(self, article: int, path: str) -> str:
        return self.rulings(article)[path]["key"]


def fill(path: Path, *more: str) -> int:
    """Make a store of one flagged article, and of others without doubt; return the flagged one's id."""
    brief = check(TEXT, BRIEF, published="2023-07-03")
    with Filler(path) as filler:
        [article] = filler.document("flagged.txt", (TEXT,))
        filler.brief(article, TEXT, brief=brief, title="云州高新区签约项目86个")
        for place, title in enumerate(more):
            [other] = filler.document(f"{place}.txt", (f"第{place}篇：{NEWS}",))
            filler.brief(other, title=title)
    return article
