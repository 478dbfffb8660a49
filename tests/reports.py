"""Builds briefs for the tests of the report, of any shape, also of shapes that no article gives."""

from collections.abc import Sequence
from typing import Any, Final

from summarizer.brief import Brief

HOSTILE: Final = (
    "</script><script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"
    "<svg onload=document.title='ran'>\" onmouseover=\"document.title='ran'\" x=\"' javascript:document.title='ran'"
    "{{ 7*7 }}</style><style>body{display:none}</style>]]><!--\u202e\u2066\x00\x1b[31m\ud800&lt;"
)
"""All that a text can try at once."""
HOSTILE_TEXT: Final = HOSTILE.replace("\ud800", "")
"""The same without half a character, which no decoded file has."""

TELLING: Final = "云岭高新区上半年签约项目114个，总投资501亿元。主任王明说：“下半年还要更快，力争签约200个。”"


def number(text: str, span: Sequence[int] | None = None, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    """Return a number of a brief."""
    return {
        "metric": "签约项目",
        "text": text,
        "value": None,
        "low": None,
        "high": None,
        "unit": None,
        "qualifier": "exact",
        "status": "actual",
        "park": None,
        "period": None,
        "sentence": 1,
        "span": span,
        "evidence": None,
        "verdict": "exact" if span is not None else "absent",
        "findings": [],
    } | changes


def period(text: str) -> dict[str, Any]:
    """Return a period without days."""
    return {"text": text, "start": None, "end": None, "inferred": False}


def finding(path: str | None, severity: str = "error", **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    """Return a finding."""
    return {"code": "digits", "severity": severity, "path": path, "message": "wrong", "span": None} | changes


def checked(
    findings: Sequence[dict[str, Any]] = (),
    unreported: Sequence[dict[str, Any]] = (),
    contradictions: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Return the check of a brief."""
    return {
        "status": "flagged" if findings else "verified",
        "counts": {"numbers": 0, "exact": 0, "normalised": 0, "flagged": 0, "unreported": 0},
        "findings": findings,
        "unreported": unreported,
        "contradictions": contradictions,
    }


def brief(text: str = TELLING, **changes: Any) -> Brief:  # noqa: ANN401 - any field
    """Return a brief of `text`, with fields replaced; those of its source are given as `source_title` and the like."""
    source = {
        "document": "sha256:0",
        "path": "news.txt",
        "title": "云岭高新区签约项目114个",
        "byline": None,
        "published": "2024-07-03",
        "language": "zh-Hans",
        "ranges": [[0, len(text)]],
        "article": "sha256:1",
    }
    for name in [name for name in changes if name.startswith("source_")]:
        source[name.removeprefix("source_")] = changes.pop(name)
    base: dict[str, Any] = {
        "schema": "brief.v1",
        "source": source,
        "about_park": True,
        "parks": [{"name": "云岭高新区", "role": "subject", "span": [0, 5], "verdict": "exact"}],
        "period": None,
        "summary": {"text": "", "numbers": []},
        "numbers": [],
        "policies": [],
        "quotes": [],
        "check": checked(),
        "run": {
            "extractor": "rules",
            "model": None,
            "mode": None,
            "prompt": None,
            "attempts": 0,
            "usage": {"prompt": 0, "completion": 0, "cached": 0},
            "cost": None,
            "seconds": 0.1,
            "version": "0.1",
        },
    }
    return Brief.model_validate(base | changes)


def at(words: str, text: str = TELLING) -> list[int]:
    """Return the span of words in a text."""
    start = text.index(words)
    return [start, start + len(words)]


def mixed() -> Brief:
    """Return a brief of TELLING with an item of every kind and grade."""
    quote = at("下半年还要更快，力争签约200个。")
    return brief(
        summary={"text": "签约114个，总投资510亿元。", "numbers": [
            {"text": "114个", "verdict": "exact"}, {"text": "510亿元", "verdict": "digits"},
        ]},
        numbers=[
            number("114个", at("114个"), value="114", unit="个", park="云岭高新区", period=period("上半年")),
            number("510亿元", at("501亿元"), metric="总投资", value="51000000000", unit="CNY",
                   verdict="digits", findings=["digits"], period=period("上半年")),
            number("约200个", at("200个"), metric="全年签约", verdict="rounded", status="target", value="200",
                   unit="个", park="远山高新区"),
        ],
        policies=[{"name": "攻坚行动", "detail": "腾出快车道", "sentence": None, "span": None, "verdict": "absent"}],
        quotes=[{"speaker": "王明", "role": "主任", "text": "下半年还要更快，力争签约200个。", "sentence": 2,
                 "span": quote, "verdict": "exact"}],
        check=checked(
            findings=[
                finding("numbers.1", message="510亿元 is not in the article, 501亿元 is", span=at("501亿元")),
                finding("policies.0", code="absent", message="no such name"),
                finding(None, "info", code="same-telling", message="repeats another article"),
                finding("summary", message="510亿元 in the summary"),
            ],
            unreported=[{"text": "上半年", "value": None, "unit": None, "kind": "duration", "span": at("上半年")}],
            contradictions=[{"spans": [at("114个"), at("200个")], "message": "two values of one thing"}],
        ),
    )  # fmt: skip


def crowded(items: int = 5000) -> tuple[str, Brief]:
    """Return a text and a brief with `items` numbers in it, one in ten of them wrong."""
    words = [f"第{place}家企业签约{place + 7}个，" for place in range(items)]
    text = "".join(word + ("\n" if place % 8 == 7 else "") for place, word in enumerate(words))
    numbers, findings, start = [], [], 0
    for place, word in enumerate(words):
        shown = f"{place + 7}个"
        begin = text.index(word, start) + word.index("签约") + 2
        start = begin
        wrong = place % 10 == 0
        numbers.append(
            number(shown, [begin, begin + len(shown)], metric=f"第{place}家企业签约项目", value=str(place + 7),
                   unit="个", park=f"云岭{place % 40}高新区", period=period(f"{2000 + place % 20}年"),
                   verdict="digits" if wrong else "exact")
        )  # fmt: skip
        if wrong:
            findings.append(finding(f"numbers.{place}", message=f"{shown} is not what the article says"))
    return text, brief(text, numbers=numbers, check=checked(findings), parks=[])
