"""The last question in a conversation, and which rows of its answer were shown.

The next sentence may change the question, or ask for more rows.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.commands.command import Command, NewDigest, Usage
from bot.commands.command_document import Unreadable, read, write
from bot.commands.meaning import Act, Meaning
from bot.handlers.handler_context import HandlerContext
from bot.language.reading.meaning_of import meaning_of
from bot.language.reading.reading import Reading, ReadingOutcome
from bot.names.span_lookup import SpanLookup
from bot.usage.command_buttons import PressedButton
from bot.usage.sentence_result import question_in
from bot.usage.usage_answer import ROWS_AT_FIRST


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """The question before.

    `shown`: up to which row its answer was asked for, 0 if something else was shown since. `start`: which of them was
    the first new one.
    """

    document: str
    meaning: Meaning
    shown: int
    start: int


async def asked_before(
    asked: HandlerContext, spans: SpanLookup, sold: Callable[[], Awaitable[SpanLookup | None]]
) -> AskedBefore | None:
    """Return the question that this person asked last in this conversation.

    `sold` is asked for the names with the products that were sold, if the question has a name that is not in `spans`.
    """
    last = await asked.services.memory.questions.last(asked.caller, asked.place)
    if last is None:
        return None
    document, shown, start = last
    command = read(document)
    if isinstance(command, Unreadable):
        return None
    meaning = meaning_of(command, spans)
    if meaning is None and (more := await sold()) is not None:
        meaning = meaning_of(command, more)
    return None if meaning is None else AskedBefore(document, meaning, shown, start)


async def keep_reading(asked: HandlerContext, reading: Reading, before: AskedBefore | None) -> None:
    """Keep the question of a sentence, so that the next sentence can change it."""
    if reading.continues:
        if reading.outcome is not ReadingOutcome.ANSWER:
            return
        await _keep(asked, question_in(reading), asked.shown or 0, asked.start)
    elif reading.meaning is not None and reading.meaning.act is Act.LIST and before is not None and before.shown:
        # "more" after a list of names means none of the figures before it.
        await _keep_document(asked, before.document, 0)
    else:
        await _keep(asked, question_in(reading), ROWS_AT_FIRST)


async def keep_press(asked: HandlerContext, button: PressedButton) -> None:
    """Keep the question of a button; with "show more", also the rows that it asks for.

    The question about a row is known only when its list is found, and is kept then.
    """
    if button.row or button.reshapes:
        return
    if button.rows is None and not isinstance(button.asked, str):
        await keep_question(asked, button.asked)
    elif isinstance(button.asked, Usage):
        await _keep(asked, button.asked, button.rows or ROWS_AT_FIRST, button.start)


async def keep_question(asked: HandlerContext, command: Command) -> None:
    """Keep a question whose answer is shown from its first row."""
    await _keep(asked, command, ROWS_AT_FIRST)


async def _keep(asked: HandlerContext, command: Command | None, shown: int, start: int = 0) -> None:
    if isinstance(command, Usage | NewDigest):
        await _keep_document(asked, write(command), shown, start)


async def _keep_document(asked: HandlerContext, document: str, shown: int, start: int = 0) -> None:
    """Keep a question, unless everything of its asker was erased while it was read: also in this very moment."""
    questions = asked.services.memory.questions
    if not asked.is_forgotten():
        await questions.keep(asked.caller, asked.place, document, shown, start)
        if asked.is_forgotten():
            await questions.forget(asked.caller)
