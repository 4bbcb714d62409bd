"""Print the answer to one question."""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from os import environ

from bot.app.answering import AnsweringParts, engine
from bot.cli.locale_argument import add_locale
from bot.cli.logging_setup import configure_logs
from bot.cli.output.exit_codes import FAILED
from bot.cli.output.progress_bar import progress_bar
from bot.cli.output.result_output import write_result
from bot.cli.output.streams import as_line, printable
from bot.cli.question_argument import add_question, question_of
from bot.commands.command import Command
from bot.demo.demo_services import demo_services
from bot.domain.conversation import Caller
from bot.errors import SettingsError, UsageBotError
from bot.language.marking.foreign_language import foreign_language
from bot.programs.program_answers import ProgramAnswers
from bot.settings import read
from bot.usage.error_view import error_view
from bot.usage.usage_answer import UsageAnswer
from cards.views.answer_views import View
from cards.wording.locale_words import LocaleWords

_USUAL = "en-US"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `usagebot ask`."""
    add_question(parser)
    parser.add_argument("--demo", action="store_true", help="ask the simulated Partner Center")
    parser.add_argument("--format", choices=("table", "json", "csv", "card"), default="table")
    add_locale(parser, None, "language and number format, like en-GB; by default the language of the question")


def run(options: argparse.Namespace) -> int:
    """Answer one question.

    Exit code 0 answered, 1 the service failed, 2 not understood.
    """
    configure_logs("error")
    question = question_of(options)
    locale = options.locale or foreign_language(question, _USUAL) or _USUAL
    try:
        return asyncio.run(_ask(question, options, locale))
    except UsageBotError as error:
        if not isinstance(error, SettingsError):
            return write_result(error_view(error), options.format, LocaleWords.load(locale))
        if options.format != "json":
            raise
        print(
            as_line(
                {
                    "kind": "error",
                    "message": str(error),
                    "problem": "settings",
                    "correlationId": None,
                    "again": None,
                    "forward": None,
                }
            )
        )
        print(f"usagebot: {printable(str(error))}", file=sys.stderr)
        return FAILED


async def _ask(question: str, options: argparse.Namespace, locale: str) -> int:
    async with _engine(demo=options.demo, locale=locale) as (parts, caller):
        try:
            answered = await _answer(question, parts, caller)
        except UsageBotError as error:
            answered = error_view(error)
        today = parts.services.today(caller)
    return write_result(answered, options.format, LocaleWords.load(locale), today=today)


@asynccontextmanager
async def _engine(*, demo: bool, locale: str) -> AsyncIterator[tuple[AnsweringParts, Caller]]:
    if demo:
        async with demo_services(locale=locale) as services:
            yield services.engine, services.caller
        return
    # MSAL loads slowly, and the demo does not need it.
    from bot.cli.terminal_sign_in import signed_in

    settings = read(environ)
    async with signed_in(settings, locale=locale) as (tokens, caller), engine(settings, tokens) as parts:
        yield parts, caller


async def _answer(question: str, parts: AnsweringParts, caller: Caller) -> UsageAnswer | View:
    """Return the answer to a usage question as data, every other answer as its view.

    Raises UsageBotError.
    """
    answers = ProgramAnswers(parts.answers, parts.services)
    command, asked = await answers.read(question, caller)
    if not isinstance(command, Command):
        return command
    with progress_bar(LocaleWords.load(caller.locale)) as progress:
        return await answers.carry_out(command, caller, asked, progress)
