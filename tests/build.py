"""Builds the values that tests start from, without the stages that make them in earnest."""

import hashlib
import json
import re
from typing import Any

from summarizer.article import Article, CleanText, Document, Language, Run, Sentence
from summarizer.draft import Draft
from summarizer.value import Span

NEWS = """西安高新区上半年签约项目114个
上半年，西安高新区签约项目114个，总投资560.6亿元。
区管委会主任王明说：“下半年还要更快。”"""

DRAFT: dict[str, Any] = {
    "about_park": True,
    "parks": [{"name": "西安高新区", "role": "subject"}],
    "period": "上半年",
    "summary": "上半年，西安高新区签约项目114个。",
    "numbers": [
        {
            "metric": "签约项目",
            "text": "114个",
            "park": "西安高新区",
            "period": "上半年",
            "status": "actual",
            "at": 2,
        },
        {
            "metric": "总投资",
            "text": "560.6亿元",
            "park": "西安高新区",
            "period": "上半年",
            "status": "actual",
            "at": 2,
        },
    ],
    "policies": [{"name": "项目攻坚行动", "detail": None, "at": 2}],
    "quotes": [{"speaker": "王明", "role": "区管委会主任", "text": "下半年还要更快。", "at": 3}],
}
"""A reply that fits the schema, as a model would send it."""


def article(
    text: str = NEWS, *, published: str | None = "2023-07-03", language: Language = "zh-Hans", title: str | None = None
) -> Article:
    """Return an article that is its own document, split naively at line ends and 。."""
    places = [found.span() for found in re.finditer(r"[^\n。]+。?”?", text)]
    sentences = tuple(
        Sentence(number=number, start=start, end=end, text=text[start:end])
        for number, (start, end) in enumerate(places, start=1)
    )
    digest = f"sha256:{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}"
    document = Document(id=digest, path=None, media_type="text/plain", encoding="utf-8", text=text, published=published)
    return Article(
        id=digest,
        document=document,
        title=title,
        byline=None,
        language=language,
        clean=CleanText(text=text, runs=(Run(clean=0, raw=0),)),
        sentences=sentences,
        ranges=(Span(0, len(text)),),
    )


def draft(**changes: Any) -> Draft:  # noqa: ANN401 - any field
    """Return the draft of NEWS, with fields replaced."""
    return Draft.model_validate(DRAFT | changes)


def draft_json(**changes: Any) -> str:  # noqa: ANN401 - any field
    """Return a reply of a model, with fields replaced."""
    return json.dumps(DRAFT | changes, ensure_ascii=False)
