"""The program's version, in one place: the package's metadata and every brief take it from here.

Not read from the installed metadata: importing importlib.metadata costs 19 ms of every start.
"""

VERSION = "0.1.0"
