"""The command line: which command, and what every command has in common.

A command's module is imported only when it is called: `usagebot explain` starts in a fraction of a second.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from bot.errors import UsageBotError

# Exit codes: 0 answered, 1 the service failed (or a setting is wrong), 2 not understood.
ANSWERED, FAILED, NOT_UNDERSTOOD = 0, 1, 2
INTERRUPTED = 130

# Command, its module in this package, and what it does.
COMMANDS: tuple[tuple[str, str], ...] = (
    ("demo", "try everything on this machine, with a simulated Partner Center and a chat client"),
    ("chat", "talk to the bot in this terminal (--demo)"),
    ("ask", "print the answer to one question"),
    ("explain", "print the request a question would send, and send nothing"),
    ("serve", "run the bot for Teams"),
    ("package", "make the app package that an administrator uploads to Teams"),
)


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code. Every failure ends in one line on stderr."""
    name = arguments[0] if arguments else ""
    if name not in dict(COMMANDS):
        _overview().parse_args(arguments)
        _overview().print_help()
        return NOT_UNDERSTOOD
    command = import_module(f"bot.cli.{name}")
    parser = argparse.ArgumentParser(prog=f"usagebot {name}", description=command.__doc__)
    command.add_arguments(parser)
    options = parser.parse_args(arguments[1:])
    try:
        return int(command.run(options))
    except UsageBotError as error:
        print(f"usagebot: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("usagebot: interrupted.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`usagebot ask … | head`): nobody is left to tell.
        sys.stderr.close()
        return FAILED


def _overview() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="usagebot",
        description="Are the licenses we sold being used? Answers from Partner Center, in Teams and here.",
        epilog="`usagebot COMMAND --help` tells more. Exit codes: 0 answered, 1 failed, 2 not understood.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, summary in COMMANDS:
        commands.add_parser(name, help=summary, add_help=False)
    return parser
