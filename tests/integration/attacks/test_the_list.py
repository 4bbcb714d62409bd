"""The attack list is long, and its cases differ.

The requests that they change are valid without the change.
"""

from collections import Counter

import pytest
from structlog.testing import capture_logs

from bot.simulator.connector import ADA
from tests.integration.attacks.scene import Door, Scene, callback, exchange, message, start
from tests.integration.attacks.table import ATTACKS

REFUSED = {400, 401, 403}
# The statuses that HTTP has for these kinds of 400: https://www.rfc-editor.org/rfc/rfc9110#section-15.5
TOO_LARGE, WRONG_KIND = 413, 415
AT_LEAST = {"channel token": 25, "activity": 25, "SSO token": 25, "exchange": 10, "link": 8, "callback": 20, "HTTP": 10}


def test_at_least_forty_attacks_are_refused_with_400_401_or_403() -> None:
    assert sum(attack.status in REFUSED for attack in ATTACKS) >= 40
    assert {attack.status for attack in ATTACKS} == REFUSED | {TOO_LARGE, WRONG_KIND}


def test_every_attack_has_a_unique_name_and_a_reason() -> None:
    names = Counter(attack.name for attack in ATTACKS)
    assert [name for name, times in names.items() if times > 1] == []
    assert [attack.name for attack in ATTACKS if not attack.reason] == []


def test_every_attack_is_run_and_none_is_skipped(request: pytest.FixtureRequest) -> None:
    found = [item for item in request.session.items if item.originalname == "test_it_is_refused_and_nothing_is_stored"]
    run = [item.callspec.params["attack"].name for item in found]
    assert not run or sorted(run) == sorted(attack.name for attack in ATTACKS)
    assert [item for item in found for mark in ("skip", "skipif", "xfail") if item.get_closest_marker(mark)] == []


def test_every_entry_point_is_attacked() -> None:
    tried = Counter(attack.name.partition(":")[0] for attack in ATTACKS)
    assert {room: tried[room] for room, least in AT_LEAST.items() if tried[room] < least} == {}
    assert {attack.door for attack in ATTACKS} == {message, exchange, start, callback}


@pytest.mark.parametrize(("door", "status"), [(message, 200), (exchange, 200), (start, 302), (callback, 200)])
async def test_the_request_succeeds_when_no_attack_changes_it(door: Door, status: int, scene: Scene) -> None:
    await door(scene)
    with capture_logs() as logs:
        answer = await scene.send()
        posted = await scene.stage.quiet()
    assert answer.status == status
    assert [entry for entry in logs if entry["log_level"] in {"warning", "error"}] == []
    assert scene.kept(ADA) == (door in {exchange, callback})
    assert bool(posted) == (door is not start)


async def test_a_body_in_chunks_is_accepted(scene: Scene) -> None:
    """The counterpart of the attacks that send the body in chunks."""
    await message(scene)
    scene.body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(scene.content), scene.content)
    scene.header("Transfer-Encoding", "chunked")
    assert (await scene.send()).status == 200


async def test_a_lower_case_bearer_is_accepted(scene: Scene) -> None:
    """RFC 9110, 11.1: the name of a scheme is case-insensitive."""
    await message(scene)
    scene.header("authorization", f"bearer {scene.token}")
    scene.token = None
    assert (await scene.send()).status == 200
