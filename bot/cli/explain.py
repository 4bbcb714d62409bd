"""Print the request a question would send; sends no usage query."""

import argparse
from collections.abc import Mapping
from datetime import date

from bot.cli.main import ANSWERED, NOT_UNDERSTOOD
from bot.cli.question import add_question, question_of
from bot.cli.writing import as_line, printable
from bot.commands.command import Command, NotUnderstood, Usage
from bot.commands.parser import parse
from bot.commands.show import show
from bot.handlers.offline import OfflineDirectory, by_what_is_known
from bot.handlers.plan import Plan, plan
from bot.query.params import params

# The documents' own example line; the prefix is a setting of the bot.
# https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#request-example
PATH = "/partner/v1/analytics/commercial/usage/license"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `usagebot explain`."""
    add_question(parser)
    parser.add_argument("--demo", action="store_true", help="look names up in the simulated Partner Center")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> int:
    """Explain one question. Exit code 0 explained, 2 not understood; with --demo also 1, the simulator failed."""
    question = question_of(options)
    if options.demo:
        # The simulator needs a server library; without --demo nothing of it is loaded.
        from bot.cli.explain_demo import explain_with_demo

        return explain_with_demo(question, options.format)
    command = parse(question, today=date.today())  # noqa: DTZ011 - the day in this terminal
    if isinstance(command, NotUnderstood):
        # Words and number formats load slowly, and only a failure needs them.
        from bot.cli.problems import complain

        complain(question, command, as_json=options.format == "json")
        return NOT_UNDERSTOOD
    planned = plan(command, OfflineDirectory(), by_what_is_known) if isinstance(command, Usage) else None
    return tell(command, planned if isinstance(planned, Plan) else None, options.format)


def tell(command: Command, planned: Plan | None, form: str) -> int:
    """Print the request of a plan; None is a sentence that needs none."""
    if planned is None:
        print(
            "null" if form == "json" else "No request: this is answered from the names you can see, or from the help."
        )
        return ANSWERED
    request = as_request(planned, PATH)
    if form == "json":
        print(as_line(request))
        return ANSWERED
    print(f"{request['method']} {request['path']}")
    for name, value in planned_params(planned).items():
        print(f"  {name} = {printable(value)}")
    print(f"  summed by {', '.join(planned.by)}")
    if isinstance(command, Usage) and (command.limit or command.order):
        kept = show(Usage(limit=command.limit, order=command.order)).removeprefix(f"{show(Usage())} ")
        print(f"  of these {kept}")
    return ANSWERED


def as_request(planned: Plan, path: str) -> dict[str, object]:
    """`{"method", "path", "params"}` of the request."""
    return {"method": "GET", "path": path, "params": dict(planned_params(planned))}


def planned_params(planned: Plan) -> Mapping[str, str]:
    """The query parameters before they are encoded."""
    return params(planned.query)
