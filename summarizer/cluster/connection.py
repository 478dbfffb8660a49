"""Starts Ray on this machine or joins a cluster, quietly, and leaves it again.

Its usage statistics are off, and what it says of itself stays off the terminal: all that a user need know of it becomes
one line of ours.
"""

import logging
import os
import re
import socket
import threading
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
_LEAVE_SECONDS: Final = 8.0
"""Leaving takes 1.4 s on a quiet machine, and for ever where Ray's head is dead."""
_TOKEN: Final = Path(".ray", "auth_token")
"""Where Ray keeps the token of its clusters, below the user's home."""
_QUIET: Final = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # else every start warns of it
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
    "RAY_BACKEND_LOG_LEVEL": "fatal",  # its warnings are of matters that are settled here
    "RAY_raylet_start_wait_time_s": "120",  # a busy machine's start outlasts the usual 30
}


_NAMES_ERROR: Final = re.compile(r"[A-Za-z_][\w.]*(?:Error|Exception|Interrupt|Died)\b")
_ALONE: Final = {"RAY_gcs_rpc_server_reconnect_timeout_s": "15"}
"""On one machine the head does not come back: no use in waiting for it for the usual minute."""


def set_environment(address: str | None) -> str | None:
    """Set what Ray reads when it is imported; return the address to join, None where Ray is to be started here.

    Raises SettingsError where nobody listens at the address.
    """
    joins = address or ("auto" if os.environ.get("RAY_ADDRESS") else None)
    for name, value in (_QUIET if joins is not None else {**_QUIET, **_ALONE}).items():
        os.environ.setdefault(name, value)
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if joins is not None:
        _knock(joins)
        _bring_token()
    return joins


@contextmanager
def connected_ray(joins: str | None) -> Iterator[Any]:
    """Yield Ray, started on this machine or joined at the address that `set_environment` returned.

    Raises SettingsError where that fails.
    """
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
            _leave(ray)


def beside_the_driver(ray: Any) -> Any:  # noqa: ANN401 - Ray has no types that count
    """Return the strategy by which an actor is put on the driver's own node: with that the run would end anyway."""
    strategies = package("ray.util.scheduling_strategies")
    return strategies.NodeAffinitySchedulingStrategy(ray.get_runtime_context().get_node_id(), soft=False)


@contextmanager
def told_in_one_line(shown: str, *, writes: bool = True) -> Iterator[None]:
    """Turn what Ray and the file systems say into one line of ours; `shown` is the output, `writes` is to it."""
    errors = package("ray.exceptions")
    try:
        yield
    except errors.RayError as error:
        reason = reason_of(str(error)) or type(error).__name__
        raise StoreError(
            f"the run on Ray broke off: {reason[:300]}; what is done stays done, run the same command again"
        ) from error
    except OSError as error:
        if writes:
            raise StoreError(f"cannot write to {shown!r}: {why(error)}; what is done stays done") from error
        raise StoreError(
            f"cannot read what {shown!r} holds: {why(error)}; see that it can be reached, then try again"
        ) from error


def reason_of(told: str) -> str:
    """Return the line of Ray's account of an error that says why: the first that names one, else the first."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    return next((line for line in lines if _NAMES_ERROR.match(line)), lines[0] if lines else "")


def _leave(ray: Any) -> None:  # noqa: ANN401 - Ray has no types that count
    """Leave Ray. Where its head is gone that ends this process without a word: what is to be told comes first."""
    leaving = threading.Thread(target=ray.shutdown, daemon=True, name="leaving")
    leaving.start()
    leaving.join(_LEAVE_SECONDS)


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
