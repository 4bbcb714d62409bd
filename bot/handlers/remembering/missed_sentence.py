"""Note that a typed sentence was asked back or refused."""

import asyncio

from bot.commands.command import Command
from bot.handlers.handler_context import HandlerContext
from bot.language.marking.worded_sentence import WordedSentence
from bot.language.reading.nameless.nameless_sentence import nameless
from bot.language.reading.reading import Reading
from bot.names.name_index import NameIndex
from bot.usage.memory.missed_sentences import missed
from cards.views.answer_views import View


async def note_missed(sentence: WordedSentence, reading: Reading, found: Command | View, asked: HandlerContext) -> None:
    """Count the sentence if it was missed, and keep its text if a setting says so.

    A text is kept only if the names of the caller are known: without them, names of common words would stay in it.
    """
    kind = missed(reading, found)
    if kind is None:
        return
    misses = asked.services.memory.misses
    misses.count(kind, sentence.language)
    if misses.keeps and isinstance(asked.known, NameIndex):
        # Names are looked up in every part of the sentence, which takes longer than reading it.
        text = await asyncio.to_thread(nameless, sentence, asked.known.spans)
        if not asked.is_forgotten():
            await misses.keep(asked.caller, kind, sentence.language, text)
