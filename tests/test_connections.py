"""The connections to a service: kept, resent on when they went stale, closed to the last."""

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from summarizer.errors import ServiceBusy, WrongKey
from summarizer.extract.model import ModelExtractor
from summarizer.settings import Settings
from tests.build import article
from tests.fake_service import RESET, fake_service
from tests.faults import BUSY, GOOD, extractor

LEFT = GOOD._replace(act="leave")


def test_a_connection_is_kept_whatever_threads_come_and_go() -> None:
    with fake_service(GOOD) as service, extractor(service) as model:
        for _ in range(5):
            with ThreadPoolExecutor(1) as pool:
                pool.submit(model.extract, article()).result()
        assert (service.calls, service.opened) == (5, 1)


def test_requests_under_way_have_a_connection_each_and_all_are_closed() -> None:
    with fake_service(GOOD) as service, extractor(service) as model:
        together = threading.Barrier(8)

        def ask(_: int) -> None:
            together.wait()
            model.extract(article())

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(ask, range(40)))
        assert service.opened <= 8
        model.close()
        assert service.all_closed()


def test_a_closed_extractor_sends_nothing() -> None:
    with fake_service(GOOD) as service:
        model = extractor(service)
        model.extract(article())
        model.close()
        with pytest.raises(RuntimeError, match="closed"):
            model.extract(article())
        unused = extractor(service)
        unused.close()
        with pytest.raises(RuntimeError, match="closed"):
            unused.extract(article())
    assert service.calls == 1


def test_a_connection_that_the_service_closed_while_idle_costs_nothing() -> None:
    waits: list[float] = []
    with fake_service(LEFT, GOOD) as service:
        settings = Settings(model="m", base_url=service.url)
        with ModelExtractor(settings, sleep=waits.append) as model:
            model.extract(article())
            assert service.all_closed()
            assert model.extract(article()).spent.attempts == 1
    assert (waits, service.opened) == ([], 2)


def test_a_request_that_a_kept_connection_lost_is_sent_again_at_once() -> None:
    waits: list[float] = []
    with fake_service(GOOD, RESET, GOOD) as service:
        settings = Settings(model="m", base_url=service.url, busy_retries=0)
        with ModelExtractor(settings, sleep=waits.append) as model:
            model.extract(article())
            assert model.extract(article()).spent.attempts == 2
    assert (waits, service.calls) == ([], 3)


def test_a_fresh_connection_that_breaks_is_a_busy_service() -> None:
    with (
        fake_service(GOOD, RESET) as service,
        extractor(service, busy_retries=1) as model,
    ):
        model.extract(article())
        with pytest.raises(ServiceBusy, match="after 3 requests"):
            model.extract(article())
    with (
        fake_service(RESET) as service,
        extractor(service, busy_retries=0) as model,
        pytest.raises(ServiceBusy, match="after 1 request"),
    ):
        model.extract(article())


def test_an_error_answer_keeps_the_connection() -> None:
    with fake_service(BUSY, GOOD) as service, extractor(service) as model:
        model.extract(article())
    assert (service.calls, service.opened) == (2, 1)


def test_the_users_proxy_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_service(GOOD) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url.removesuffix("/v1"))
        settings = Settings(model="m", base_url="http://service.invalid/v1", api_key="k")
        with ModelExtractor(settings) as model:
            model.extract(article())
    assert proxy.calls == 1
    assert proxy.headers[0]["host"] == "service.invalid"


def test_every_wait_of_a_request_ends_with_the_time_limit() -> None:
    seen: list[httpx2.Request] = []

    def refuse(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(401, json={})

    settings = Settings(model="m", api_key="k", timeout_seconds=7.0, busy_retries=0)
    with ModelExtractor(settings, transport=httpx2.MockTransport(refuse)) as model, pytest.raises(WrongKey):
        model.extract(article())
    assert seen[0].extensions["timeout"] == dict.fromkeys(("connect", "read", "write", "pool"), 7.0)
