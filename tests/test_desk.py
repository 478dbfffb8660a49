"""The desk, asked in-process: every decision is kept at once, and none is lost between two who decide."""

from pathlib import Path

import pytest

from summarizer.review.guard import WORD_HEADER
from summarizer.store import open_store
from summarizer.store.decisions import holding
from tests.desks import TEXT, Visitor, fill


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "briefs.db"


@pytest.fixture
def article(store: Path) -> int:
    return fill(store, "另一篇")


@pytest.fixture
def desk(store: Path, article: int) -> Visitor:
    return Visitor(store).enter()


def kept(store: Path, article: int) -> dict[str, tuple[str, str | None]]:
    with open_store(store) as opened:
        return {item: (one.verb, one.fields) for item, one in holding(opened.db, article).items()}


def test_nobody_is_served_who_was_not_let_in(store: Path, article: int) -> None:
    stranger = Visitor(store)
    for path in ("/", f"/article/{article}", f"/article/{article}/rulings", "/assets/desk.js", "/enter?token=wrong"):
        answer = stranger.get(path)
        assert answer.status_code == 403
        assert "云州" not in answer.text
    assert stranger.decide(article, "article", "done").status_code == 403


def test_the_link_lets_one_browser_in(store: Path, article: int) -> None:
    first = Visitor(store).enter()
    second = Visitor(store, guard=first.guard)
    answer = second.get(f"/enter?token={first.guard.token}")
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (403, False)
    assert first.get("/").status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(store: Path, article: int) -> None:
    visitor = Visitor(store)
    cookie = visitor.get(f"/enter?token={visitor.guard.token}").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_another_host_is_refused_whatever_it_knows(desk: Visitor) -> None:
    assert desk.get("/", base="http://evil.example:5151").status_code == 403
    assert desk.get("/", base="http://127.0.0.1:80").status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "http://evil.example"}, {"Origin": "null"}, {WORD_HEADER: "guess"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_a_decision_from_elsewhere_is_refused(
    desk: Visitor, article: int, headers: dict[str, str], store: Path
) -> None:
    told = {"item": "article", "verb": "done", "seen": 0}
    assert desk.post(f"/article/{article}/decisions", told, **headers).status_code == 403
    assert desk.post(f"/article/{article}/undo", {}, **headers).status_code == 403
    assert kept(store, article) == {}


def test_every_answer_forbids_what_a_page_does_not_need(desk: Visitor, article: int) -> None:
    for path in ("/", f"/article/{article}", "/assets/desk.js", "/assets/nothing", "/enter"):
        headers = desk.get(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_only_the_desks_own_files_are_served(desk: Visitor) -> None:
    assert desk.get("/assets/report.css").content_type == "text/css; charset=utf-8"
    for name in ("desk.py", "../desk.py", "%2e%2e/desk.py", "report.html"):
        assert desk.get(f"/assets/{name}").status_code == 404


def test_the_queue_shows_the_doubtful_first_and_what_is_done_apart(desk: Visitor, article: int) -> None:
    page = desk.get("/").text
    assert page.index("云州高新区签约项目86个") < page.index("另一篇")
    desk.decide(article, "article", "done")
    assert "云州高新区签约项目86个" not in desk.get("/").text
    assert "云州高新区签约项目86个" in desk.get("/?show=done").text
    assert "另一篇" not in desk.get("/?status=flagged").text
    assert desk.get("/?at=-3&status=nonsense&park=%3Cb%3E").status_code == 200


def test_an_item_is_accepted_rejected_and_undone(desk: Visitor, article: int, store: Path) -> None:
    key = desk.key(article, "numbers.0")
    assert desk.decide(article, key, "accept").status_code == 200
    seen = int(desk.rulings(article)["numbers.0"]["seen"])
    assert desk.decide(article, key, "reject", seen).status_code == 200
    assert kept(store, article) == {key: ("reject", None)}
    answer = desk.post(f"/article/{article}/undo", {}).get_json()
    assert answer["undone"] == key
    assert desk.rulings(article)["numbers.0"]["verb"] == "accept"
    desk.post(f"/article/{article}/undo", {})
    assert desk.post(f"/article/{article}/undo", {}).get_json()["undone"] is None
    assert kept(store, article) == {}


def test_a_correction_is_shown_with_its_words(desk: Visitor, article: int) -> None:
    key = desk.key(article, "numbers.1")
    answer = desk.decide(article, key, "correct", text="318.6亿元", metric="完成投资额")
    assert answer.status_code == 200
    assert "完成投资额 · 318.6亿元" in answer.get_json()["rulings"]["numbers.1"]


@pytest.mark.parametrize(
    ("item", "verb", "fields", "reason"),
    [
        ("numbers.1", "correct", {"text": "很多"}, "states no number"),
        ("numbers.1", "correct", {"span": [5, 99999]}, "not in the article"),
        ("numbers.1", "correct", {"span": [5, 2]}, "not in the article"),
        ("numbers.1", "correct", {"colour": "red"}, "no correction"),
        ("numbers.1", "correct", {"status": "maybe"}, "no correction"),
        ("numbers.1", "shrug", {}, "is no decision"),
        ("numbers.1", "done", {}, "cannot be said"),
        ("check.unreported.0", "accept", {}, "rightly left out"),
        (None, "add", {"text": "7家"}, "needs its label"),
        ("nothing:0", "accept", {}, "no longer in the brief"),
    ],
)
def test_what_cannot_be_is_refused_and_not_kept(
    desk: Visitor, article: int, store: Path, item: str | None, verb: str, fields: dict[str, object], reason: str
) -> None:
    rulings = desk.rulings(article)
    key = "" if item is None else rulings[item]["key"] if item in rulings else item
    answer = desk.decide(article, key, verb, 0, **fields)
    assert answer.status_code == 400
    assert reason in answer.get_json()["error"]
    assert kept(store, article) == {}


@pytest.mark.parametrize("told", [["x"], {"item": "article", "verb": "done", "seen": "x"}, {"seen": 2**70}])
def test_what_is_no_decision_is_refused(desk: Visitor, article: int, told: object) -> None:
    assert desk.post(f"/article/{article}/decisions", told).status_code == 400
    assert desk.post(f"/article/{article}/undo", {"decision": "x"}).status_code == 400


def test_a_missed_number_is_added_where_it_stands(desk: Visitor, article: int) -> None:
    start = TEXT.index("7 家")
    assert desk.decide(article, "", "add", span=[start, start + 3], metric="总部项目").status_code == 200
    page = desk.get(f"/article/{article}").text
    assert 'data-path="added:' in page
    assert "总部项目" in page
    left_out = [one for path, one in desk.rulings(article).items() if path.startswith("check.unreported")]
    assert "add" in [one["verb"] for one in left_out]
    assert desk.decide(article, "", "add", span=[start, start + 3], metric="总部项目").status_code == 409


def test_two_who_decide_at_once_lose_nothing(store: Path, article: int) -> None:
    one, other = Visitor(store, "林").enter(), Visitor(store, "周").enter()
    first, second = one.key(article, "numbers.0"), one.key(article, "numbers.1")
    assert one.decide(article, first, "accept").status_code == 200
    assert other.decide(article, second, "reject").status_code == 200
    late = other.decide(article, first, "reject")
    assert late.status_code == 409
    assert "林 has said 'accept'" in late.get_json()["error"]
    assert kept(store, article) == {first: ("accept", None), second: ("reject", None)}
    assert other.post(f"/article/{article}/undo", {}).get_json()["undone"] == second


def test_done_leads_to_the_next_article_and_at_the_end_to_the_queue(desk: Visitor, article: int) -> None:
    desk.decide(article, "article", "done")
    following = desk.get(f"/next/{article}").headers["Location"]
    assert following == f"/article/{following.rpartition('/')[2]}"
    other = int(following.rpartition("/")[2])
    desk.decide(other, "article", "done")
    assert desk.get(f"/next/{other}").headers["Location"] == "/"


def test_an_article_that_is_not_there_is_not_found(desk: Visitor) -> None:
    assert desk.get("/article/99999999").status_code == 404
    assert desk.decide(99999999, "article", "done").status_code == 404


def test_a_brief_that_cannot_be_read_is_told(desk: Visitor, store: Path, article: int) -> None:
    with open_store(store) as opened:
        opened.db.execute("UPDATE briefs SET brief = '{}' WHERE article_id = ?", (article,))
    answer = desk.get(f"/article/{article}")
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert "cannot be read" in answer.text


def test_a_store_that_went_away_is_told(desk: Visitor, store: Path, article: int) -> None:
    for path in store.parent.iterdir():
        path.unlink()
    answer = desk.decide(article, "article", "done")
    assert answer.status_code == 503
    assert "no store" in answer.get_json()["error"]


def test_what_an_article_says_stays_text(desk: Visitor, article: int) -> None:
    page = desk.get(f"/article/{article}").text
    assert "&lt;b&gt;总部&lt;/b&gt;" in page
    assert "<b>总部" not in page
    desk.decide(article, desk.key(article, "numbers.0"), "correct", metric="<img src=x onerror=alert(1)>")
    told = desk.get(f"/article/{article}/rulings").get_json()["rulings"]["numbers.0"]
    assert "<img" not in told
