"""The command that carries out a meaning, or what of it is not offered. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.commands import command as commands
from bot.commands.command import ChangeDigest, Clause, Command, DigestAction, HandleDigest, Name, NewDigest, Usage
from bot.commands.document_values import DIGESTS_LIMIT, LARGEST_NUMBER
from bot.commands.meaning import Act, Condition, Keep, Meaning, Measure, Named, Unit
from bot.domain.licensing import Dimension
from bot.query.filters.share_filter import ShareRange, TopBottom

_FIRST_TEN = 10  # "the worst customers": no number was said
_SHOWN = (None, Measure.SHARE, Measure.UNUSED, Measure.ACTIVE, Measure.QUALIFIED, Measure.BEYOND)
_CLAUSES = {
    Dimension.CUSTOMER: Clause.FOR,
    Dimension.WORKLOAD: Clause.ON,
    Dimension.SERVICE: Clause.ON,
    Dimension.PRODUCT: Clause.IN,
    Dimension.CHANNEL: Clause.VIA,
}
_BY_ID = frozenset({Dimension.CUSTOMER, Dimension.PRODUCT})
_PAUSES = frozenset({"pause", "mute"})
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
_ACCOUNT: dict[str, Callable[[], Command]] = {
    "sign_in": commands.SignIn,
    "sign_out": commands.SignOut,
    "who_am_i": commands.WhoAmI,
    "forget_me": commands.ForgetMe,
}


@dataclass(frozen=True, slots=True)
class NotOffered:
    """Something that is understood and that the bot cannot do. `what` is its key: `trend`, `alert`, `language` …"""

    what: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Conditions that nothing fulfils: `below 20% and above 80%`."""


def command_of(meaning: Meaning) -> Command | NotOffered | Contradiction:
    """Return what carries out `meaning`. A name that is several things' stays as it was typed."""
    match meaning.act:
        case Act.USAGE:
            return _usage(meaning)
        case Act.DIGEST:
            question = _usage(meaning)
            return NewDigest(question, meaning.schedule) if isinstance(question, Usage) else question
        case Act.LIST:
            return _list(meaning)
        case Act.MANAGE:
            return _managed(meaning)
        case Act.ACCOUNT:
            made = _ACCOUNT.get(meaning.do)
            return made() if made is not None else NotOffered(meaning.do)
        case Act.HELP:
            return commands.Help()
    return NotOffered(meaning.act.value)


def _list(meaning: Meaning) -> Command | NotOffered:
    match meaning.of:
        case "customers":
            return commands.Customers(meaning.search or None)
        case "workloads":
            return commands.Workloads()
        case "digests":
            return commands.ListDigests()
    return NotOffered("list")


def _managed(meaning: Meaning) -> Command | NotOffered:
    numbers = meaning.target if isinstance(meaning.target, tuple) else ()
    if not meaning.target or any(not 0 < each <= LARGEST_NUMBER for each in numbers):
        return NotOffered("digest")
    timed = meaning.schedule is not None or meaning.clock is not None
    one = meaning.target != "all" and len(numbers) <= 1
    if meaning.do in ("change", DigestAction.OPEN) and not one:
        return NotOffered("several_digests")
    if meaning.day is not None or meaning.period is not None or (timed and meaning.do != "change"):
        return NotOffered("later")  # "stop digest 3 on friday": it would be stopped now
    return _changed(meaning, numbers) if meaning.do == "change" else _handled(meaning, numbers)


def _changed(meaning: Meaning, numbers: tuple[int, ...]) -> Command | NotOffered:
    if meaning.until is not None or (meaning.schedule is not None and meaning.clock is not None):
        return NotOffered("later")
    number = numbers[0] if numbers else None
    return ChangeDigest(number, meaning.schedule, meaning.clock, last=not numbers)


def _handled(meaning: Meaning, numbers: tuple[int, ...]) -> Command | NotOffered:
    if meaning.until is not None and meaning.do not in _PAUSES:
        return NotOffered("later")
    if len(numbers) > DIGESTS_LIMIT:
        return NotOffered("several_digests")
    act = DigestAction.PAUSE if meaning.do in _PAUSES else DigestAction(meaning.do)
    first = numbers[0] if numbers else None
    last, every = meaning.target == "last", meaning.target == "all"
    return HandleDigest(act, first, numbers[1:], last=last, every=every, until=meaning.until)


def _usage(meaning: Meaning) -> Usage | NotOffered | Contradiction:
    if meaning.measure not in _SHOWN:
        return NotOffered(str(meaning.measure))
    if meaning.period is not None:
        return NotOffered("range")
    if meaning.output not in ("", "count", "table"):
        return NotOffered(meaning.output)
    limit = share_range(meaning.conditions)
    if isinstance(limit, NotOffered | Contradiction):
        return limit
    order = _order(meaning.keep)
    if isinstance(order, NotOffered):
        return order
    return Usage(
        customers=_names(meaning, Dimension.CUSTOMER),
        subjects=_names(meaning, Dimension.WORKLOAD, Dimension.SERVICE),
        products=_names(meaning, Dimension.PRODUCT),
        channels=_names(meaning, Dimension.CHANNEL),
        excluded=tuple((_CLAUSES[each.dimension], _name(each)) for each in meaning.names if each.negative),
        by=meaning.by,
        limit=limit,
        order=order,
        as_of=meaning.day,
        expression=meaning.expression,
    )


def _names(meaning: Meaning, *dimensions: Dimension) -> tuple[Name, ...]:
    return tuple(dict.fromkeys(_name(each) for each in meaning.called(*dimensions)))


def _name(named: Named) -> Name:
    if len(named.entries) > 1:
        return Name(named.text)
    entry = named.entries[0]
    # The id stays valid when the name changes. The code of a workload is no id that people see.
    return Name(entry.label, id=entry.id if entry.dimension in _BY_ID else None)


def _order(keep: Keep | None) -> TopBottom | None | NotOffered:
    if keep is None or (keep.measure is Measure.UNUSED and keep.top and keep.n is None):
        return None  # the rows with most unused licenses are the first ones anyway
    if keep.measure is not Measure.SHARE:
        return NotOffered(f"order_{keep.measure.value}")
    return TopBottom(keep.n or _FIRST_TEN, lowest=not keep.top)


def share_range(conditions: tuple[Condition, ...]) -> ShareRange | None | NotOffered | Contradiction:
    """Return the range of percentages that the conditions leave, None for no condition."""
    made: ShareRange | None = None
    for condition in conditions:
        one = _range(condition)
        if one is None:
            return NotOffered("amounts")
        made = one if made is None else _both(made, one)
    if made is not None and made.low is not None and made.high is not None:
        open_end = made.low == made.high and not (made.low_included and made.high_included)
        if made.low > made.high or open_end:
            return Contradiction()
    return made


def _range(condition: Condition) -> ShareRange | None:
    operator, value = condition.operator, condition.value
    if condition.unit is Unit.LICENSES:
        if condition.measure is Measure.ACTIVE and (operator, value) in ((">", 0), (">=", 1)):
            return ShareRange(low=0.0, low_included=False)
        if condition.measure is Measure.ACTIVE and (operator, value) in (("<", 1), ("<=", 0), ("=", 0)):
            return ShareRange(high=0.0)
        return None
    if condition.measure is Measure.UNUSED:
        operator, value = _FLIPPED[operator], 100 - value
    elif condition.measure is not Measure.SHARE:
        return None
    share = round(value / 100, 12)
    match operator:
        case "<" | "<=":
            return ShareRange(high=share, high_included=operator == "<=" or share == 0)
        case ">" | ">=":
            return ShareRange(low=share, low_included=operator == ">=")
    return ShareRange(low=share, high=share)


def _both(one: ShareRange, other: ShareRange) -> ShareRange:
    """Return the range within both."""
    low = max(
        ((each.low, not each.low_included) for each in (one, other) if each.low is not None), default=(None, False)
    )
    high = min(((each.high, each.high_included) for each in (one, other) if each.high is not None),
               default=(None, True))  # fmt: skip
    return ShareRange(low[0], high[0], not low[1], high[1])
