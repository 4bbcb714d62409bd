"""Read who lacks what: `customers without Teams usage`. Pure."""

from bot.commands.meaning import Condition, Measure, Unit
from bot.domain.licensing import Dimension
from bot.language.composing.conditions import CONDITIONS
from bot.language.composing.relations import dimension_of, is_name
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind, NameMark
from bot.language.marking.number_marks import Amount

_NOBODY = Condition(Measure.SHARE, "<=", 0, Unit.PERCENT)
_ON = "subject"  # the preposition before what is used
_OF_CUSTOMERS = {Measure.UNUSED.value: _NOBODY, Measure.ACTIVE.value: Condition(Measure.SHARE, ">", 0, Unit.PERCENT)}
_USED = (Dimension.WORKLOAD, Dimension.SERVICE, Dimension.PRODUCT)


def lacking(stream: MarkStream) -> list[Condition]:
    """Take the `without` of `customers without Teams usage`.

    They are those that do not use it. `Fabrikam without Teams` leaves Teams out.
    """
    for at in stream.all_of("except_after", value="lacking"):
        if users := _lacked(stream, at):
            stream.take(CONDITIONS, *users)
            return [_NOBODY]
    for at in stream.all_of("measure"):
        if (limit := _OF_CUSTOMERS.get(stream.value(at))) is not None and _is_of_customers(stream, at):
            stream.take(CONDITIONS, at)
            return [limit]
    for at in stream.all_of("not", "except"):
        if _is_absent(stream, at):
            stream.take(CONDITIONS, at)
            return [_NOBODY]
    for at in stream.all_of("except", value="lacking"):
        end = at + 1
        while stream.is_(end, "prep", "and", MarkKind.NAME):
            end += 1
        named = _names_workload(stream, at + 1, end)
        said = stream.is_(end, "act") and stream.value(end) == "usage"
        if named and (said or (end == len(stream) and stream.is_(_before_products(stream, at), "dim", "who"))):
            stream.take(CONDITIONS, at)
            return [_NOBODY]
    return []


def _before_products(stream: MarkStream, at: int) -> int:
    """Return what is before the products of `customers with E3 but without Teams`."""
    denied = {dimension_of(mark.value) for mark in stream.marks[at:]}
    at -= 1
    if Dimension.PRODUCT in denied:  # no row of E3 is of E1
        return at
    while stream.is_(at, "prep", "have", "and") or (
        is_name(stream, at) and dimension_of(stream.marks[at].value) is Dimension.PRODUCT
    ):
        at -= 1
    return at


def _is_of_customers(stream: MarkStream, at: int) -> bool:
    """Return True for `inactive customers`, and not for `unused customer licenses`."""
    customers = stream.is_(at + 1, "dim") and stream.value(at + 1) == Dimension.CUSTOMER
    return customers and not stream.is_(at + 2, "seats", "measure") and not stream.is_(at - 1, "each", "sort")


def _is_absent(stream: MarkStream, at: int) -> bool:
    """Return True for `customers not on Teams`, and not for `by customer, not on Teams`, which leaves Teams out."""
    before = at - 1 - stream.is_(at - 1, "it")  # "customers that are not on Teams"
    who = stream.is_(before, "who") or (stream.is_(before, "dim") and stream.value(before) == Dimension.CUSTOMER)
    if not who or stream.is_(before - 1, "each"):
        return False
    if stream.is_(at, "except"):
        return stream.value(at) == "absent" and _names_workload(stream, at + 1, at + 2)
    on = stream.is_(at + 1, "prep") and stream.value(at + 1) == _ON
    return on and _names_workload(stream, at + 2, at + 3)


def _lacked(stream: MarkStream, at: int) -> list[int]:
    """Return what belongs to the word: `egyetlen aktív felhasználó nélkül`.

    () if it leaves a name out.
    """
    found: list[int] = []
    start, at = at, at - 1
    while stream.is_(at, "seats", "measure", MarkKind.NAME) or _is_one(stream, at):
        if stream.is_(at, "measure") and stream.value(at) != Measure.ACTIVE:
            return []
        if not stream.is_(at, MarkKind.NAME):
            found.append(at)
        at -= 1
    said = any(stream.is_(each, "measure") or _is_people(stream, each) for each in found)
    lines = stream.is_(at, "dim") or stream.is_(start + 1, "dim")  # `ügyfelek Teams nélkül`
    if said or (lines and _names_workload(stream, at + 1, start)):
        return [start, *found]
    return []


def _is_people(stream: MarkStream, at: int) -> bool:
    """Return True for users: who has no licenses is another question."""
    return stream.is_(at, "seats") and stream.value(at) == "people"


def _is_one(stream: MarkStream, at: int) -> bool:
    amount = stream.marks[at].value if stream.is_(at, MarkKind.NUMBER) else None
    return isinstance(amount, Amount) and amount.value == 1


def _names_workload(stream: MarkStream, start: int, end: int) -> bool:
    named = (stream.marks[at].value for at in range(start, min(end, len(stream))))
    return any(isinstance(each, NameMark) and each.entries and each.entries[0].dimension in _USED for each in named)
