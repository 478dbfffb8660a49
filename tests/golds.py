"""Gold and briefs in few words, for the tests of the evaluation."""

import json
from pathlib import Path
from typing import Any

from summarizer import check
from summarizer.brief import Brief
from summarizer.evaluate import Case, gold_from
from summarizer.evaluate.briefs import OneBrief, Told, ToldNumber, told_from
from summarizer.evaluate.printed import Printed
from summarizer.pages import whole_article
from summarizer.read import document_from_text
from tests.build import DRAFT, NEWS

GOLD: dict[str, Any] = {
    "schema": "gold.v1",
    "id": "news",
    "published": "2023-07-03",
    "about_park": True,
    "parks": [{"name": "西安高新区", "role": "subject"}],
    "period": "上半年",
    "numbers": [
        {
            "metric": "签约项目数",
            "text": "114个",
            "value": "114",
            "unit": "个",
            "qualifier": "exact",
            "status": "actual",
            "park": "西安高新区",
            "period": "上半年",
        },
        {
            "metric": "签约项目总投资",
            "text": "560.6亿元",
            "value": "56060000000",
            "unit": "CNY",
            "qualifier": "exact",
            "status": "actual",
            "park": "西安高新区",
            "period": "上半年",
        },
    ],
    "names": [],
    "quotes": [{"speaker": "王明", "role": "区管委会主任", "text": "下半年还要更快。"}],
    "policies": [],
}
"""Gold of NEWS, with which the draft of `tests.build` agrees, but for a policy that stands nowhere."""


def gold(**changes: object) -> dict[str, Any]:
    """Return the gold of NEWS with other fields; `None` fields stay, ... leaves one out."""
    return {key: value for key, value in (GOLD | changes).items() if value is not ...}


def number(text: str, **fields: object) -> dict[str, Any]:
    """Return a number of gold; what is not said of it is not judged."""
    return {"text": text, **fields}


def case(text: str | None = NEWS, **changes: object) -> Case:
    """Return gold with its article."""
    printed = None if text is None else Printed(whole_article(document_from_text(text, published="2023-07-03")))
    return Case(gold_from(gold(**changes)), printed)


def brief_of(text: str = NEWS, **changes: object) -> Brief:
    """Return the checked brief of a draft of NEWS with other fields."""
    return check(text, DRAFT | changes, published="2023-07-03")


def brief(text: str = NEWS, **changes: object) -> OneBrief:
    """Return the same as it is read for the evaluation."""
    return OneBrief(told(brief_of(text, **changes)), "a brief", {"news": 0})


def told(made: Brief) -> Told:
    """Return what a brief tells."""
    return told_from(json.loads(made.to_json()), "a brief")


def said(text: str, **fields: object) -> dict[str, Any]:
    """Return a number of a draft."""
    usual = {"metric": "签约项目", "park": "西安高新区", "period": "上半年", "status": "actual", "at": 0}
    return usual | {"text": text} | fields


def told_number(text: str, **fields: object) -> ToldNumber:
    """Return a number as a brief has it."""
    return ToldNumber.model_validate({"metric": "签约项目", "text": text, "verdict": "exact", **fields})


def written(folder: Path, name: str = "news", text: str | None = NEWS, **changes: object) -> Path:
    """Write gold and article as the shipped ones stand; return the folder with the gold."""
    for part in ("gold", "articles"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / "gold" / f"{name}.json").write_text(json.dumps(gold(id=name, **changes)), encoding="utf-8")
    if text is not None:
        (folder / "articles" / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder / "gold"


def briefed(folder: Path, name: str = "news", text: str = NEWS, **changes: object) -> Path:
    """Write a brief into a folder; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(brief_of(text, **changes).to_json(), encoding="utf-8")
    return folder
