"""Read conditions: `below 50%`, `20-40%`, `more than 100 unused licenses`. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.commands.meaning import Condition, Measure, Unit
from bot.language.composing.said_of_number import OF_A_PERCENTAGE, SaidOfNumber, around, complete, note_after, note_left
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind
from bot.language.marking.number_marks import Amount

CONDITIONS = "conditions"
_FLIPPED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_REACHING = {"reach": ">="}
FALLING = "drop"  # a verb that says below: `drops below 50%`
_STRICT = {"<=": "<", ">=": ">"}
_COMPARING = ("cmp", "than")  # "than" counts: "more than 30" says nothing of percent
_BETWEEN = ("prep", "dim", MarkKind.NAME)  # what may be between a number and the verb of its clause
_HOURS = 24
_NEAR = 5.0  # "roughly half" is half, give or take five percent


def conditions(stream: MarkStream) -> list[Condition]:
    """Take every condition of the sentence."""
    if not stream.has(MarkKind.NUMBER, "share"):  # a condition has a number
        return []
    found: list[Condition] = []
    at = 0
    while at < len(stream):
        read = _read(stream, at, found[-1] if found and _continues(stream, at) else None)
        if read is None:
            at += 1
            continue
        said, end = read
        found += said
        at = end
    return found


def condition_at(stream: MarkStream, at: int) -> tuple[list[Condition], int] | None:
    """Take the condition that begins at `at`.

    Return it and where it ends, None if there is none.
    """
    return _read(stream, at)


def contradictory(found: Sequence[Condition]) -> bool:
    """Return True if nothing can meet all of them: `below 20% and above 80%`."""
    for measure, unit in {(each.measure, each.unit) for each in found}:
        same = [each for each in found if (each.measure, each.unit) == (measure, unit)]
        least = max((each.value for each in same if each.operator in (">", ">=", "=")), default=None)
        most = min((each.value for each in same if each.operator in ("<", "<=", "=")), default=None)
        if least is not None and most is not None and least > most:
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Opening:
    """What is before a number: the comparison, if there is one. `at`: where the number is."""

    at: int
    operator: str = ""
    negated: bool = False
    counted: bool = False
    reached: bool = False  # by a verb, which a later "not" denies: `erreicht 50 % nicht`


def _opening(stream: MarkStream, at: int) -> _Opening:
    negated = False
    if stream.is_(at, "not"):  # "not above 30%", "do not use at least 40%"
        compared = at + 2 if stream.is_(at + 1, "use", "have") else at + 1
        if stream.is_(compared, *_COMPARING):
            negated, at = True, compared
    if stream.is_(at, *_COMPARING):
        said = _compared(stream, at)
        return _Opening(at + 1, _REACHING.get(said, said), negated, stream.is_(at, "than"), said in _REACHING)
    if stream.is_(at, "tail") and _number(stream, at + 1):  # "and below 50%" excludes 50%, "20% and below" includes 20%
        return _Opening(at + 1, _STRICT.get(_compared(stream, at), _compared(stream, at)), negated)
    return _Opening(at)


def _compared(stream: MarkStream, at: int) -> str:
    """Return the operator of a comparison, before or behind its number."""
    said = stream.value(at)
    return "<" if said == FALLING else said


def _continues(stream: MarkStream, at: int) -> bool:
    """Return True directly behind another condition: the `but more than 10` of `under 30% but more than 10`."""
    before = at - 1 - stream.is_(at - 1, "and")
    return stream.taken.get(before) == CONDITIONS


def _read(stream: MarkStream, at: int, earlier: Condition | None = None) -> tuple[list[Condition], int] | None:
    """Read the condition at `at`; what it does not say is as in the `earlier` one."""
    opening = _opening(stream, at)
    numbers = _numbers(stream, opening.at)
    if numbers is None:
        return None
    values, end, percent = numbers
    of_lines = _is_of_lines(stream, end, counted=not percent)
    if of_lines or not _fits(opening, len(values)) or stream.is_(at - 1, "change"):
        return None
    said = around(stream, at, end, counted=opening.counted and not percent)
    said.percent = said.percent or percent
    end = max((position + 1 for position in said.positions if position >= end), default=end)
    tail = ""
    own = not opening.operator and percent and len(values) == 1  # `18% alatt 20 licenc`: it opens no other condition
    if stream.is_(end, "tail") and (own or _number(stream, end + 1) is None):
        tail = _compared(stream, end)
        end = note_after(stream, end + 1, said)
    if (late := _late(stream, end, opening, tail)) is not None:
        opening, tail = late.opening, late.tail
        said.positions += late.positions
    note_left(stream, end, said)
    operator = _denied(stream, at, _operator(opening, tail, len(values)), tail, said)
    if not operator and values in ([0], [100]) and (said.percent or (said.measure and values == [0])):
        operator = "="  # `customers with 0% on Teams`, `0 unused licenses`
    if said.unitless and (joined := _joined(stream, at, end, operator, values)):
        return joined
    if operator:
        complete(stream, at, said, earlier)
    if not operator or (opening.counted and said.unitless):  # "more than 30" of what?
        return None
    made = None if _is_of_another_thing(stream, at, end, values, said) else _made(operator, values, said)
    if made is not None:
        limit = (each for each in range(at, end) if not stream.is_(each, MarkKind.NAME))  # `200 Exchange licenses`
        stream.take(CONDITIONS, *limit, *said.positions)
    return None if made is None else (made, end)


def _joined(
    stream: MarkStream, at: int, end: int, operator: str, values: list[float]
) -> tuple[list[Condition], int] | None:
    """Read `more than 20 and fewer than 50 unused licenses`, `at least 10 but fewer than 50 users`.

    The first number is of what the second one is of.
    """
    after = end + stream.is_(end, "and")
    if operator not in _FLIPPED or not stream.is_(after, *_COMPARING):
        return None
    second = _read(stream, after)
    if second is None:
        return None
    stream.take(CONDITIONS, *range(at, after))
    found, last = second
    return [Condition(found[0].measure, operator, values[0], found[0].unit), *found], last


@dataclass(frozen=True, slots=True)
class _Late:
    """What the end of a clause says of the number in it."""

    opening: _Opening
    tail: str
    positions: tuple[int, ...]


def _late(stream: MarkStream, end: int, opening: _Opening, tail: str) -> _Late | None:
    """Return what the end of the clause says of the number, if names are between them.

    `die 50 % auf Teams nicht erreichen`, `erreichen 50 % nicht`.
    """
    at = end
    while stream.is_(at, *_BETWEEN):
        at += 1
    if tail or at >= len(stream):
        return None
    if at > end and not opening.operator and stream.is_(at, "tail") and _number(stream, at + 1) is None:
        return _Late(opening, _compared(stream, at), (at,))
    denied = stream.is_(at, "not") and opening.operator in _FLIPPED and not opening.negated
    if denied and (opening.reached or at + 1 == len(stream)):
        return _Late(replace(opening, negated=True), tail, (at,))
    return None


def _fits(opening: _Opening, numbers: int) -> bool:
    """Return True if the comparison has as many numbers as it needs. `not between` is no range."""
    if opening.negated and opening.operator not in _FLIPPED:
        return False
    if numbers > 1:
        return opening.operator in ("", "between", "about")
    return opening.operator != "between"


def _operator(opening: _Opening, tail: str, numbers: int) -> str:
    """Return the operator that the words before and behind the number say together; "" if they say none."""
    operator = opening.operator or ("between" if numbers > 1 else "")
    if tail and operator in ("", "=", "about"):
        return tail
    return _FLIPPED[operator] if opening.negated else operator


def _denied(stream: MarkStream, at: int, operator: str, tail: str, said: SaidOfNumber) -> str:
    """Return the operator that `nincs 50% felett` and `nicht 50 % erreichen` deny, turned round."""
    denied = operator == tail in _FLIPPED and stream.is_(at - 1, "not") and not stream.is_(at - 2, "use")
    said.positions += [at - 1] * denied
    return _FLIPPED[tail] if denied else operator


def _is_of_lines(stream: MarkStream, at: int, *, counted: bool) -> bool:
    """Return True after the number in `exactly 3 products` and `half of the customers`: it counts no licenses.

    `counted`: it is no percentage. Then `one of Teams and Skype` counts names.
    """
    if stream.is_(at, "inof") or (stream.is_(at, "prep") and stream.value(at) == "of"):
        at += 1
        if counted and stream.is_(at, MarkKind.NAME) and stream.is_(at + 1, "and", MarkKind.NAME):
            return True
    return stream.is_(at, "dim")


def _is_of_another_thing(stream: MarkStream, start: int, end: int, values: list[float], said: SaidOfNumber) -> bool:
    """Return True if the numbers are hours, or say how many work for a customer."""
    return (said.unitless and _are_hours(stream, start, end, values)) or _is_of_size(stream, said.positions)


def _is_of_size(stream: MarkStream, said: Sequence[int]) -> bool:
    """Return True for `customers with more than 50 employees`: how many work there is not how many use something."""
    staff = any(stream.marks[at].kind == "seats" and stream.value(at) == "staff" for at in said)
    return staff and not stream.has("use", "measure", MarkKind.NAME)


def _are_hours(stream: MarkStream, start: int, end: int, values: list[float]) -> bool:
    """Return True for the numbers of `yesterday between 9 and 12`: what may be hours is no percentage."""
    start -= stream.is_(start - 1, "cmp")
    beside = stream.is_(start - 1, MarkKind.TIME) or stream.is_(end, MarkKind.TIME)
    return len(values) > 1 and max(values) <= _HOURS and beside


def _numbers(stream: MarkStream, at: int) -> tuple[list[float], int, bool] | None:
    """Read one number or two: `20 and 40`, `20-40`, `9 in 10`. Return values, end, and whether they are shares."""
    first = _number(stream, at)
    if first is None:
        return None
    value, end, percent = first
    other = _number(stream, end + 1)
    if other is None:
        return [value], end, percent
    if (stream.is_(end, "inof") or _is_in(stream, end)) and not other[2] and other[0] > 0:
        part, whole = (other[0], value) if stream.value(end) == "reversed" else (value, other[0])  # `10-ből 9`
        return [100 * part / whole if whole else 0.0], other[1], True
    if stream.is_(end, "and", "to", "versus", "range") and other[0] >= value:
        return [value, other[0]], other[1], percent or other[2]
    return [value], end, percent


def _is_in(stream: MarkStream, at: int) -> bool:
    """Return True for the preposition of `9 in 10` and `9 of 10`."""
    return stream.is_(at, "prep") and stream.value(at) in ("of", "product")


def _number(stream: MarkStream, at: int) -> tuple[float, int, bool] | None:
    if stream.is_(at, "share"):
        return float(stream.value(at)), at + 1, True
    amount = stream.marks[at].value if stream.is_(at, MarkKind.NUMBER) else None
    if not isinstance(amount, Amount):
        return None
    if stream.is_(at + 1, "percent"):
        return amount.value, at + 2, True
    return amount.value, at + 1, amount.percent


def _made(operator: str, values: list[float], said: SaidOfNumber) -> list[Condition] | None:
    unit = Unit.PERCENT if said.percent else None if said.unitless else Unit.LICENSES
    if unit is None:  # "below 50": a percentage, if it can be one
        if max(values) > 100 or any(0 < value < 1 for value in values):  # is "0.5" a half, or half a percent?
            return None
        unit = Unit.PERCENT
    if unit is Unit.PERCENT:
        measure = said.measure if said.measure in OF_A_PERCENTAGE else Measure.SHARE
    else:
        measure = said.measure or said.ranked or (Measure.ACTIVE if said.people else Measure.QUALIFIED)
    if operator == "between":
        if len(values) == 1:  # `20 közötti`, without the other end
            return None
        low, high = values
        return [Condition(measure, ">=", low, unit), Condition(measure, "<=", high, unit)]
    if operator == "about":
        low, high = (values[0] - _NEAR, values[0] + _NEAR) if len(values) == 1 else values
        return [Condition(measure, ">=", low, unit), Condition(measure, "<=", high, unit)]
    return [Condition(measure, operator, values[0], unit)]
