"""What is stored for one person does not open for another.

The rows are moved in the database.
"""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.conversation import Caller
from bot.identity.sign_in.pending_questions import SECONDS, PendingQuestion, PendingQuestions
from bot.identity.stored_questions import StoredQuestions
from bot.identity.tokens.encryption import Encryptor
from bot.identity.tokens.token_cache import CachedSignIn, TokenCache
from bot.store import Records, open_records

ADA, BEN = Caller("tenant", "ada", "Ada"), Caller("tenant", "ben", "Ben")
ENCRYPTOR = Encryptor([b"k" * 32])


@pytest.fixture
async def records(database_url: str) -> AsyncIterator[Records]:
    async with open_records(database_url) as opened:
        yield opened


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


@pytest.mark.parametrize("kind", ["last_question", "token"])
async def test_record_of_another_kind_is_no_waiting_question(records: Records, kind: str) -> None:
    waiting: Any = PendingQuestions(records, ENCRYPTOR)
    await StoredQuestions(records, ENCRYPTOR).keep(ADA, "19:chat", "usage")
    await TokenCache(records, ENCRYPTOR).put(ADA.key, CachedSignIn("state", 1.0))
    await sql(records, f"UPDATE records SET kind = 'question' WHERE kind = '{kind}'")
    assert await waiting.take(ADA) == ()
