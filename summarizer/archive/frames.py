"""Messages between the run and its worker processes: pickled values, each behind its length, over a pipe.

Both ends are this program at the same version, started by one another, so pickle is safe and quick here.
"""

import pickle
import struct
from typing import BinaryIO, Final

_LENGTH: Final = struct.Struct("<I")


def write_frame(stream: BinaryIO, message: object) -> None:
    """Write a message; the caller sees to it that no other thread does. Raises OSError where the other end is gone."""
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(body)) + body)
    stream.flush()


def read_frame(stream: BinaryIO) -> object:
    """Return the next message. Raises EOFError at the end of the stream, also where it ends within a message."""
    head = stream.read(_LENGTH.size)
    if len(head) == _LENGTH.size:
        (length,) = _LENGTH.unpack(head)
        body = stream.read(length)
        if len(body) == length:
            return pickle.loads(body)
    raise EOFError("the pipe has ended")
