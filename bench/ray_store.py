"""Tries `summarize batch --engine ray` from and to an object store: a server of S3 on this machine, by moto.

    python -m bench.ray_store         needs the extra `ray`, and `moto_server` on the PATH: pip install 'moto[server]'

1,000 articles; kill -9 of the driver in the middle; then once more, which must ask nobody.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow.fs

from bench.archive.articles import write_archive
from bench.archive.serving import serving
from bench.ray_engine import MODEST, Told, accounted, interrupted, run

_KEYS = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_REGION": "us-east-1"}
_FILES = 8


def main() -> None:
    """Run the trial."""
    command = shutil.which("moto_server")
    if command is None:
        sys.exit("moto_server is not on the PATH: pip install 'moto[server]', in an environment of its own if you like")
    os.environ.update(_KEYS)
    folder = Path(tempfile.mkdtemp())
    try:
        with _server(command) as told:
            _trial(folder, f"s3://bench/{{}}?{told}", 1000)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _trial(folder: Path, url: str, articles: int) -> None:
    files, bucket = pyarrow.fs.FileSystem.from_uri(
        url.format("") + "&allow_bucket_creation=true&allow_delayed_open=true"
    )
    files.create_dir(bucket)
    write_archive(folder / "all.jsonl", articles)
    lines = (folder / "all.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "news").mkdir()
    for number in range(_FILES):
        (folder / "news" / f"{number}.jsonl").write_bytes(b"".join(lines[number::_FILES]))
    pyarrow.fs.copy_files(str(folder / "news"), f"{bucket}/news", destination_filesystem=files)
    source, out = url.format("news/"), url.format("out")
    calls, done = interrupted(lambda service: Told(source, service, MODEST).ray(out), ("driver",), articles)
    print(
        f"  calls more than articles: {calls - articles} (32 were in flight, and a second's articles are not kept yet)"
    )
    print(f"  {_last(done)}")
    with serving(["--latency", "0"]) as served:
        again = run(Told(source, served.url, MODEST).ray(out))
        print(f"  once more: {served.stats()['calls']} calls; {_last(again)}")
    pyarrow.fs.copy_files(f"{bucket}/out", str(folder / "out"), source_filesystem=files)
    kept = sum(1 for _ in (folder / "out" / "briefs").rglob("*.parquet"))
    print(f"  {accounted(folder / 'out', articles)}; {kept} files in briefs/")


def _last(done: "subprocess.CompletedProcess[str]") -> str:
    return next((line for line in done.stderr.splitlines() if " articles in " in line), done.stderr[-300:])


@contextmanager
def _server(command: str) -> Iterator[str]:
    """Yield what a URL must say to reach a store of our own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    listening = [command, "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(listening, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"endpoint_override=127.0.0.1:{port}&scheme=http"
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
