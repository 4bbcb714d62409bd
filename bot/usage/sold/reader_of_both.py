"""Read sentences with the names of both reports.

For programs that have loaded them. Pure.
"""

from datetime import datetime

from bot.commands.meaning import Meaning
from bot.language.marking.worded_sentence import ENGLISH
from bot.language.reading.reading import Reading
from bot.language.reading.sentence_reader import SentenceReader
from bot.names.name_index import NameIndex
from bot.usage.sold.sold_reading import may_name_sold, with_sold


class ReaderOfBoth:
    """Reads with the names of usage.

    Reads again with the products that were sold, where these may be meant.
    """

    def __init__(self, usage: NameIndex, sold: NameIndex, now: datetime) -> None:
        self._usage = usage
        self._first = SentenceReader(usage.spans, now)
        self._second = SentenceReader(sold.spans, now)

    def read(self, text: str, language: str = ENGLISH, before: Meaning | None = None) -> Reading:
        """Return what `text` means, which follows a question that meant `before`."""
        first = self._first.read(text, language, before)
        if not may_name_sold(first, self._usage):
            return first
        return with_sold(first, self._second.read(text, language, before), self._usage)
