"""Missed sentences are counted, and kept without names if a setting says so."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.app.answering import compose, keep_alive
from bot.app.kept_misses import KeptMisses, expiring_misses
from bot.cli.output.tables.miss_table import counted_misses, misses_as_json, show_misses
from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension
from bot.errors import ServiceDownError
from bot.identity.stored_misses import StoredMisses
from bot.identity.tokens.encryption import Encryptor
from bot.names.name_folding import loose
from bot.settings import Settings
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import make_world, partner_center_app
from bot.store import MissRecords, Store, open_store
from bot.usage.memory.personal_memory import PersonalMemory
from cards.draw import draw, plain_text
from cards.views.answer_views import NotUnderstoodView
from cards.wording.locale_words import LocaleWords

TENANT = "7a4b8b8e-0d54-4a4c-9a3e-3b1f1d5a0001"
ANN, BEN = Caller(TENANT, "ann", "Ann Agent"), Caller(TENANT, "ben", "Ben Broker")
WORDS = LocaleWords.load("en")
NOTICE = "Sentences that I do not understand are kept for 30 days, without names"


class Counted:
    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []

    def __call__(self, kind: str, language: str) -> None:
        self.seen.append((kind, language))


class Desk:
    """The bot with a database, whose sentences a test types."""

    def __init__(self, store: Store, answers: Any, services: Any, counted: Counted) -> None:
        self.store, self.answers, self.services, self.counted = store, answers, services, counted
        self.misses = StoredMisses(store.misses, Encryptor([b"k" * 32]))

    async def say(self, text: str, caller: Caller = ANN) -> Any:
        return await self.answers.answer(text, caller)

    async def texts(self) -> list[str | None]:
        return [each.text for each in await self.misses.since(0.0)]


@pytest.fixture
def keeps() -> bool:
    return True


@pytest.fixture
async def desk(database_url: str, keeps: bool) -> AsyncIterator[Desk]:
    authority, counted = TokenAuthority(), Counted()
    server = await listen(partner_center_app(make_world(customers=60, seed=1), verify=authority.verify))
    async with open_store(database_url) as store, keep_alive() as session:
        stored = StoredMisses(store.misses, Encryptor([b"k" * 32]))
        memory = PersonalMemory(misses=KeptMisses(stored, counted, keeps=keeps))
        parts = compose(Settings(partner_center_url=server.url), SimulatedUserTokens(authority), session, memory=memory)
        yield Desk(store, parts.answers, parts.services, counted)
    await server.close()


async def test_missed_sentence_is_counted_and_kept_without_names(desk: Desk) -> None:
    assert isinstance(await desk.say("licenses of Fabrikam frobnicated"), NotUnderstoodView)
    await desk.say("hoeveel licenties gebruikt Fabrikam kwakzalvend", BEN)
    assert desk.counted.seen == [("not_understood", "en"), ("not_understood", "nl")]
    assert await desk.texts() == ["hoeveel licenties gebruikt <customer> <word>", "licenses of <customer> <word>"]


async def test_answered_sentence_is_neither_counted_nor_kept(desk: Desk) -> None:
    for text in ("usage for Fabrikam on Exchange", "hello", "help"):
        await desk.say(text)
    assert desk.counted.seen == []
    assert await desk.texts() == []


async def test_forget_me_erases_the_texts_of_that_person_only(desk: Desk) -> None:
    await desk.say("usage for Fabrikam frobnicated")
    await desk.say("usage for Fabrikam wobbling", BEN)
    await desk.say("forget me")
    assert [(row.person_id, row.tenant_id) for row in await desk.store.misses.since(0.0)] == [("ben", TENANT)]


async def test_text_is_not_kept_when_the_names_are_not_known(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def names(_caller: Caller) -> Any:
        raise ServiceDownError("not reached")

    monkeypatch.setattr(desk.services.directories, "names", names)
    await desk.say("frobnicated wobbling")
    assert desk.counted.seen == [("not_understood", "en")]
    assert await desk.texts() == []


async def test_help_says_that_sentences_are_kept(desk: Desk) -> None:
    view = await desk.say("help")
    assert NOTICE in str(draw(view, WORDS))
    assert NOTICE in plain_text(view, WORDS)


@pytest.mark.parametrize("keeps", [False])
async def test_sentence_is_counted_but_not_kept_unless_a_setting_says_so(desk: Desk) -> None:
    await desk.say("usage for Fabrikam frobnicated")
    assert desk.counted.seen == [("not_understood", "en")]
    assert await desk.texts() == []
    assert NOTICE not in str(draw(await desk.say("help"), WORDS))


@pytest.mark.parametrize("keeps", [False])
async def test_forget_me_erases_what_was_kept_before_it_was_switched_off(desk: Desk) -> None:
    await desk.misses.keep(ANN, "several", "en", "usage for <customer>")
    await desk.say("forget me")
    assert await desk.store.misses.count() == 0


class Purged(MissRecords):
    def __init__(self) -> None:
        self.before: asyncio.Future[float] = asyncio.Future()

    async def purge(self, before: float) -> int:
        self.before.set_result(before)
        return 1


async def test_texts_older_than_30_days_are_erased_while_the_bot_runs() -> None:
    purged, now = Purged(), time.time()
    async with expiring_misses(purged):
        assert now <= await purged.before + 30 * 86_400 <= time.time()


SENTENCES = [
    "{} frobnicated",
    "usage for {} frobnicated",
    "Hoe doet {} het met de kwakzalver?",
    "wobbling\n{}\nwobbling",
    "please remove the {} digest and mail {}@contoso.com",
    "{} versus frobnicated, blabla",
]


async def test_no_name_of_the_directory_is_stored_or_printed(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    known = await desk.services.directories.names(ANN)
    names = [entry.name for entry in known.entries(Dimension.CUSTOMER)]
    assert len(names) >= 40
    for at, name in enumerate(names):
        text = SENTENCES[at % len(SENTENCES)]
        await desk.say(text.replace("{}", name if at % 2 else name.lower()), Caller(TENANT, f"person {at}"))
    stored = await desk.misses.since(0.0)
    assert len(stored) > len(names) // 2
    show_misses(counted_misses(stored), keeps=True)
    printed = capsys.readouterr().out + misses_as_json(counted_misses(stored))
    rows = b"".join(row.text for row in await desk.store.misses.since(0.0))
    for name in names:
        for text in (each.text or "" for each in stored):
            words = " ".join(re.split(r"<[a-z]+>", text))
            assert f" {loose(name)} " not in f" {loose(words)} "
        assert name.encode() not in rows
        assert len(name) < 6 or name.lower() not in printed.lower()
