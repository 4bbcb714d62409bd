"""Print the answer to one question."""

import argparse
import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import Engine, engine
from bot.cli.answer_json import as_json
from bot.cli.main import ANSWERED, FAILED, NOT_UNDERSTOOD
from bot.cli.problems import complain
from bot.cli.progress import progress_bar
from bot.cli.show import show_answer, show_view
from bot.cli.stage import ASKER, stage
from bot.commands.command import NotUnderstood, Usage
from bot.commands.parser import parse
from bot.errors import SettingsError, UsageBotError
from bot.handlers.trouble import trouble
from bot.handlers.usage import ROWS_AT_FIRST, Answer, view
from bot.handlers.usage import ask as ask_usage
from bot.model import Caller
from cards.draw import draw
from cards.views import ErrorView, NoMatchView, NotUnderstoodView, PickerView, View
from cards.words import Words


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `usagebot ask`."""
    parser.add_argument("question", help="what you would type in Teams, in quotes")
    parser.add_argument("--demo", action="store_true", help="ask the simulated Partner Center")
    parser.add_argument("--format", choices=("table", "json", "card"), default="table")
    parser.add_argument("--locale", default="en-US", help="language and number format, like en-GB")


def run(options: argparse.Namespace) -> int:
    """Ask one question. Exit code 0 answered, 1 the service failed, 2 not understood."""
    return asyncio.run(_ask(options))


async def _ask(options: argparse.Namespace) -> int:
    words = Words.load(options.locale)
    async with _engine(demo=options.demo) as (parts, caller):
        try:
            answered = await _answer(options.question, parts, caller)
        except UsageBotError as error:
            return _tell(trouble(error, options.question), options.format, words)
    if isinstance(answered, NotUnderstood):
        complain(options.question, answered, words)
        return NOT_UNDERSTOOD
    if isinstance(answered, Answer):
        return _print(answered, options.format, words)
    return _tell(answered, options.format, words)


@asynccontextmanager
async def _engine(*, demo: bool) -> AsyncIterator[tuple[Engine, Caller]]:
    if demo:
        async with stage() as set_up:
            yield set_up.engine, set_up.caller
        return
    from os import environ

    from bot.cli.given_token import GivenToken
    from bot.settings import read

    settings = read(environ)
    if not settings.access_token:
        raise SettingsError(
            "USAGEBOT_ACCESS_TOKEN",
            "is not set. Without --demo it must hold your App+User access token for Partner Center; "
            "with --demo nothing is needed.",
        )
    async with engine(settings, GivenToken(settings.access_token)) as parts:
        yield parts, ASKER


async def _answer(question: str, parts: Engine, caller: Caller) -> Answer | View | NotUnderstood:
    """Usage questions as data, everything else as its view."""
    services = parts.services
    command = parse(question, today=services.today(caller))
    if not isinstance(command, Usage | NotUnderstood):
        return await parts.answers.answer(question, caller)
    try:
        names = await services.directories.names(caller)
    except UsageBotError:
        if isinstance(command, NotUnderstood):
            return command
        raise
    command = parse(question, today=services.today(caller), knows=names.knows)
    if isinstance(command, NotUnderstood):
        return command
    if not isinstance(command, Usage):
        return await parts.answers.answer(question, caller)
    with progress_bar() as progress:
        return await ask_usage(command, caller, names, services, progress)


def _print(answer: Answer, form: str, words: Words) -> int:
    if form == "json":
        print(json.dumps(as_json(answer), ensure_ascii=False))
    elif form == "card":
        print(json.dumps(draw(view(answer, ROWS_AT_FIRST), words), ensure_ascii=False))
    elif answer.report.rows:
        show_answer(answer, words)
    else:
        show_view(view(answer, ROWS_AT_FIRST), words=words)
    return ANSWERED


def _tell(shown: View, form: str, words: Words) -> int:
    """A view that is no table of figures; failures go to stderr so that a pipe carries answers only."""
    failed = isinstance(shown, ErrorView)
    unclear = isinstance(shown, NotUnderstoodView | PickerView | NoMatchView)
    if form == "card":
        print(json.dumps(draw(shown, words), ensure_ascii=False))
    else:
        show_view(shown, words=words, stderr=failed or unclear)
    if failed:
        return FAILED
    return NOT_UNDERSTOOD if unclear else ANSWERED
