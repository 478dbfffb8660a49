"""Who is let into the desk, and what is taken from whom."""

import pytest

from summarizer.review.guard import WORD_HEADER, Guard

PORT = 5151


@pytest.fixture
def guard() -> Guard:
    return Guard(PORT)


@pytest.mark.parametrize("host", ["127.0.0.1:5151", "localhost:5151"])
def test_the_desk_answers_to_its_own_names(guard: Guard, host: str) -> None:
    assert not guard.refuses_host(host)


@pytest.mark.parametrize(
    "host", [None, "", "127.0.0.1", "127.0.0.1:80", "evil.example:5151", "127.0.0.1:5151.evil.example", "[::1]:5151"]
)
def test_a_name_that_only_resolves_to_this_machine_is_refused(guard: Guard, host: str | None) -> None:
    assert guard.refuses_host(host)


def test_the_link_works_once(guard: Guard) -> None:
    assert not guard.lets_in(None)
    assert not guard.lets_in(guard.token[:-1])
    assert guard.lets_in(guard.token)
    assert not guard.lets_in(guard.token)


def test_only_the_browser_with_the_cookie_of_this_run_is_known(guard: Guard) -> None:
    assert guard.knows({guard.cookie_name: guard.cookie})
    assert not guard.knows({})
    assert not guard.knows({guard.cookie_name: Guard(PORT).cookie})
    assert not guard.knows({Guard(PORT + 1).cookie_name: guard.cookie})


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({}, False),
        ({"Origin": "http://localhost:5151"}, False),
        ({"Sec-Fetch-Site": "same-origin"}, False),
        ({"Origin": None}, True),
        ({"Origin": "null"}, True),
        ({"Origin": "https://127.0.0.1:5151"}, True),
        ({"Origin": "http://127.0.0.1:5152"}, True),
        ({"Origin": "http://evil.example"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({WORD_HEADER: None}, True),
        ({WORD_HEADER: "é"}, True),
    ],
)
def test_a_change_must_come_from_the_desks_own_page(guard: Guard, change: dict[str, str | None], refused: bool) -> None:
    told: dict[str, str | None] = {"Origin": f"http://127.0.0.1:{PORT}", WORD_HEADER: guard.word, **change}
    headers = {name: value for name, value in told.items() if value is not None}
    assert guard.refuses_change(headers) is refused
