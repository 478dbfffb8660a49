"""The least that asking costs in Python: raw aiohttp, the reply read by pydantic, the brief appended to a file.

    python -m bench.archive.peer_aiohttp ARCHIVE.jsonl BRIEFS.jsonl BASE_URL CONCURRENCY

The limit that a batch is measured against. It knows no retries, no faults and no limits.
"""

import asyncio
import json
import sys
from pathlib import Path

import aiohttp

from bench.archive.peer_model import PROMPT, Brief


async def main(archive: str, out: str, base_url: str, concurrency: str) -> None:
    form = {"type": "json_schema", "json_schema": {"name": "Brief", "schema": Brief.model_json_schema()}}
    gate = asyncio.Semaphore(int(concurrency))
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=int(concurrency))) as session:
        with Path(archive).open(encoding="utf-8") as lines, Path(out).open("a", encoding="utf-8") as briefs:

            async def ask(line: str) -> None:
                article = json.loads(line)
                messages = [{"role": "system", "content": PROMPT}, {"role": "user", "content": article["text"]}]
                body = {"model": "bench-1", "messages": messages, "response_format": form}
                async with gate, session.post(f"{base_url}/chat/completions", json=body) as reply:
                    reply.raise_for_status()
                    completion = await reply.json()
                brief = Brief.model_validate_json(completion["choices"][0]["message"]["content"])
                briefs.write(f'{{"id":"{article["id"]}","brief":{brief.model_dump_json()}}}\n')

            await asyncio.gather(*(ask(line) for line in lines))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
