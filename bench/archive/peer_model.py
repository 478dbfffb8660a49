"""The facts of an article as a user of instructor would declare them: our draft's fields, in plain pydantic."""

from typing import Final, Literal

from pydantic import BaseModel


class Park(BaseModel):  # noqa: D101 - a docstring would go over the wire
    name: str
    role: Literal["subject", "mentioned"]


class Number(BaseModel):  # noqa: D101
    metric: str
    text: str
    park: str | None
    period: str | None
    status: Literal["actual", "target", "forecast"]
    at: int


class Policy(BaseModel):  # noqa: D101
    name: str
    detail: str | None
    at: int


class Quote(BaseModel):  # noqa: D101
    speaker: str | None
    role: str | None
    text: str
    at: int


class Brief(BaseModel):  # noqa: D101
    about_park: bool
    parks: list[Park]
    period: str | None
    summary: str
    numbers: list[Number]
    policies: list[Policy]
    quotes: list[Quote]


PROMPT: Final = (
    "从下面关于高新区的新闻中摘录事实：高新区、主要时期、两三句话的摘要，每一个数字（指标、照抄的原文、所属高新区、时期、"
    "是否已实现、第几句），政策文件，以及讲话原文和讲话人。照抄原文，不要换算，不要编造；原文没有的填 null。"
)
