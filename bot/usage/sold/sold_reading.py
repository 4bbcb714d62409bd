"""What a sentence means with the products that were sold. Pure.

The person's names are those of the usage report. The report of sold licenses has further products; they take a request,
so a sentence is read with them only if it may need them, and they are a name only in a question about what was sold.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Command, Export, NewDigest, Usage
from bot.commands.meaning import Meaning
from bot.domain.licensing import Dimension, Entry
from bot.language.composing.reason import Reason
from bot.language.reading.limits.seat_measures import seats_of
from bot.language.reading.reading import Reading, ReadingOutcome
from bot.names.name_folding import loose
from bot.names.name_index import NameIndex
from bot.names.product_words import shown_elsewhere
from bot.usage.onward.offered_instead import ONLY_SOLD

_OF_SOLD = frozenset({AnswerKind.RENEWALS, AnswerKind.SOLD_USE})
_NAMED = frozenset({Dimension.PRODUCT, Dimension.WORKLOAD, Dimension.SERVICE})


def may_name_sold(reading: Reading, usage: NameIndex) -> bool:
    """Return True if a product that only was sold may be in the sentence.

    It has a name that nothing has, or it is about sold licenses and names a product.
    """
    meaning = reading.meaning
    if reading.reason is Reason.NO_SUCH_NAME or (meaning is not None and only_sold(meaning, usage)):
        return True
    if reading.reason is Reason.NOT_OFFERED and shown_elsewhere(reading.what):
        return True
    if meaning is None:
        return False
    if reading.reason is Reason.NOT_UNDERSTOOD and any(each.dimension in _NAMED for each in meaning.names):
        return True  # of `usage of Office 365 Business` the service is a name, and `Business` is not understood
    return is_of_sold(meaning) and (reading.reason is Reason.NOT_UNDERSTOOD or bool(meaning.called(Dimension.PRODUCT)))


def with_sold(first: Reading, second: Reading, usage: NameIndex) -> Reading:
    """Return the reading that holds.

    `second` is the one with the products that were sold. A question about usage has them in it only to be refused by
    their name.
    """
    meaning = second.meaning
    if meaning is None:
        return first
    named = only_sold(meaning, usage)
    if is_of_sold(meaning):
        return second
    if not named:
        return first
    elsewhere = {shown_elsewhere(loose(each.name)) for each in named}
    what = elsewhere.pop() if len(elsewhere) == 1 else ""
    return replace(second, outcome=ReadingOutcome.REFUSE, reason=Reason.NOT_OFFERED, what=what or ONLY_SOLD)


def is_of_sold(meaning: Meaning) -> bool:
    """Return True for a question whose answer has sold licenses."""
    return meaning.kind in _OF_SOLD or seats_of(meaning) is not None


def only_sold(meaning: Meaning, usage: NameIndex) -> Sequence[Entry]:
    """Return the products of the question that the usage report does not have."""
    entries = [entry for each in meaning.names for entry in each.entries if entry.dimension is Dimension.PRODUCT]
    return [entry for entry in dict.fromkeys(entries) if usage.same(entry) is None]


def asks_sold(command: Command) -> bool:
    """Return True for a command whose question is about sold licenses."""
    question = command.question if isinstance(command, Export | NewDigest) else command
    return isinstance(question, Usage) and (question.seats is not None or question.kind in _OF_SOLD)
