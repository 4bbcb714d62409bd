"""Print the request a question would send; sends no usage query."""

import argparse
from datetime import date

from bot.cli.output.exit_codes import NOT_UNDERSTOOD
from bot.cli.output.request_output import tell_request
from bot.cli.question_argument import add_question, question_of
from bot.commands.command import NotUnderstood, Usage
from bot.language.sentence.parser import parse
from bot.usage.offline_names import OfflineNames, by_what_is_known
from bot.usage.query_plan import QueryPlan, plan


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
        from bot.cli.output.parse_error import complain

        complain(question, command, as_json=options.format == "json")
        return NOT_UNDERSTOOD
    planned = plan(command, OfflineNames(), by_what_is_known) if isinstance(command, Usage) else None
    return tell_request(command, planned if isinstance(planned, QueryPlan) else None, options.format)
