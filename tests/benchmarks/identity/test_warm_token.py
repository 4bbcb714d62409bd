"""The cost of a cached token, alone and among the tokens of ten thousand people."""

import statistics
import sys
import time
from pathlib import Path

import pytest

from bot.domain.conversation import Caller
from bot.identity.entra.app_credentials import Credentials
from bot.identity.entra.entra_client import EntraClient
from bot.identity.entra.sign_in_outcome import Tokens
from bot.identity.tokens.encryption import Encryptor
from bot.identity.tokens.held_tokens import HeldToken
from bot.identity.tokens.token_cache import TokenCache
from bot.identity.tokens.user_tokens import UserTokens
from bot.store import open_records

TENANT = "7e1a2b3c-0000-4000-8000-000000000001"


@pytest.mark.benchmark
async def test_a_cached_token_is_fast_among_ten_thousand_people(tmp_path: Path) -> None:
    entra = EntraClient(Credentials("app", "secret", TENANT))
    async with open_records(f"sqlite+aiosqlite:///{tmp_path}/bot.db") as records:
        cache = TokenCache(records, Encryptor([b"k" * 32]))
        tokens = UserTokens(entra, cache)
        people = [Caller(TENANT, f"{number:032x}") for number in range(10_000)]
        for person in people:
            tokens.held.hold(person.key, HeldToken("t" * 2_000, time.time() + 3600, 1, time.time()))
        await tokens.accept(Tokens(*people[-1].key, "Zoe", "t" * 2_000, time.time() + 3600, "s" * 6_000))
        spent = []
        for _ in range(20):
            begun = time.perf_counter()
            for _ in range(500):
                await tokens.token(people[-1])
            spent.append((time.perf_counter() - begun) / 500)
        begun = time.perf_counter()
        for _ in range(200):
            assert await cache.load(people[-1].key)
        loading = (time.perf_counter() - begun) / 200
    entra.close()
    warm = statistics.median(spent)
    sys.stdout.write(f"\nwarm token among 10,000 people: {warm * 1e6:.1f} us; from the store: {loading * 1e3:.2f} ms\n")
    assert warm < 0.0002
