"""The command line: choose the command and handle what all commands share.

A command's module is imported only when it is called: `usagebot explain` starts in a fraction of a second.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from typing import NoReturn

from bot.cli.output.exit_codes import FAILED, INTERRUPTED, NOT_UNDERSTOOD
from bot.cli.output.streams import discard_output, flush_output, printable, replace_unencodable
from bot.errors import UsageBotError

# Command, its module in this package, and what it does.
COMMANDS: tuple[tuple[str, str], ...] = (
    ("demo", "try everything on this machine, with a simulated Partner Center and a chat client"),
    ("chat", "talk to the bot in this terminal (--demo)"),
    ("ask", "print the answer to one question"),
    ("mcp", "answer programs that speak the Model Context Protocol, on standard input and output"),
    ("explain", "print the request that a question would send, and send nothing"),
    ("dev", "the demo for developers: restarts when a file changes, and repeats the last question"),
    ("serve", "run the bot for Teams"),
    ("doctor", "check that everything is set up correctly, and say how to mend what is not"),
    ("digests", "list, run, pause, resume and export all digests"),
    ("misses", "list the sentences that were not understood, without names"),
    ("gallery", "write a page with every card, in every language, width and theme"),
    ("package", "make the app package that an administrator uploads to Teams"),
)


class Parser(argparse.ArgumentParser):
    """A parser whose errors repeat no character that could control the terminal."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and `message`; exit with code 2."""
        super().error(printable(message))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code.

    Every failure ends in one line on stderr.
    """
    replace_unencodable()
    name = arguments[0] if arguments else ""
    if name not in dict(COMMANDS):
        _overview().parse_args(arguments)
        _overview().print_help()
        return NOT_UNDERSTOOD
    command = import_module(f"bot.cli.commands.{name}")
    parser = Parser(prog=f"usagebot {name}", description=command.__doc__)
    command.add_arguments(parser)
    options = parser.parse_args(arguments[1:])
    try:
        code = int(command.run(options))
        flush_output()
    except UsageBotError as error:
        print(f"usagebot: {printable(str(error))}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("usagebot: interrupted.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has exited (`usagebot ask … | head`), so no message can reach it.
        discard_output()
        return FAILED
    except OSError as error:
        discard_output()
        print(f"usagebot: {printable(error.strerror or str(error))}.", file=sys.stderr)
        return FAILED
    return code


def _overview() -> argparse.ArgumentParser:
    parser = Parser(
        prog="usagebot",
        description="Are the licenses we sold being used? Answers from Partner Center, in Teams and here.",
        epilog="`usagebot COMMAND --help` shows more. "
        "Exit codes: 0 answered, 1 failed, 2 not understood, 130 interrupted.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {version('license-usage-bot')}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, summary in COMMANDS:
        commands.add_parser(name, help=summary, add_help=False)
    return parser
