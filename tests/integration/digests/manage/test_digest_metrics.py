"""The metrics about digests that an operator reads."""

import asyncio
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.digests.digest_metrics import COUNTED, DigestMetrics
from bot.errors import AddressInUseError, StoreError
from bot.store import OccurrenceState
from bot.web.metrics_endpoint import LIMITS, metrics_app, metrics_at
from bot.web.security_headers import HEADERS


def read(text: str) -> dict[tuple[str, str], float]:
    """Return the values by name and value of the label."""
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


async def test_metrics_count_outcomes_and_read_the_digests_by_state(office: Any, rooms: Any) -> None:
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


async def test_only_digests_by_state_are_missing_when_the_database_fails(office: Any, monkeypatch: Any) -> None:
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


async def test_metrics_server_has_no_other_path(office: Any) -> None:
    app = metrics_app(DigestMetrics(), office.store.digests)
    async with metrics_at(app, "127.0.0.1", 0) as port:
        assert [(await fetch(port, path))[0] for path in ("/", "/healthz", "/api/messages")] == [404] * 3
        assert (await fetch(port, method="POST"))[0] == 405


async def test_metrics_port_names_no_version_and_strangers_do_not_hold_it(office: Any) -> None:
    app = metrics_app(DigestMetrics(), office.store.digests)
    async with metrics_at(app, "127.0.0.1", 0) as port, aiohttp.ClientSession() as session:
        half_open = [await asyncio.open_connection("127.0.0.1", port) for _ in range(LIMITS.most + 20)]
        async with session.get(f"http://127.0.0.1:{port}/metrics") as response:
            assert response.status == 200
            assert response.headers["Server"] == "usagebot"
            assert set(response.headers) >= set(HEADERS)
        assert await half_open[0][0].read() == b""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"NONSENSE\r\n\r\n")
        assert b"aiohttp" not in (answer := await reader.read())
        assert b"Server: usagebot" in answer
        for _, each in (*half_open, (reader, writer)):
            each.close()


async def test_port_in_use_raises_an_error_and_each_bot_has_its_own_counts(office: Any) -> None:
    one, other = DigestMetrics(), DigestMetrics()
    one.happened("sent")
    async with metrics_at(metrics_app(one, office.store.digests), "127.0.0.1", 0) as port:
        with pytest.raises(AddressInUseError):
            async with metrics_at(metrics_app(other, office.store.digests), "127.0.0.1", port):
                pass
    assert read(other.text().decode())["usagebot_digests_sent_total", ""] == 0


def test_every_outcome_of_an_occurrence_is_counted() -> None:
    steps = {OccurrenceState.FETCHED, OccurrenceState.COMPOSED, OccurrenceState.SENDING}
    assert set(COUNTED) == {state.value for state in OccurrenceState if state not in steps} | {
        "late",
        "quiet",
        "altered",
    }
