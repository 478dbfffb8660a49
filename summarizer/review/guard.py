"""Who may use the desk: the one browser that was let in, on this machine, from the desk's own pages.

Whatever else runs in the browser or on the machine could ask a server on 127.0.0.1 too. So four things are held against
every request: the host it was sent to (a foreign name that resolves to this machine is refused: DNS rebinding), a
cookie that only the bearer of the one-time link got, and for whatever changes something also the page that it came from
and a word that only that page knows (CSRF).
"""

import hmac
import secrets
from collections.abc import Mapping
from typing import Final

_BYTES: Final = 24
"""Of each secret; 192 bits."""
WORD_HEADER: Final = "X-Desk"
_OWN_PAGES: Final = ("same-origin", "none")
"""What browsers tell in Sec-Fetch-Site of requests of the page itself, and of addresses that the user typed."""


class Guard:
    """The secrets of one run of the desk. The link works once."""

    def __init__(self, port: int) -> None:
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self.cookie_name = f"summarizer-desk-{port}"
        """Cookies do not heed ports: two desks at once must not take each other's."""
        self.token = secrets.token_urlsafe(_BYTES)
        self.cookie = secrets.token_urlsafe(_BYTES)
        self.word = secrets.token_urlsafe(_BYTES)
        """What the desk's pages send with whatever changes something."""
        self._entered = False

    def refuses_host(self, host: str | None) -> bool:
        """Return whether a request was sent to another host than this desk."""
        return host not in self._hosts

    def lets_in(self, token: str | None) -> bool:
        """Return whether this is the one-time token, which it then is no longer."""
        if self._entered or not _same(token, self.token):
            return False
        self._entered = True
        return True

    def knows(self, cookies: Mapping[str, str]) -> bool:
        """Return whether the browser is the one that was let in."""
        return _same(cookies.get(self.cookie_name), self.cookie)

    def refuses_change(self, headers: Mapping[str, str]) -> bool:
        """Return whether a request that changes something comes from elsewhere than the desk's own page."""
        origin, site = headers.get("Origin"), headers.get("Sec-Fetch-Site")
        own = origin is not None and origin.removeprefix("http://") in self._hosts and origin.startswith("http://")
        return (
            not own or (site is not None and site not in _OWN_PAGES) or not _same(headers.get(WORD_HEADER), self.word)
        )


def _same(given: str | None, wanted: str) -> bool:
    """Compare without telling by the time it takes how much is right."""
    return given is not None and hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
