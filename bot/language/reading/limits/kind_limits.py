"""What of a meaning an answer of another kind than figures cannot show. Pure."""

from bot.commands.answer_kind import AnswerKind
from bot.commands.meaning import Act, Meaning, Measure
from bot.domain.licensing import Dimension
from bot.language.reading.not_offered import NotOffered

SOLD = frozenset({AnswerKind.RENEWALS, AnswerKind.CALLS})
# A line of either is of a customer; a renewal's is of a product of it too.
_LINES = {
    AnswerKind.RENEWALS: frozenset({Dimension.CUSTOMER, Dimension.PRODUCT}),
    AnswerKind.CALLS: frozenset({Dimension.CUSTOMER}),
}
_RANKED = frozenset({Measure.SHARE, Measure.UNUSED, Measure.ACTIVE, Measure.QUALIFIED, Measure.SOLD})
_BOTH = frozenset({Dimension.CUSTOMER, Dimension.PRODUCT})
_ASSIGNED = frozenset({Measure.ASSIGNED, Measure.UNASSIGNED, Measure.OVERASSIGNED})
_SHOWN = frozenset({None, Measure.SHARE, Measure.UNUSED})


def not_of_kind(meaning: Meaning) -> NotOffered | None:
    """Return what the answer of this kind cannot show.

    None for a question about figures.
    """
    if meaning.kind not in SOLD:
        return _not_of_sold_use(meaning) if meaning.kind is AnswerKind.SOLD_USE else None
    name = meaning.kind.value
    if meaning.only is not None:
        return NotOffered(f"condition_{name}")
    if meaning.act is Act.ALERT and meaning.kind is AnswerKind.CALLS:
        return NotOffered(Act.ALERT.value)
    dated = meaning.day is not None or meaning.versus is not None or meaning.goes_on
    if dated or (meaning.kind is AnswerKind.CALLS and meaning.period is not None):
        return NotOffered(f"day_{name}")
    if set(meaning.by) - _LINES[meaning.kind] or meaning.measure not in _SHOWN or meaning.output == "count":
        return NotOffered(f"lines_{name}")
    return NotOffered(f"lines_{name}") if _is_narrower(meaning) else None


def _not_of_sold_use(meaning: Meaning) -> NotOffered | None:
    """Return what the use of sold licenses cannot show: other days, and numbers of assigned licenses as limits."""
    name = meaning.kind.value
    if meaning.only is not None:
        return NotOffered(f"condition_{name}")
    if meaning.act is Act.ALERT:
        return NotOffered(Act.ALERT.value)
    if meaning.day or meaning.period or meaning.versus or meaning.goes_on or meaning.moved:
        return NotOffered(f"day_{name}")
    limits = {each.measure for each in meaning.conditions} | ({meaning.keep.measure} if meaning.keep else set())
    if limits & _ASSIGNED or set(meaning.by) - _BOTH or meaning.output == "count" or meaning.expression is not None:
        return NotOffered(f"lines_{name}")
    return None


def _is_narrower(meaning: Meaning) -> bool:
    """Return True if names or a ranking ask for less, or for another order, than the answer can have."""
    if meaning.called(Dimension.CHANNEL) or meaning.called(Dimension.CHANNEL, negative=True) or meaning.expression:
        return True
    keep = meaning.keep
    if meaning.kind is AnswerKind.RENEWALS:
        return keep is not None and keep.measure not in _RANKED
    named = meaning.called(Dimension.CUSTOMER, Dimension.PRODUCT) or meaning.renewing
    ranked = keep is not None and (not keep.top or keep.measure not in (Measure.SHARE, Measure.UNUSED))
    return bool(named or ranked)


def lists_by_kind(meaning: Meaning) -> bool:
    """Return True if the kind says by what the answer is listed."""
    return meaning.kind in SOLD
