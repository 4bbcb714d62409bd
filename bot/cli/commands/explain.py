"""Print the request of a question, or with --lines the meaning of many sentences.

No usage query is sent.
"""

import argparse
from typing import TYPE_CHECKING

from bot.cli.clock_arguments import add_clock_arguments, clock_of
from bot.cli.output.request_output import tell_request
from bot.cli.output.told_reading_output import show_reading
from bot.cli.question_argument import add_question, question_of
from bot.commands.command import Command
from bot.concurrency.garbage_collection import freeze_startup_objects
from bot.names.offline_names import OFFLINE_NAMES, by_what_is_known
from bot.programs.request_json import usage_of
from bot.usage.offline_sentence import unlisted_reader
from bot.usage.query_plan import QueryPlan, plan
from bot.usage.sentence_result import result_of

if TYPE_CHECKING:
    from bot.cli.explain_lines import Explain
    from bot.cli.explanation.person_clock import PersonClock
    from bot.cli.explanation.reading_explainer import Reader

LINES_FORMAT = "jsonl"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `usagebot explain`."""
    add_question(parser, required=False)
    parser.add_argument("--demo", action="store_true", help="look names up in the simulated Partner Center")
    parser.add_argument(
        "--lines",
        metavar="FILE",
        help='explain each line of FILE (-: standard input), a JSON object {"id", "text", "after", "language"}',
    )
    parser.add_argument(
        "--format", choices=("text", "json", LINES_FORMAT), default="text", help=f"{LINES_FORMAT}: with --lines"
    )
    add_clock_arguments(parser)
    parser.set_defaults(refuse=parser.error)


def run(options: argparse.Namespace) -> int:
    """Explain one question, or the lines of a file.

    Exit code 0 explained, 2 not understood or a line that is not a sentence; with --demo also 1: the simulator failed.
    """
    if options.lines is not None:
        return _lines(options)
    if not options.question:
        options.refuse("a question is missing, or --lines FILE")
    if options.format == LINES_FORMAT:
        options.refuse(f"--format {LINES_FORMAT} goes with --lines FILE")
    return _question(question_of(options), options)


def _question(question: str, options: argparse.Namespace) -> int:
    clock = clock_of(options)
    if options.demo:
        # The simulator needs a server library, which is not loaded without --demo.
        from bot.cli.explain_demo import explain_with_demo

        return explain_with_demo(question, options.format, clock)
    weighed = unlisted_reader(clock.local).weighed(question)
    if options.format == "text":
        show_reading(question, weighed)
    command = result_of(weighed.reading, question)
    if not isinstance(command, Command):
        # Words and number formats load slowly, and only what is not answered needs them.
        from bot.cli.output.result_output import write_result
        from cards.wording.locale_words import LocaleWords

        return write_result(command, "json" if options.format == "json" else "table", LocaleWords.load("en"))
    planned = plan(asked, OFFLINE_NAMES, by_what_is_known) if (asked := usage_of(command)) is not None else None
    return tell_request(command, planned if isinstance(planned, QueryPlan) else None, options.format, clock.today)


def _lines(options: argparse.Namespace) -> int:
    from bot.cli.explain_lines import explain_lines, open_lines

    if options.question:
        options.refuse("--lines takes no question beside it")
    if options.format != LINES_FORMAT:
        options.refuse(f"--lines needs --format {LINES_FORMAT}")
    try:
        file = open_lines(options.lines)
    except (OSError, ValueError) as error:
        options.refuse(f"argument --lines: {options.lines!r} cannot be read: {getattr(error, 'strerror', error)}")
    with file:
        clock = clock_of(options)
        explain = _explain_with(_demo_reader(clock) if options.demo else unlisted_reader(clock.local), clock)
        # A garbage collection over all imported objects takes longer than the longest line.
        freeze_startup_objects()
        return explain_lines(file, explain)


def _explain_with(reader: "Reader", clock: "PersonClock") -> "Explain":
    from bot.cli.explanation.reading_explainer import ReadingExplainer

    explainer = ReadingExplainer(reader, clock)
    return lambda line, words: explainer.explain(line.text, words, line.after, line.language)


def _demo_reader(clock: "PersonClock") -> "Reader":
    from bot.cli.explain_demo import demo_names
    from bot.usage.sold.reader_of_both import ReaderOfBoth

    return ReaderOfBoth(*demo_names(), clock.local)
