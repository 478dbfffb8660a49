"""Starts Ray on this machine or joins a cluster, quietly, and leaves it again.

Its usage statistics are off, and what it says of itself stays off the terminal: all that a user need know of it becomes
one line of ours.
"""

import logging
import os
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from summarizer.cluster.packages import package
from summarizer.cluster.shelf import why
from summarizer.errors import SettingsError, StoreError

_LOCAL_BYTES: Final = 500_000_000
"""Shared memory of a Ray of our own on this machine; chunks have half a megabyte."""
_KNOCK_SECONDS: Final = 5.0
"""To find out whether anybody listens at an address; Ray itself tries a wrong one for over a minute."""
_TOKEN: Final = Path(".ray", "auth_token")
"""Where Ray keeps the token of its clusters, below the user's home."""
_QUIET: Final = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # else every start warns of it
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
    "RAY_BACKEND_LOG_LEVEL": "fatal",  # its warnings are of matters that are settled here
    "RAY_raylet_start_wait_time_s": "120",  # a busy machine's start outlasts the usual 30
}


@contextmanager
def connected_ray(address: str | None) -> Iterator[Any]:
    """Yield Ray, started on this machine where `address` is None; with it, joined. Raises SettingsError."""
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    joins = address or ("auto" if os.environ.get("RAY_ADDRESS") else None)
    if joins is not None:
        _knock(joins)
        _bring_token()
    ray = package("ray")
    own = {"include_dashboard": False, "object_store_memory": _LOCAL_BYTES} if joins is None else {}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"ray\.")  # of blocks and actors, which a user cannot choose
        try:
            with _hushed():
                ray.init(address=joins or "local", log_to_driver=False, logging_level=logging.ERROR, **own)
        except (ConnectionError, OSError, RuntimeError, ValueError) as error:
            raise SettingsError(_unreached(joins, error)) from error
        try:
            package("ray.data")
            for name in ("ray", "ray.data"):
                logging.getLogger(name).setLevel(logging.CRITICAL)
            yield ray
        finally:
            ray.shutdown()


@contextmanager
def told_in_one_line(shown: str) -> Iterator[None]:
    """Turn what Ray and the file systems say into one line of ours; `shown` is the output."""
    errors = package("ray.exceptions")
    try:
        yield
    except errors.RayError as error:
        lines = [line for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
        raise StoreError(
            f"the run on Ray broke off: {lines[-1].strip()[:300]}; what is done stays done, run the same command again"
        ) from error
    except OSError as error:
        raise StoreError(f"cannot write to {shown!r}: {why(error)}; what is done stays done") from error


def _knock(address: str) -> None:
    """Raise SettingsError where an address is none, or nobody listens there."""
    if address in ("auto", "local"):
        return
    host, _, port = address.rpartition(":")
    if "://" in address or not host or not port.isdigit():
        raise SettingsError(f"--address {address!r} is not of the form HOST:PORT; Ray's own port is usually 6379")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_KNOCK_SECONDS).close()
    except (OSError, OverflowError) as error:
        raise SettingsError(
            f"nothing answers at --address {address!r} ({error}): is Ray started there (ray start --head)?"
        ) from error


def _bring_token() -> None:
    """Have Ray show the token that this machine has: for an address that is named it does so only when it is told to.

    Without, a cluster that asks for one is tried for twenty seconds. One that asks for none does not mind.
    """
    named = os.environ.get("RAY_AUTH_TOKEN") or os.environ.get("RAY_AUTH_TOKEN_PATH")
    if named or (Path.home() / _TOKEN).exists():
        os.environ.setdefault("RAY_AUTH_MODE", "token")


def _unreached(joins: str | None, error: BaseException) -> str:
    told = " ".join(str(error).split())[:300]
    if joins is None:
        return f"cannot start Ray on this machine: {told}; see that it has memory and disk to spare, then try again"
    return (
        f"cannot join Ray at {joins}: {told}; run this on a machine of the cluster, with its token in ~/.ray/auth_token"
        " or RAY_AUTH_TOKEN"
    )


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep what Ray's core says at its start off the terminal: it tells even that it was told to say nothing."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
