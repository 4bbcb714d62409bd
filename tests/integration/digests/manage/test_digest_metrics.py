"""What whoever watches the bot reads about digests."""

from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.digests.digest_metrics import COUNTED, DigestMetrics
from bot.errors import AddressInUseError, StoreError
from bot.store import OccurrenceState
from bot.web.metrics_endpoint import metrics_app, metrics_at


def read(text: str) -> dict[tuple[str, str], float]:
    """(name, the value of its label) -> value."""
    return {
        (sample.name, next(iter(sample.labels.values()), "")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def fetch(port: int, path: str = "/metrics", method: str = "GET") -> tuple[int, str, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, f"http://127.0.0.1:{port}{path}") as response,
    ):
        return response.status, response.headers["Content-Type"], await response.text()


async def test_what_happened_is_counted_and_what_there_is_is_asked_for(office: Any, rooms: Any) -> None:
    metrics = DigestMetrics()
    await office.made("digest every day at 9 usage on Exchange")
    paused = await office.made("digest every day at 9 usage on SharePoint")
    await office.say(f"pause digest {paused}")
    for word in ("due", "due", "late", "sent", "a word of another release"):
        metrics.happened(word)
    metrics.delayed(3.5)
    metrics.delayed(-100)
    async with metrics_at(metrics_app(metrics, office.store.digests), "127.0.0.1", 0) as port:
        status, content_type, text = await fetch(port)
    assert (status, content_type) == (200, "text/plain; version=0.0.4; charset=utf-8")
    found = read(text)
    assert found["usagebot_digests_due_total", ""] == 2
    assert found["usagebot_digests_sent_total", ""] == 1
    assert found["usagebot_digests_failed_total", ""] == 0
    assert found["usagebot_digests", "active"] == 1
    assert found["usagebot_digests", "paused"] == 1
    assert found["usagebot_digests", "done"] == 0
    assert found["usagebot_digest_delay_seconds_count", ""] == 2
    assert found["usagebot_digest_delay_seconds_sum", ""] == 3.5
    for personal in ("Ada", "ada-0001", "72f988bf", "19:", "Exchange"):
        assert personal not in text


async def test_a_database_that_fails_costs_only_its_figures(office: Any, monkeypatch: Any) -> None:
    metrics = DigestMetrics()
    metrics.happened("sent")

    async def fails() -> Any:
        raise StoreError("the database failed")

    monkeypatch.setattr(office.store.digests, "counts", fails)
    async with metrics_at(metrics_app(metrics, office.store.digests), "127.0.0.1", 0) as port:
        status, _, text = await fetch(port)
    found = read(text)
    assert (status, found["usagebot_digests_sent_total", ""]) == (200, 1)
    assert found["usagebot_digests", "active"] != found["usagebot_digests", "active"]


async def test_nothing_else_is_there(office: Any) -> None:
    app = metrics_app(DigestMetrics(), office.store.digests)
    async with metrics_at(app, "127.0.0.1", 0) as port:
        assert [(await fetch(port, path))[0] for path in ("/", "/healthz", "/api/messages")] == [404] * 3
        assert (await fetch(port, method="POST"))[0] == 405


async def test_a_port_that_is_taken_is_told_as_that_and_two_bots_count_for_themselves(office: Any) -> None:
    one, other = DigestMetrics(), DigestMetrics()
    one.happened("sent")
    async with metrics_at(metrics_app(one, office.store.digests), "127.0.0.1", 0) as port:
        with pytest.raises(AddressInUseError):
            async with metrics_at(metrics_app(other, office.store.digests), "127.0.0.1", port):
                pass
    assert read(other.text().decode())["usagebot_digests_sent_total", ""] == 0


def test_everything_that_can_become_of_an_occurrence_is_counted() -> None:
    steps = {OccurrenceState.FETCHED, OccurrenceState.COMPOSED, OccurrenceState.SENDING}
    assert set(COUNTED) == {state.value for state in OccurrenceState if state not in steps} | {"late"}
