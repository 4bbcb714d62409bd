"""Carry out one call of a tool, as one person.

Nothing is changed, posted or remembered.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Command
from bot.commands.command_document import Unreadable, read_object, write_object
from bot.domain.conversation import Caller
from bot.errors import DeadlineError, NotSignedInError, UsageBotError
from bot.language.sentence.command_sentence import sentence_of
from bot.mcp.json_rpc import INVALID_PARAMS, JsonObject, McpError
from bot.mcp.read_only import refusal
from bot.mcp.tools import (
    BY_NAME,
    Arguments,
    AskArguments,
    CommandArguments,
    ExplainArguments,
    NameArguments,
)
from bot.programs.answer_json import as_json
from bot.programs.program_answers import ProgramAnswers
from bot.programs.request_json import request_as_json, usage_of
from bot.programs.view_json import view_as_json
from bot.usage.error_view import error_view
from bot.usage.query_plan import QueryPlan, plan
from bot.usage.usage_answer import UsageAnswer
from bot.usage.usage_answer import view as view_of
from cards.draw import plain_text
from cards.views.answer_views import ErrorView, NotUnderstoodView, SignInView, View
from cards.wording.locale_words import LocaleWords, is_locale

# What a call takes longer than Partner Center may: names are loaded before.
SPARE_SECONDS = 30.0

# The longest list of an answer; an answer has one of them.
_LISTS = ("rows", "entries", "customers", "points", "gone")


@dataclass(frozen=True, slots=True)
class Asker:
    """The person for whom a program asks, and what answers them."""

    answers: ProgramAnswers
    caller: Caller


class SignInPendingError(NotSignedInError):
    """The person has not signed in yet. `text` says how."""

    def __init__(self, text: str) -> None:
        super().__init__("the person has not signed in yet")
        self.text = text


# Returns who asks. Raises UsageBotError if no user is signed in.
Asking = Callable[[], Awaitable[Asker]]


@dataclass(frozen=True, slots=True)
class ToolResult:
    """The result of a call: `text` for a person, `data` for a program.

    `failed`: the question was not answered, and the program may ask another one.
    """

    text: str
    data: JsonObject
    failed: bool = False

    def as_json(self) -> JsonObject:
        """Return it as `tools/call` has it.

        Older clients read no structured content, so the data is a text too.
        """
        texts = [self.text, msgspec.json.encode(self.data).decode()]
        return {
            "content": [{"type": "text", "text": each} for each in texts if each],
            "structuredContent": self.data,
            "isError": self.failed,
        }


class ToolCalls:
    """Carries out calls; each ends after `seconds`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds + SPARE_SECONDS

    async def call(self, name: object, arguments: object, asking: Asking) -> ToolResult:
        """Return the result of a call. Raises McpError if there is no such tool."""
        tool = BY_NAME.get(name) if isinstance(name, str) else None
        if tool is None:
            raise McpError(INVALID_PARAMS, f"Unknown tool. The tools are {', '.join(BY_NAME)}.")
        try:
            given: Arguments = msgspec.convert({} if arguments is None else arguments, type=tool.arguments)
        except (msgspec.MsgspecError, RecursionError) as error:
            return _faulty(str(error)[:300])
        language = "" if isinstance(given, NameArguments) else given.language or ""
        if language and not is_locale(language):
            return _faulty("There is no such language.")
        try:
            async with asyncio.timeout(self._seconds):
                asker = await asking()
                return await _called(given, await _localised(asker, language, getattr(given, "sentence", "")))
        except TimeoutError:
            return _shown(error_view(DeadlineError("the call took too long")), language or "en")
        except SignInPendingError as error:
            return ToolResult(
                error.text, {"kind": "error", "problem": "not_signed_in", "message": error.text}, failed=True
            )
        except UsageBotError as error:
            return _shown(error_view(error), language or "en")


async def _localised(asker: Asker, language: str, sentence: str) -> Asker:
    """Return the asker, to be answered in `language`, else in that of the sentence."""
    if language:
        return replace(asker, caller=replace(asker.caller, locale=language))
    locale = await asker.answers.answers.locale_of(asker.caller, sentence)
    return replace(asker, caller=locale.of(asker.caller))


async def _called(given: Arguments, asker: Asker) -> ToolResult:
    match given:
        case AskArguments():
            return await _ask(given, asker)
        case CommandArguments():
            return await _run(given, asker)
        case ExplainArguments():
            return await _explain(given, asker)
    return await _find(given, asker)


async def _ask(given: AskArguments, asker: Asker) -> ToolResult:
    found, asked = await asker.answers.read(given.sentence, asker.caller)
    if not isinstance(found, Command):
        return _shown(found, asker.caller.locale)
    if (refused := refusal(found, asker.caller.locale)) is not None:
        return _shown(refused, asker.caller.locale)
    return _answered(await asker.answers.carry_out(found, asker.caller, asked), asker, given.rows)


async def _run(given: CommandArguments, asker: Asker) -> ToolResult:
    command = read_object(given.command)
    if isinstance(command, Unreadable):
        return _faulty(f"This is no command document: {command.reason.value}.")
    if (refused := refusal(command, asker.caller.locale)) is not None:
        return _shown(refused, asker.caller.locale)
    return _answered(await asker.answers.carry_out(command, asker.caller), asker, given.rows)


async def _explain(given: ExplainArguments, asker: Asker) -> ToolResult:
    caller = asker.caller
    found, asked = await asker.answers.read(given.sentence, caller)
    if not isinstance(found, Command):
        return _shown(found, caller.locale)
    request: JsonObject | None = None
    if (question := usage_of(found)) is not None and question.kind is AnswerKind.FIGURES:
        planned = plan(question, asked.names)
        if isinstance(planned, QueryPlan):
            request = request_as_json(found, planned, asker.answers.services.today(caller))
    sentence = sentence_of(found, caller.locale)
    answered = refusal(found, caller.locale) is None
    data = {"kind": "command", "message": sentence, "command": write_object(found), "readOnly": answered}
    return ToolResult(sentence, data | {"request": request})


async def _find(given: NameArguments, asker: Asker) -> ToolResult:
    found = (await asker.answers.names(asker.caller)).completing(given.kind, given.text, given.most)
    names = [{"name": each.name, "id": each.id} for each in found]
    lines = "\n".join(f"{each.name} ({each.id})" for each in found)
    return ToolResult(lines, {"kind": "names", "dimension": given.kind.value, "names": names})


def _answered(answered: UsageAnswer | View, asker: Asker, rows: int) -> ToolResult:
    locale = asker.caller.locale
    if not isinstance(answered, UsageAnswer):
        return _shown(answered, locale, rows)
    view = view_of(answered, rows, today=asker.answers.services.today(asker.caller), language=locale)
    data = _limited(as_json(answered), rows)
    if isinstance(compared := data.get("compared"), dict):
        data = data | {"compared": _limited(compared, rows)}
    return ToolResult(plain_text(view, LocaleWords.load(locale)), data)


def _shown(view: View, locale: str, rows: int = 0) -> ToolResult:
    words = LocaleWords.load(locale)
    data = view_as_json(view, words)
    failed = isinstance(view, ErrorView | SignInView | NotUnderstoodView)
    return ToolResult(plain_text(view, words), _limited(data, rows) if rows else data, failed)


def _limited(data: JsonObject, most: int) -> JsonObject:
    """Return the data with at most so many rows; `leftOut` counts the others."""
    key = next((each for each in _LISTS if each in data), "")
    rows: list[Any] = data.get(key) or []
    return data if len(rows) <= most else data | {key: rows[:most], "leftOut": len(rows) - most}


def _faulty(problem: str) -> ToolResult:
    """Return the result of a call whose arguments are wrong: the program can mend them."""
    return ToolResult(problem, {"kind": "invalid", "message": problem}, failed=True)
