"""List the sentences that were not understood, without names, newest first.

The bot may be running.
"""

import argparse
import asyncio
import os
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from bot.cli.output.exit_codes import ANSWERED

if TYPE_CHECKING:
    from bot.identity.stored_misses import StoredMiss


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `usagebot misses`."""
    parser.add_argument("--since", type=_day, metavar="DAY", help="only from this day on (UTC), like 2026-11-30")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.epilog = (
        "USAGEBOT_KEEP_MISSES says whether sentences are kept, USAGEBOT_DATABASE where, and USAGEBOT_TOKEN_KEYS "
        "decrypt them. Exit codes: 0 done, 1 no database or no keys."
    )


def run(options: argparse.Namespace) -> int:
    """Print the sentences. Raises SettingsError and StoreError."""
    from bot.cli.output.tables.miss_table import counted_misses, misses_as_json, show_misses
    from bot.settings import read

    settings = read(os.environ)
    found = asyncio.run(_stored(settings.database, settings.token_keys, options.since or 0.0))
    if options.format == "json":
        print(misses_as_json(counted_misses(found)))
    else:
        show_misses(counted_misses(found), keeps=settings.keep_misses)
    return ANSWERED


async def _stored(url: str, token_keys: tuple[str, ...], since: float) -> tuple["StoredMiss", ...]:
    from bot.cli.existing_tables import require_tables
    from bot.identity.stored_misses import StoredMisses
    from bot.identity.tokens.encryption import Encryptor
    from bot.store import open_store

    encryptor = Encryptor.from_texts(token_keys)
    await require_tables(url)
    async with open_store(url) as store:
        return await StoredMisses(store.misses, encryptor).since(since)


def _day(text: str) -> float:
    """Return the beginning of a day in Unix seconds."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  # a day has no time zone
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2026-11-30") from error
    return datetime.combine(day, time(), UTC).timestamp()
