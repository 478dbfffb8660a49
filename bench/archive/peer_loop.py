"""The loop that a competent user writes in place of `summarize batch`: instructor over the async client, gathered.

    python -m bench.archive.peer_loop ARCHIVE.jsonl BRIEFS.jsonl BASE_URL CONCURRENCY [MODE]

Nothing of ours is in it, so that it costs what it costs anybody. It proves nothing, and starts anew after a crash.
"""

import asyncio
import json
import sys
from pathlib import Path

import instructor
from openai import AsyncOpenAI

from bench.archive.peer_model import PROMPT, Brief


async def main(archive: str, out: str, base_url: str, concurrency: str, mode: str = "TOOLS") -> None:
    # The SDK's own time-out but for connecting, whose 5 s pass where 256 connect at once on a busy machine.
    openai = AsyncOpenAI(base_url=base_url, api_key="none", timeout=600)
    client = instructor.from_openai(openai, mode=instructor.Mode[mode])
    gate = asyncio.Semaphore(int(concurrency))
    with Path(archive).open(encoding="utf-8") as lines, Path(out).open("a", encoding="utf-8") as briefs:

        async def ask(line: str) -> None:
            article = json.loads(line)
            async with gate:
                brief = await client.chat.completions.create(
                    model="bench-1",
                    response_model=Brief,
                    messages=[{"role": "system", "content": PROMPT}, {"role": "user", "content": article["text"]}],
                )
            briefs.write(f'{{"id":"{article["id"]}","brief":{brief.model_dump_json()}}}\n')

        await asyncio.gather(*(ask(line) for line in lines))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
