"""Talks to the other libraries of a comparison: an environment of their own, one process each."""

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any, Final

NAMES: Final = ("cn2an", "jionlp", "quantulum3")
_HERE: Final = Path(__file__).resolve().parent
_ENVIRONMENT: Final = _HERE.parent.parent / ".venv-peers"
_PYTHON: Final = _ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin") / "python"


def set_up() -> None:
    """Make the environment with the pinned versions."""
    venv.create(_ENVIRONMENT, with_pip=True, clear=True)
    wanted = ["--requirement", str(_HERE / "requirements.txt")]
    subprocess.run([str(_PYTHON), "-m", "pip", "install", "--quiet", *wanted], check=True)


class Worker:
    """One library in its process."""

    def __init__(self, name: str) -> None:
        command = [str(_PYTHON), str(_HERE / "worker.py"), name]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send a request and return its answer; RuntimeError where the process is gone."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            print(json.dumps(request), file=self._process.stdin, flush=True)
        except BrokenPipeError:
            raise RuntimeError("it cannot be started on this Python") from None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("it cannot be started on this Python")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def installed() -> bool:
    """Whether the environment is there."""
    return _PYTHON.exists()
