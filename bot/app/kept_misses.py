"""What is done with sentences that were not understood.

They are counted, and kept if a setting says so.
"""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.concurrency.periodic import Periodic
from bot.domain.conversation import Caller
from bot.identity.identity import Identity
from bot.identity.promised_answers import PromisedAnswers
from bot.identity.stored_exclusions import StoredExclusions
from bot.identity.stored_figures import StoredFigures
from bot.identity.stored_followed import StoredFollowed
from bot.identity.stored_languages import StoredLanguages
from bot.identity.stored_misses import SECONDS, StoredMisses
from bot.identity.tokens.encryption import Encryptor
from bot.store import MissRecords, Store
from bot.usage.memory.personal_memory import PersonalMemory

SWEEP = 3_600.0  # seconds between two removals of sentences that are too old


class KeptMisses:
    """Counts missed sentences and, with `keeps`, stores their texts."""

    def __init__(self, stored: StoredMisses, counted: Callable[[str, str], None], *, keeps: bool) -> None:
        self.keeps = keeps
        self._stored = stored
        self._counted = counted

    def count(self, kind: str, language: str) -> None:
        """Count a sentence."""
        self._counted(kind, language)

    async def keep(self, caller: Caller, kind: str, language: str, text: str) -> None:
        """Store the text if texts are kept."""
        if self.keeps:
            await self._stored.keep(caller, kind, language, text)

    async def forget(self, caller: Caller) -> None:
        """Erase the texts of a person, also if no more are kept. Raises StoreError."""
        await self._stored.forget(caller)


def stored_memory(
    store: Store,
    identity: Identity,
    token_keys: tuple[str, ...],
    counted: Callable[[str, str], None],
    *,
    keeps: bool,
    figures_days: int,
) -> PersonalMemory:
    """Return the memory in `store`.

    `counted` is called with each missed sentence, `keeps`: texts are stored. Figures are kept for `figures_days`.
    """
    encryptor = Encryptor.from_texts(token_keys)
    stored = StoredMisses(store.misses, encryptor)
    misses = KeptMisses(stored, counted, keeps=keeps)
    return PersonalMemory(
        identity.questions,
        misses,
        StoredLanguages(store.records),
        PromisedAnswers(store.turns, encryptor),
        StoredFigures(store.seen, encryptor, figures_days),
        StoredFollowed(store.records, encryptor),
        StoredExclusions(store.exclusions, encryptor),
    )


@asynccontextmanager
async def expiring_misses(records: MissRecords) -> AsyncIterator[None]:
    """Erase sentences that are too old, at once and then every hour.

    Also if no more are kept: some may be of the time before.
    """

    async def expire() -> None:
        await records.purge(time.time() - SECONDS)

    sweeping = Periodic("old missed sentences", expire, SWEEP, failed="missed_sentences_not_erased")
    sweeping.start()
    try:
        yield
    finally:
        await sweeping.stop()


@asynccontextmanager
async def expiring_figures(store: Store, token_keys: tuple[str, ...], days: int) -> AsyncIterator[None]:
    """Erase figures that are kept longer than `days`, at once and then every hour."""
    stored = StoredFigures(store.seen, Encryptor.from_texts(token_keys), days)
    sweeping = Periodic("old seen figures", stored.expire, SWEEP, failed="seen_figures_not_erased")
    sweeping.start()
    try:
        yield
    finally:
        await sweeping.stop()
