"""What is stored for one person does not open for another.

The rows are moved in the database.
"""

from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import text

from bot.domain.conversation import Caller
from bot.identity.entra.sign_in_outcome import SignInStop
from bot.identity.sign_in.pending_questions import SECONDS, PendingQuestion, PendingQuestions
from bot.identity.sign_in.sign_in_flow import FLOW, INVITATION, FlowFinished
from bot.identity.stored_questions import StoredQuestions
from bot.identity.tokens.encryption import Encryptor
from bot.identity.tokens.token_cache import CachedSignIn, TokenCache
from bot.simulator.entra import User
from bot.store import Records

ADA, BEN = Caller("tenant", "ada", "Ada"), Caller("tenant", "ben", "Ben")
ENCRYPTOR = Encryptor([b"k" * 32])


async def sql(records: Records, statement: str) -> None:
    await records._database.write(lambda connection: connection.execute(text(statement)).close())


async def test_waiting_question_is_not_answered_as_another_person(records: Records) -> None:
    waiting = PendingQuestions(records, ENCRYPTOR)
    await waiting.keep(ADA, PendingQuestion("usage", "19:chat"))
    await sql(records, "UPDATE records SET \"key\" = 'tenant|ben'")
    assert await waiting.look(BEN) == ()
    assert await waiting.take(BEN) == ()
    assert await waiting.take(ADA) == ()


async def test_waiting_question_is_not_answered_when_it_is_put_back_later(records: Records) -> None:
    now = [1_000_000.0]
    waiting = PendingQuestions(records, ENCRYPTOR, clock=lambda: now[0])
    await waiting.keep(ADA, PendingQuestion("usage", "19:chat"))
    await sql(records, "UPDATE records SET expires = NULL")
    now[0] += SECONDS - 1
    assert len(await waiting.look(ADA)) == 1
    now[0] += 1
    assert await waiting.take(ADA) == ()


async def test_last_question_is_not_continued_by_another_person(records: Records) -> None:
    questions = StoredQuestions(records, ENCRYPTOR)
    await questions.keep(ADA, "19:chat", '{"v":1,"verb":"usage"}')
    await sql(records, "UPDATE records SET \"key\" = 'tenant|ben'")
    assert await questions.last(BEN, "19:chat") is None


async def test_sign_in_is_not_used_by_another_person(records: Records) -> None:
    cache = TokenCache(records, ENCRYPTOR)
    await cache.put(ADA.key, CachedSignIn("state", 1.0))
    await sql(records, "UPDATE records SET \"key\" = 'tenant|ben'")
    assert await cache.load(BEN.key) is None


async def test_link_does_not_begin_the_sign_in_of_another_link(house: Any, ada: User, ben: User, caller: Any) -> None:
    adas, bens = [await house.sign_ins.invite(caller(user)) for user in (ada, ben)]
    await _exchanged(house.records, INVITATION, adas.key, bens.key)
    for invited in (adas, bens):
        begun = await house.sign_ins.begin(invited.url.partition("ticket=")[2])
        assert begun == FlowFinished(SignInStop.EXPIRED)


async def test_state_does_not_end_the_sign_in_of_another_state(house: Any, ada: User, ben: User, caller: Any) -> None:
    states, cookies = [], []
    for user in (ada, ben):
        begun = await house.sign_ins.begin((await house.sign_ins.invite(caller(user))).url.partition("ticket=")[2])
        states.append(parse_qs(urlsplit(begun.url).query)["state"][0])
        cookies.append(begun.cookie)
    await _exchanged(house.records, FLOW, *(sha256(each.encode()).hexdigest() for each in states))
    for state, cookie in zip(states, reversed(cookies), strict=True):
        assert await house.sign_ins.finish({"state": state, "code": "a"}, cookie) == FlowFinished(SignInStop.EXPIRED)


async def _exchanged(records: Records, kind: str, one: str, other: str) -> None:
    """Let two records have each other's value, as an attacker who can write to the database does."""
    found = {key: await records.take(kind, key) for key in (one, other)}
    for key, of in ((one, other), (other, one)):
        moved = found[of]
        assert moved is not None
        await records.add(kind, key, moved.value)


@pytest.mark.parametrize("kind", ["last_question", "token"])
async def test_record_of_another_kind_is_no_waiting_question(records: Records, kind: str) -> None:
    waiting: Any = PendingQuestions(records, ENCRYPTOR)
    await StoredQuestions(records, ENCRYPTOR).keep(ADA, "19:chat", "usage")
    await TokenCache(records, ENCRYPTOR).put(ADA.key, CachedSignIn("state", 1.0))
    await sql(records, f"UPDATE records SET kind = 'question' WHERE kind = '{kind}'")
    assert await waiting.take(ADA) == ()
