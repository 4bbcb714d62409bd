"""The arguments that set up the demo, the same for every command that has one."""

import argparse
from contextlib import AbstractAsyncContextManager

from bot.cli.locale_argument import add_locale
from bot.demo.demo_services import CUSTOMERS, FAULT_MEANINGS, NAMED_FAULTS, SEED, DemoServices, demo_services

MOST_CUSTOMERS = 20_000


def add_demo_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `--locale`, `--customers`, `--seed` and `--faults`."""
    add_locale(parser)
    parser.add_argument("--customers", type=_customers, default=CUSTOMERS, help="how many customers the demo has")
    parser.add_argument("--seed", type=int, default=SEED, help="another number makes other customers")
    parser.add_argument(
        "--faults",
        nargs="+",
        choices=sorted(NAMED_FAULTS),
        default=[],
        metavar="FAULT",
        help="what the simulated Partner Center does wrong in its pages, or in the second row of a page "
        "(of several such faults, each further one is in the row below): "
        + ", ".join(f"{name} ({FAULT_MEANINGS[name]})" for name in sorted(NAMED_FAULTS)).replace("%", "%%"),
    )


def demo_of(options: argparse.Namespace) -> AbstractAsyncContextManager[DemoServices]:
    """Return the demo's services that the arguments ask for."""
    return demo_services(customers=options.customers, seed=options.seed, locale=options.locale, faults=options.faults)


def _customers(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text[:9]) > MOST_CUSTOMERS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to {MOST_CUSTOMERS}")
    return int(text)
