"""What goes over the wire to have a page split: its numbered lines, and what was wrong with the first answer."""

from collections.abc import Sequence
from typing import Final

from summarizer.extract.wire import Message, Request, as_data, chat
from summarizer.page_split import PageSplit
from summarizer.resources import prompt_tag, read_prompt

SPLIT: Final = "split.v1"
_LONGEST: Final = 140
"""Characters of a line beyond which its middle is left out. A column's line has at most 60; what a paragraph that
nobody wrapped is about, and whether it is finished, its head and end tell."""
_HEAD, _END = 90, 40


def split_request(lines: Sequence[str]) -> Request:
    """Return the request to split a page of these lines, none of them blank; they are numbered from 1."""
    page = [f"[{number}] {_shown(line)}" for number, line in enumerate(lines, 1)]
    return Request(chat(read_prompt(SPLIT), "\n".join(["<page>", *page, "</page>"])), prompt_tag(SPLIT))


def split_again_request(lines: Sequence[str], answer: PageSplit, faults: Sequence[str]) -> Request:
    """Return the request to mend an answer: the first request, the answer, and what is wrong with it."""
    first = split_request(lines)
    told: Message = {"role": "assistant", "content": answer.model_dump_json()}
    asked = "\n".join(
        ["上面的答复没有让每一行恰好出现一次：", *(f"- {fault}" for fault in faults), "请改正，重新写出完整的答复。"]
    )
    return Request([*first.messages, told, {"role": "user", "content": asked}], first.prompt)


def _shown(line: str) -> str:
    bare = as_data(" ".join(line.split()))
    return bare if len(bare) <= _LONGEST else f"{bare[:_HEAD]}〔…〕{bare[-_END:]}"
