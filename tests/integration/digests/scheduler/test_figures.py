"""`/metrics` shows what has happened."""

import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.digests.digest_metrics import COUNTED, DigestMetrics
from bot.errors import AddressInUseError, NotSignedInError
from bot.simulator.connector import ADA, personal
from bot.simulator.connector.blocked_conversations import Blockage
from bot.simulator.loopback_listener import listen
from tests.integration.digests.stage import SignIns, until
from tests.integration.teams.sign_in.conftest import free_port, open_stage, spoken

DAILY = "digest every day at 9 for TEST COMPANY on Exchange"


def read(text: str) -> dict[str, float]:
    """Return the values by name, and by name and state."""
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {" ".join((each.name, *each.labels.values())): each.value for each in samples}


def counted(metrics: DigestMetrics) -> dict[str, float]:
    found = read(metrics.text().decode())
    return {word: count for word in COUNTED if (count := found[f"usagebot_digests_{word}_total"])}


async def test_each_outcome_is_counted_once(scene: Any) -> None:
    metrics, sign_ins = DigestMetrics(), SignIns()
    sent, _ = await scene.digest(0), await scene.digest(0, due=time.time() - 120)
    await scene.digest(0, question="usage for NO SUCH CUSTOMER AT ALL")
    await scene.digest(1)
    scene.connector.state.trouble(scene.places[1], Blockage.LOST_ANSWER)
    async with scene.engine(happened=metrics.happened, delayed=metrics.delayed, sign_ins=sign_ins):
        ended = [(await scene.over(number)).state for number in (1, 2, 3, 4)]
        assert ended == ["sent", "sent", "failed", "unknown"]
        assert counted(metrics) == {"due": 4, "late": 1, "sent": 2, "failed": 1, "unknown": 1}
        sign_ins.out[sent.owner_id] = NotSignedInError("not signed in")
        # Due in another second than below: one second is one occurrence.
        await scene.digest(2, due=time.time() - 3)
        await scene.come_to("waiting", 5)
        await scene.store.digests.change(5, None, next_due=time.time() - 0.5)

        async def missed() -> bool:
            return counted(metrics).get("missed") == 1 and counted(metrics).get("waiting") == 2

        await until(missed)
        assert counted(metrics) == {
            "due": 6,
            "late": 1,
            "sent": 2,
            "failed": 1,
            "unknown": 1,
            "waiting": 2,
            "missed": 1,
        }
        found = read(metrics.text().decode())
        assert found["usagebot_digest_delay_seconds_count"] == 2
        assert found["usagebot_digest_delay_seconds_sum"] > 120


async def test_served_bot_publishes_its_metrics(tmp_path: Path) -> None:
    async with open_stage(tmp_path, digests=True) as stage, aiohttp.ClientSession() as session:
        await stage.bots.pop().close()
        port = free_port()
        bot = await stage.another_bot(metrics_port=port)
        await stage.signed_in()
        await stage.say(DAILY)
        assert spoken(await stage.heard()).startswith("Digest 1 ")
        message = stage.bot.client.new("message", personal(ADA), ADA) | {"text": "run digest 1", "replyToId": 1}
        assert (await stage.bot.client.post(message)).status == 200
        said = {spoken(await stage.heard()), spoken(await stage.heard())}
        assert any("TEST COMPANY, Exchange" in each for each in said), said

        async def figures() -> dict[str, float]:
            async with session.get(f"http://127.0.0.1:{port}/metrics") as response:
                return read(await response.text())

        async def told() -> bool:
            return (await figures())["usagebot_digests_sent_total"] == 1

        await until(told)
        found = await figures()
        assert found["usagebot_activity_odd_fields_total replyToId"] == 1
        assert (found["usagebot_digests_due_total"], found["usagebot_digests active"]) == (1, 1)
        async with session.get(f"{bot.listening.url}/metrics") as response:
            assert response.status == 404  # the port for Teams has no metrics


async def test_bot_does_not_start_when_the_metrics_port_is_in_use(tmp_path: Path) -> None:
    async with open_stage(tmp_path, digests=True) as stage:
        await stage.bots.pop().close()
        other = await listen(aiohttp.web.Application())
        with pytest.raises(AddressInUseError, match=f"Port {other.port} on 127.0.0.1 is taken"):
            await stage.another_bot(metrics_port=other.port)
        await other.close()
