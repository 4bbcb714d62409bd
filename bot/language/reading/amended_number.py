"""Change a number of the last question: `make that 30`, `only 5`. Pure."""

from dataclasses import replace

from bot.commands.meaning import Act, Keep, Meaning, Unit
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind
from bot.language.marking.number_marks import Amount

_WHOLE = 100  # percent
# What may be said beside the number.
_BESIDE = frozenset({"percent", "do", "to", "small", "follow", "also", "only", "same", "again", "instead", "it"})
_CHANGE = "change"


def amended(stream: MarkStream, before: Meaning) -> Meaning | None:
    """Return the question with another number: `make that 30` after `below 50%`.

    None if the sentence says anything else, or if the question has not one number that it may be.
    """
    amount = _amount(stream)
    counted = any(stream.is_(at + 1, "it") for at in stream.all_of(MarkKind.NUMBER))  # "only 5 of them" is no limit
    if (
        amount is None
        or counted
        or before.act is Act.DIGEST
        or any(stream.value(at) != _CHANGE for at in stream.all_of("do"))
    ):
        return None
    percent = amount.percent or stream.has("percent")
    if len(before.conditions) == 1 and (before.keep is None or percent):
        return _limited(before, amount.value, percent=percent)
    if before.keep is None or before.conditions or percent:
        return None
    return _ranked(before, before.keep, amount.value)


def _amount(stream: MarkStream) -> Amount | None:
    """Return the only number of a sentence that says nothing else."""
    values = [mark.value for mark in stream.marks if mark.kind == MarkKind.NUMBER]
    said = {mark.kind for mark in stream.marks} - {MarkKind.NUMBER}
    value = values[0] if len(values) == 1 and said <= _BESIDE else None
    return value if isinstance(value, Amount) else None


def _limited(before: Meaning, value: float, *, percent: bool) -> Meaning | None:
    limit = before.conditions[0]
    in_percent = limit.unit is Unit.PERCENT
    if (percent and not in_percent) or (in_percent and value > _WHOLE):
        return None
    return replace(before, conditions=(replace(limit, value=value),))


def _ranked(before: Meaning, keep: Keep, value: float) -> Meaning | None:
    return replace(before, keep=replace(keep, n=int(value))) if value == int(value) and value >= 1 else None
