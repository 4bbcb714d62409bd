"""`python -m bot.simulator.partner_center`: the simulated Partner Center alone.

Other clients can be tried on it.
"""

import argparse
import asyncio
import signal
import sys

from bot.domain.conversation import Caller
from bot.errors import UsageBotError
from bot.simulator.access_tokens import TokenAuthority
from bot.simulator.loopback_listener import Listening, listen
from bot.simulator.partner_center import make_world, partner_center_app
from bot.simulator.partner_center.conduct import Conduct
from bot.simulator.partner_center.selling.selling_conduct import SellingConduct
from bot.simulator.partner_center.wire.call_limit import CALLS_A_MINUTE
from bot.simulator.partner_center.wire.link_forms import FORMS, USUAL
from bot.simulator.partner_center.world.make_world import CUSTOMERS, SEED

# A made-up user of the partner; any caller may be issued a token.
_USER = Caller("7d1c3a52-5b0e-4f5e-9a5e-1f2d3c4b5a69", "2f0f5c8e-6a3b-4c1d-8e7f-9a0b1c2d3e4f", "Simulated User")


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted.

    Exit code 0 after Ctrl-C, 2 if the server could not start.
    """
    asked = _parser().parse_args(arguments)
    try:
        asyncio.run(_serve(asked))
    except KeyboardInterrupt:
        return 0
    except UsageBotError as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.simulator.partner_center", description=__doc__)
    parser.add_argument("--customers", type=int, default=CUSTOMERS, help="how many (default %(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="same seed, same world (default %(default)s)")
    parser.add_argument("--port", type=int, default=0, help="default: any free one")
    parser.add_argument("--no-commercial", action="store_true", help="commercial/usage/license answers 404")
    parser.add_argument("--no-legacy", action="store_true", help="the superseded report of one customer answers 404")
    parser.add_argument("--no-mfa", action="store_true", help="tokens without a second factor are accepted")
    parser.add_argument("--no-limit", action="store_true", help="any number of calls a minute is answered")
    parser.add_argument("--links", choices=FORMS, default=USUAL, help="form of next links (default %(default)s)")
    parser.add_argument("--print-token", action="store_true", help="print an access token that is good for an hour")
    return parser


def _conduct(asked: argparse.Namespace) -> Conduct:
    calls = None if asked.no_limit else CALLS_A_MINUTE
    selling = SellingConduct(calls_a_minute=calls)
    return Conduct(links=asked.links, mfa_required=not asked.no_mfa, calls_a_minute=calls, selling=selling)


async def _serve(asked: argparse.Namespace) -> None:
    authority = TokenAuthority()
    app = partner_center_app(
        make_world(asked.customers, asked.seed),
        verify=authority.verify,
        commercial=not asked.no_commercial,
        legacy=not asked.no_legacy,
        conduct=_conduct(asked),
    )
    server: Listening = await listen(app, port=asked.port)
    try:
        sys.stdout.write(f"{server.url}\n")
        if asked.print_token:
            sys.stdout.write(f"{authority.issue(_USER)}\n")
        sys.stdout.flush()
        await _stop_signal()
    finally:
        await server.close()


async def _stop_signal() -> None:
    """Wait for SIGINT or SIGTERM.

    A handler is needed because a shell starts background processes with SIGINT ignored.
    """
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await stopping.wait()


if __name__ == "__main__":
    sys.exit(main())
