"""Puts hashes in place of the requests of recordings: `python -m tools.hide_requests RECORDING...`.

For recordings about articles whose text may not be kept. They replay as before.
"""

import json
import sys
from pathlib import Path

from summarizer.extract.recording import Recording, body_hash, read_recording


def hidden(recording: Recording) -> Recording:
    """Return the recording with the hash of every request's body in the body's place."""
    exchanges = tuple(
        one.model_copy(update={"request": one.request.model_copy(update={"body": body_hash(one.request.body)})})
        for one in recording.exchanges
    )
    return recording.model_copy(update={"exchanges": exchanges})


def main() -> None:
    """Rewrite the recordings that are named."""
    for name in sys.argv[1:]:
        made = hidden(read_recording(Path(name)))
        Path(name).write_text(json.dumps(made.model_dump(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
