"""Attacks on digests by an attacker who can write to the database.

Each attack is direct SQL. A digest of which something signed was changed is not run: nothing is fetched, nothing is
posted, and an error is logged.
"""

import re
import time
from typing import Any

from sqlalchemy import text
from structlog.testing import capture_logs

from bot.digests.runs.run_id import RunId
from bot.identity.tokens.encryption import Encryptor
from bot.simulator.connector import BEN
from tests.integration.digests.stage import KEY, reference, until

DUE = ", next_due = :now"
# What is set in the row of a digest that is due.
ATTACKS = {
    "owner": "owner_id = :ben",
    "owner with their own way to the place": "owner_id = :ben, reference = :bens_way",
    "tenant": "tenant_id = 'another'",
    "name of the owner": "owner_name = 'Someone Else'",
    "conversation": "conversation_id = :place",
    "way to the conversation": "reference = :way",
    "conversation and the way there": "conversation_id = :place, reference = :way",
    "kind of the conversation": "kind = 'personal'",
    "team": "team_id = 'another team'",
    "command": "command = :command",
    "command is gone, another sentence": "command = '', question = 'usage on Teams'",
    "sentence for the release before": "question = 'usage on Teams'",
    "schedule": "schedule = :schedule",
    "time zone": "time_zone = 'Asia/Tokyo'",
    "language": "locale = 'nl-NL'",
    "signature is gone": "signature = NULL",
    "signature of another digest": "signature = (SELECT signature FROM digests WHERE number = 1)",
}
COPIED = (
    "owner_id, owner_name, locale, time_zone, question, command, schedule, conversation_id, kind, team_id, reference, "
    "state, reason, misses, created, last, version, signature, tenant_id"
)


async def sql(scene: Any, statement: str, **values: Any) -> None:
    await scene.store.digests._database.write(lambda connection: connection.execute(text(statement), values).close())


async def rested(scene: Any, numbers: set[int]) -> None:
    """Wait until these digests rest; they are in no list, but the operator sees them."""

    async def all_rest() -> bool:
        async with scene.store.digests._database.reading() as connection:
            found = await connection.execute(text("SELECT number, state, reason FROM digests"))
            states = {row.number: (row.state, row.reason) for row in found}
        return all(states[number] == ("suspended", "altered") for number in numbers)

    await until(all_rest)


async def test_digest_is_not_run_when_something_signed_was_changed(scene: Any) -> None:
    later = time.time() + 86_400
    numbers = [(await scene.digest(due=later)).number for _ in range(len(ATTACKS) + 1)]
    place = scene.places[1]
    values = {
        "ben": BEN.object_id.lower(),
        "place": place.id,
        "way": reference(scene.connector, place),
        "bens_way": reference(scene.connector, scene.places[0], BEN),
        "command": '{"v":1,"verb":"usage","top":3}',
        "schedule": '{"days":[0],"at":"08:30:00","zone":"UTC"}',
    }
    for number, change in zip(numbers[1:], ATTACKS.values(), strict=True):
        given = {name: values[name] for name in re.findall(r":(\w+)", change)}
        await sql(scene, f"UPDATE digests SET {change}{DUE} WHERE number = {number}", now=time.time() - 1, **given)
    copy = f"INSERT INTO digests (number, next_due, {COPIED}) SELECT 999, :now, {COPIED} FROM digests WHERE number = 1"
    await sql(scene, copy, now=time.time() - 1)
    altered = {*numbers[1:], 999}
    happened: list[str] = []
    scene.signatures.counted_by(happened.append)
    with capture_logs() as logs:
        async with scene.engine():
            await rested(scene, altered)
    told = [(each["log_level"], each["digest"]) for each in logs if each["event"] == "digest_altered"]
    assert sorted(told) == [("error", number) for number in sorted(altered)]
    assert happened == ["altered"] * len(altered)
    assert scene.partner_center.asked == 0
    assert scene.connector.transcript.messages == []
    assert {each.number for each in await scene.store.digests.all(limit=1000)} == {1}
    for number in altered:
        assert await scene.store.ledger.of(number) == []


async def test_requested_run_of_a_changed_digest_is_not_made(scene: Any) -> None:
    number = (await scene.digest(due=time.time() + 86_400)).number
    await sql(scene, "UPDATE digests SET conversation_id = :place, requested = 1", place=scene.places[1].id)
    async with scene.engine():
        await rested(scene, {number})
    assert await scene.store.ledger.of(number) == []
    assert (scene.partner_center.asked, scene.connector.transcript.messages) == (0, [])


async def test_run_in_progress_is_not_posted_when_its_digest_is_changed(scene: Any) -> None:
    number = (await scene.digest()).number
    scene.partner_center.opened.clear()
    async with scene.engine():

        async def asked() -> bool:
            return bool(scene.partner_center.held)

        await until(asked)
        way = reference(scene.connector, scene.places[1])
        await sql(scene, "UPDATE digests SET conversation_id = :p, reference = :w", p=scene.places[1].id, w=way)
        scene.partner_center.opened.set()
        await scene.come_to("cancelled", number)
    assert scene.connector.transcript.messages == []


async def test_message_of_a_run_is_not_posted_to_the_place_of_another(scene: Any) -> None:
    mine = (await scene.digest(0, due=time.time() + 86_400)).number
    other = (await scene.digest(1, due=time.time() + 86_400)).number
    due = int(time.time()) - 300
    sealed = Encryptor([KEY]).encrypt(b'{"type":"message","text":"figures of the first"}', RunId(mine, due).about)
    stolen = (
        "INSERT INTO occurrences (number, due, state, attempt, skipped_earlier, manual, payload, activity_id, problem, "
        "started, executor) VALUES (:number, :due, 'composed', 1, :no, :no, :payload, '', '', :due, '')"
    )
    await sql(scene, stolen, number=other, due=due, no=False, payload=sealed)
    async with scene.engine():
        await scene.come_to("sent", other)
    (message,) = scene.connector.transcript.messages
    assert message.conversation_id == scene.places[1].id
    assert "figures of the first" not in repr(message.activity)


async def test_run_is_given_up_when_it_is_moved_to_a_digest_that_is_not_there(scene: Any) -> None:
    number = (await scene.digest()).number
    async with scene.engine():
        await scene.come_to("sent", number)
        await sql(scene, "UPDATE digests SET owner_id = 'ben'")
        await sql(scene, "UPDATE occurrences SET state = 'due', started = 0, finished = NULL")
        await scene.come_to("cancelled", number)
    assert scene.posted() == {number: 1}
