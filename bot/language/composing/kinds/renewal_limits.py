"""Read what a question about renewals says of licenses.

`renewals at risk`, `renewals that have unused licenses`. Pure.
"""

from dataclasses import replace

from bot.commands.answer_kind import AnswerKind
from bot.commands.meaning import Condition, Keep, Meaning, Measure, Unit
from bot.language.marking.mark_stream import MarkStream
from bot.query.selling.call_rules import RULES, CallReason

# `at risk` and `with low usage`: the limit below which the call list names what renews.
_LOW = Condition(
    Measure.SHARE, "<", next(each.percent for each in RULES if each.reason is CallReason.RENEWS_UNUSED), Unit.PERCENT
)
_LEFT = Condition(Measure.UNUSED, ">", 0, Unit.LICENSES)
_JUDGED = Keep(True, None, Measure.UNUSED)  # the order of `customers at risk`
_ORDERS = ("each", "sort", "first", "rank")


def with_renewal_limits(stream: MarkStream, meaning: Meaning) -> Meaning:
    """Return a question about renewals with what its words say of a line.

    Its lines are in the order of their days. So words that put other lines in an order say which lines are asked for,
    unless they rank. Any other question stays as it is.
    """
    if meaning.kind is not AnswerKind.RENEWALS:
        return meaning
    meaning = _of_subscriptions(meaning)
    ranks = stream.has(*_ORDERS)
    if meaning.keep == _JUDGED and stream.has("risk") and not ranks:
        return _limited(replace(meaning, keep=None), _LOW)
    if meaning.measure is not Measure.UNUSED or meaning.keep is not None:
        return meaning
    return replace(meaning, keep=_JUDGED) if ranks else _limited(meaning, _LEFT)


def _of_subscriptions(meaning: Meaning) -> Meaning:
    """Return the meaning, its licenses without more words as those that were sold: `more than 50 seats`."""
    sold = {Measure.QUALIFIED: Measure.SOLD}
    conditions = tuple(replace(each, measure=sold.get(each.measure, each.measure)) for each in meaning.conditions)
    keep = meaning.keep and replace(meaning.keep, measure=sold.get(meaning.keep.measure, meaning.keep.measure))
    return replace(meaning, conditions=conditions, keep=keep)


def _limited(meaning: Meaning, limit: Condition) -> Meaning:
    """Return the meaning with the limit; one of the same measure that was said says more."""
    said = any(each.measure is limit.measure for each in meaning.conditions)
    return meaning if said else replace(meaning, conditions=(*meaning.conditions, limit))
