"""Every attack is refused for its own reason and leaves nothing behind.

No record, no token, no message.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.integration.attacks.scene import Attack, Scene, exchange, message
from tests.integration.attacks.table import ATTACKS

REFUSALS = {"request_refused", "sso_token_refused", "exchange_refused", "sign_in_refused"}
HELPED = {message: "Type sentences like these", exchange: "TEST COMPANY"}


def reasons(logs: list[Any]) -> list[str]:
    return [str(entry["reason"]) for entry in logs if entry["event"] in REFUSALS]


def grown(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    return {name: count - before.get(name, 0) for name, count in after.items() if count != before.get(name, 0)}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
async def test_it_is_refused_and_nothing_is_stored(attack: Attack, scene: Scene) -> None:
    await attack.prepare(scene)
    await scene.stage.kept()
    rows, issued, questions = scene.stored(), scene.issued(), len(scene.stage.usage_requests())
    with capture_logs() as logs:
        answer = await scene.send()
        posted = await scene.stage.quiet()
    assert (answer.status, reasons(logs)) == (attack.status, [attack.reason])
    left = scene.stored()
    assert left <= rows, "something was stored"
    assert {row[0] for row in rows - left} <= {*attack.spends, *scene.expired}
    assert grown(issued, scene.issued()) == dict.fromkeys(attack.redeems, 1)
    assert len(scene.stage.usage_requests()) == questions
    assert scene.trap.visits == []
    said = [each.activity.get("summary", "") for each in posted]
    assert [attack.told in each for each in said] == ([True] if attack.told else []), said
    leaves_no_trace(scene, answer.head + answer.body, repr(logs))
    if attack.door in {message, exchange} and not attack.lasting:
        await a_valid_request_still_succeeds(attack, scene)


async def a_valid_request_still_succeeds(attack: Attack, scene: Scene) -> None:
    """A valid request succeeds after the attack.

    The refusal was only for what the attack had changed.
    """
    valid = Scene(scene.stage, scene.browser, scene.trap)
    await attack.door(valid)
    assert (await valid.send()).status == 200
    assert HELPED[attack.door] in (await scene.stage.heard()).activity["summary"]


def leaves_no_trace(scene: Scene, shown: str, logged: str) -> None:
    """Neither log nor answer has a secret, and the answer has no foreign markup."""
    secrets = {secret for secret in scene.secrets if len(secret) > 20}
    assert not [secret for secret in secrets if secret in logged or secret[-40:] in logged]
    if "Content-Type: text/plain" in shown:  # if a request is not HTTP, aiohttp reports where it stopped reading
        return
    assert not [secret for secret in secrets if secret in shown]
    assert "<script>alert" not in shown
    assert "evil.example" not in shown
    assert "\r\nSet-Cookie: usagebot-sign-in=evil" not in shown
