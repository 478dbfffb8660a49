"""How many of something, in words for people: 1 article, 2,000 articles.

Here because messages of every layer count, and each would else say `1 articles` in its own way.
"""


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with what it counts; `many` where that is not `one` with an s, as when a verb goes with it."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
