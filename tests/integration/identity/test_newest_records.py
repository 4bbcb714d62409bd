"""Of a person's links, sign-ins and offers the newest few are kept.

A person who asks without end fills nothing and ends no sign-in of another person.
"""

import asyncio
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import text
from structlog.testing import capture_logs

from bot.domain.conversation import Caller
from bot.errors import StoreError
from bot.identity.entra.sign_in_outcome import SignInStop
from bot.identity.sign_in import silent_sign_in
from bot.identity.sign_in.newest_records import KIND, MOST, NewestRecords
from bot.identity.sign_in.sign_in_flow import FLOW, INVITATION, FlowFinished, FlowStarted
from bot.identity.stored_questions import MOST as MOST_LAST
from bot.identity.stored_questions import StoredQuestions
from bot.identity.tokens.encryption import Encryptor
from bot.simulator.entra import User
from bot.store import Records

ADA, BEN = Caller("tenant", "ada", "Ada"), Caller("tenant", "ben", "Ben")
ENCRYPTOR = Encryptor([b"k" * 32])


async def add(newest: NewestRecords, records: Records, caller: Caller, *keys: str, kind: str = "link") -> None:
    for key in keys:
        await records.add(kind, key, b"")
        await newest.keep(caller, kind, key)


async def kept(records: Records, *keys: str, kind: str = "link") -> list[str]:
    return [key for key in keys if await records.get(kind, key) is not None]


def ticket(url: str) -> str:
    return parse_qs(urlsplit(url).query)["ticket"][0]


async def test_oldest_record_is_deleted_when_there_are_too_many(records: Records) -> None:
    keys = [f"key{at}" for at in range(MOST + 3)]
    await add(NewestRecords(records, ENCRYPTOR), records, ADA, *keys)
    assert await kept(records, *keys) == keys[3:]
    assert await records.count("link") == MOST


async def test_records_of_others_and_of_other_kinds_stay(records: Records) -> None:
    newest = NewestRecords(records, ENCRYPTOR)
    await add(newest, records, BEN, "ben")
    await add(newest, records, ADA, "flow", kind="flow")
    await add(newest, records, ADA, *(f"key{at}" for at in range(3 * MOST)))
    assert await kept(records, "ben") == ["ben"]
    assert await kept(records, "flow", kind="flow") == ["flow"]


async def test_records_are_bounded_when_many_are_added_at_once(records: Records) -> None:
    newest = NewestRecords(records, ENCRYPTOR)
    adding = [add(newest, records, ADA, f"key{at}") for at in range(4 * MOST)]
    ended = await asyncio.gather(*adding, return_exceptions=True)
    assert all(each is None or isinstance(each, StoreError) for each in ended)
    assert 0 < await records.count("link") <= MOST


async def test_list_is_not_taken_for_that_of_another_person(records: Records) -> None:
    newest = NewestRecords(records, ENCRYPTOR)
    await add(newest, records, BEN, "ben")
    moved = text("UPDATE records SET \"key\" = 'link|tenant|ada' WHERE kind = :kind")
    await records._database.write(lambda connection: connection.execute(moved, {"kind": KIND}).close())
    with capture_logs() as logged:
        await newest.forget(ADA, "link")
    assert [each["event"] for each in logged] == ["sign_in_record_unreadable"]
    assert await kept(records, "ben") == ["ben"]


async def test_person_who_is_forgotten_has_no_record(records: Records) -> None:
    newest = NewestRecords(records, ENCRYPTOR)
    await add(newest, records, ADA, "a", "b")
    await newest.forget(ADA, "link")
    assert await records.count("link") == 0
    assert await records.count(KIND) == 0


async def test_links_of_a_person_are_the_newest_few(house: Any, ada: User, caller: Any) -> None:
    links = [await house.sign_ins.invite(caller(ada)) for _ in range(MOST + 2)]
    assert await house.records.count(INVITATION) == MOST
    assert await house.sign_ins.begin(ticket(links[0].url)) == FlowFinished(SignInStop.EXPIRED)
    assert isinstance(await house.sign_ins.begin(ticket(links[-1].url)), FlowStarted)


async def test_sign_ins_of_one_link_are_the_newest_few(house: Any, ada: User, caller: Any) -> None:
    link = await house.sign_ins.invite(caller(ada))
    begun = [await house.sign_ins.begin(ticket(link.url)) for _ in range(MOST + 2)]
    assert await house.records.count(FLOW) == MOST
    states = [parse_qs(urlsplit(each.url).query)["state"][0] for each in begun]
    ended = await house.sign_ins.finish({"state": states[0], "error": "access_denied"}, begun[0].cookie)
    assert ended.outcome is SignInStop.EXPIRED
    newest = await house.sign_ins.finish({"state": states[-1], "error": "access_denied"}, begun[-1].cookie)
    assert newest.caller.key == caller(ada).key


async def test_offers_of_a_person_are_the_newest_few(house: Any, ada: User, app_id: str, caller: Any) -> None:
    offers = [await house.silent.offer(caller(ada)) for _ in range(MOST + 2)]
    assert await house.records.count(silent_sign_in.KIND) == MOST
    token = house.simulated.sso_token(ada, app_id)
    assert (await house.silent.exchange(caller(ada), offers[0], token)).status == 403
    assert (await house.silent.exchange(caller(ada), offers[-1], token)).status == 200


async def test_last_questions_of_a_person_are_the_newest_few(records: Records) -> None:
    questions = StoredQuestions(records, ENCRYPTOR)
    for at in range(MOST_LAST + 2):
        await questions.keep(ADA, f"19:chat{at}", "{}")
    assert await questions.last(ADA, "19:chat0") is None
    assert await questions.last(ADA, f"19:chat{MOST_LAST + 1}") == ("{}", 0, 0)
