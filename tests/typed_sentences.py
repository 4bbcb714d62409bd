"""What typed sentences ask, for tests that need a command."""

from datetime import UTC, date, datetime, time

from bot.commands.command import Command
from bot.language.reading.sentence_reader import SentenceReader
from bot.names.name_index import NameIndex
from bot.usage.offline_sentence import offline_command
from bot.usage.sentence_result import result_of
from cards.views.answer_views import View

SOME_DAY = date(2018, 10, 24)  # a Wednesday


def parse(text: str, *, today: date = SOME_DAY, names: NameIndex | None = None) -> Command | View:
    """Return the command of `text`, or the view that is shown instead.

    Without `names`, any name is taken as it was typed.
    """
    now = datetime.combine(today, time(10), UTC)
    if names is None:
        return offline_command(text, now)
    return result_of(SentenceReader(names.spans, now).read(text), text)
