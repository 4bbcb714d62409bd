"""List, run, pause, resume, sign and export all digests. The bot may be running."""

import argparse
import asyncio
import os
import sys
import time
from typing import TYPE_CHECKING

from bot.cli.output.exit_codes import ANSWERED, FAILED

if TYPE_CHECKING:
    from bot.store import Digest, DigestRepository, Store

HIGHEST = 999_999_999  # the highest digest number that the command language accepts
# Seconds without a heartbeat after which a bot is considered stopped; it sends one every five.
ALIVE = 30.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `usagebot digests`."""
    verbs = parser.add_subparsers(title="what to do", dest="verb", metavar="VERB", required=True)
    verbs.add_parser("list", help="all digests: owner, next time, and the outcome of the last run")
    for act, summary in (
        ("run", "post a digest now, with its owner's rights; the running bot does it"),
        ("pause", "stop posting a digest until it is resumed"),
        ("resume", "post a digest again from its next time on"),
    ):
        verbs.add_parser(act, help=summary).add_argument("number", type=int, metavar="N", help="the digest's number")
    sign = verbs.add_parser("sign", help="sign digests as they are now, after you have checked them; needs the keys")
    sign.add_argument("numbers", type=int, nargs="+", metavar="N", help="the digests' numbers")
    export = verbs.add_parser("export", help="all digests for a program; no figures, no tokens")
    export.add_argument("--format", choices=("json", "csv"), default="json")
    parser.epilog = (
        "USAGEBOT_DATABASE says which database, and USAGEBOT_TOKEN_KEYS has the keys for sign. "
        "Exit codes: 0 done, 1 no such digest, no database or no keys."
    )


def run(options: argparse.Namespace) -> int:
    """Run the chosen verb. Raises SettingsError, StoreError and ZoneError."""
    from bot.settings import read

    settings = read(os.environ)
    if options.verb == "sign":
        return asyncio.run(_sign(options.numbers, settings.database, settings.token_keys))
    return asyncio.run(_run(options, settings.database))


async def _run(options: argparse.Namespace, url: str) -> int:
    from bot.cli.existing_tables import require_tables
    from bot.cli.output.digest_export import as_csv, as_json
    from bot.cli.output.tables.digest_table import show_digests
    from bot.store import open_store

    await require_tables(url)
    async with open_store(url) as store:
        if hasattr(options, "number"):
            return await _act(options.verb, options.number, store)
        found = await _all(store.digests)
        damaged = await store.damaged.all()
    if options.verb == "list":
        show_digests(found)
    else:
        print(as_csv(found) if options.format == "csv" else as_json(found))
    for each in damaged:
        print(f"usagebot: digest {each.number} cannot be read; its owner can delete it.", file=sys.stderr)
    return ANSWERED


async def _all(digests: "DigestRepository") -> list["Digest"]:
    found: list[Digest] = []
    while page := await digests.all(found[-1].number if found else 0):
        found += page
    return found


async def _act(verb: str, number: int, store: "Store") -> int:
    """Do what the owner can do to a digest, by the same code; the operator may do it to every digest."""
    from bot.cli.output.view_text import show_view
    from bot.commands.command import DigestAction, HandleDigest
    from bot.digests.content.digest_line import DigestLines
    from bot.digests.manage.digest_actions import DigestActions
    from bot.domain.conversation import Caller
    from cards.views.answer_views import ErrorView

    digest = await store.digests.get(number) if 0 < number <= HIGHEST else None
    if digest is not None:
        # A running bot looks for changes once a second, so it need not be notified.
        actions = DigestActions(store.digests, store.stopped, lambda: None, time.time)
        owner = Caller(digest.tenant_id, digest.owner_id, digest.owner_name)
        lines = DigestLines(owner, now=time.time())
        view = await actions.carry_out(HandleDigest(DigestAction(verb), number), digest, lines)
        if not isinstance(view, ErrorView):
            if verb == "run" and not await store.replicas.living(time.time(), ALIVE):
                print(
                    f"Digest {number} is due. No bot is running on this database: the digest is posted when one starts."
                )
            else:
                show_view(view)
            return ANSWERED
    return _unknown(number)


async def _sign(numbers: list[int], url: str, token_keys: tuple[str, ...]) -> int:
    """Sign the digests, and show what is signed now."""
    from bot.cli.existing_tables import require_tables
    from bot.cli.output.tables.digest_table import show_digests
    from bot.digests.manage.digest_signatures import DigestSignatures
    from bot.store import open_store

    signatures = DigestSignatures(token_keys)
    await require_tables(url)
    async with open_store(url, signatures=signatures) as store:
        for number in numbers:
            digest = await store.signing.sign(number) if 0 < number <= HIGHEST else None
            if digest is None:
                return _unknown(number)
            show_digests([digest])
    return ANSWERED


def _unknown(number: int) -> int:
    print(f"usagebot: there is no digest {number}; `usagebot digests list` shows all of them.", file=sys.stderr)
    return FAILED
