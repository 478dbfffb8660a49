"""How much is read: of one document, of one archive, of all that comes out of a file.

Every limit counts bytes that were really read or decompressed; what a header claims is never believed.
"""

from summarizer.errors import ReadError

MAX_BYTES = 10_000_000
"""Largest text, web page or record. A newspaper page has some 20 kB; ten megabytes is a book, or not an article."""

MAX_FILE_BYTES = 100_000_000
"""Largest file that must be held in memory whole: a PDF or Word file with its pictures (a scanned newspaper has
50 MB), and a ZIP archive that cannot be read in place, because it lies in another or comes from standard input."""

MAX_XML_BYTES = 30_000_000
"""Largest text part of a Word file. A book of 300 pages has 5 MB of it, a tenth of that is text."""

MAX_MEMBERS = 100_000
"""Files of one archive. A newspaper of 100 pages a day has 36,500 a year."""

MAX_DEPTH = 3
"""Archives within archives. News comes as pages in days in years; deeper nests are made to do harm."""

MAX_EXPANDED_BYTES = 20_000_000_000
"""All that is decompressed of one file: a million web pages of 20 kB. More is better read in parts."""

MAX_RATIO = 200
"""Bytes decompressed for each byte of the file. The articles in fixtures/ have 2.3 as tar.gz; deflate cannot have more
than 1,032, and bombs come close to that, those of xz and bzip2 far over it. Between the two lies room for the pages of
one site, which share most of their bytes."""

RATIO_COUNTS_FROM = 50_000_000
"""Bytes decompressed before the ratio is looked at, so that a small file of one line repeated does no harm."""


class Budget:
    """What one file has cost so far, with all that lies in it; shared by the readers of its members."""

    def __init__(self, shown: str, size: int | None) -> None:
        self._shown = shown
        self._size = size
        """Bytes of the file, where it is one and not a pipe."""
        self.taken = 0
        """Bytes that were read of a pipe."""
        self.expanded = 0
        """Bytes that were read out of archives."""
        self.exceeded = False

    def spend(self, count: int) -> None:
        """Note bytes that came out of an archive. Raises ReadError when they are too many."""
        self.expanded += count
        source = self._size if self._size is not None else self.taken
        over = self.expanded > MAX_EXPANDED_BYTES
        if over or (self.expanded > RATIO_COUNTS_FROM and self.expanded > MAX_RATIO * source):
            self.exceeded = True
            limit = f"{MAX_EXPANDED_BYTES:,} bytes" if over else f"{MAX_RATIO} times its size"
            raise ReadError(
                f"{self._shown} unpacks to more than {limit}: it may be a zip bomb; unpack it yourself if you trust it"
            )
