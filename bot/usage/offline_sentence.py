"""Read a sentence without a directory of names. Pure."""

from datetime import datetime

from bot.commands.command import Command, NotUnderstood
from bot.commands.meaning import Meaning, Measure, Unit
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.sentence.parser import parse
from bot.usage.offline_names import OFFLINE_SPANS
from bot.usage.sentence_result import result_of
from cards.views.answer_views import View


def offline_command(sentence: str, now: datetime) -> Command | NotUnderstood | View:
    """Return what the sentence asks, or why it is not understood.

    Of the reader's names there are workloads and channels only. A sentence that names anything else is parsed, and any
    name is accepted; but the parser takes a number of licenses for a percentage, so then the view of the reader is
    returned.
    """
    reading = SentenceReader(OFFLINE_SPANS, now).read(sentence)
    found = result_of(reading, sentence)
    if isinstance(found, Command) or (reading.meaning is not None and _says_licenses(reading.meaning)):
        return found
    return parse(sentence, today=now.date())


def _says_licenses(meaning: Meaning) -> bool:
    ranked = meaning.keep is not None and meaning.keep.measure is not Measure.SHARE
    return ranked or any(each.unit is Unit.LICENSES for each in meaning.conditions)
