"""Judge what was understood of a sentence of the corpora.

Each line of `<language>.jsonl` has a sentence and what it must mean, in the form of docs `usagebot explain --lines`
prints. `{"oneOf": […]}`: any of these; `{"any": true}`: any value; `{"low": true}`: conditions that select who uses
little; `anyOf`: several acceptable outcomes.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.query.filters.expression import And, Eq, Expression, Ne, Or
from bot.query.filters.filter_parser import parse_filter

# Fields that change the answer: none may be understood where the sentence does not say it.
NARROWING = ("filter", "conditions", "keep", "day", "from", "to", "versus", "search", "until", "target", "only", "mine")
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class Grade(StrEnum):
    """How well a sentence was understood."""

    RIGHT = "right"
    ASKED = "asked"  # it was asked back or refused, although it could be answered
    WRONG = "WRONG"  # another question was answered


def grade(expected: Mapping[str, Any], said: Mapping[str, Any], identity: Callable[[str, str], str]) -> Grade:
    """Return the best grade of any acceptable outcome.

    `identity(kind, name)` returns the id of an entry; `kind` is the part of a field's name before "Name".
    """
    options = expected.get("anyOf", [expected])
    if any(_is_right(option, said, identity) for option in options):
        return Grade.RIGHT
    return Grade.WRONG if said["outcome"] == "answer" else Grade.ASKED


def _is_right(option: Mapping[str, Any], said: Mapping[str, Any], identity: Callable[[str, str], str]) -> bool:
    why = (said.get("why") or {}).get("kind")
    meaning = said.get("meaning") or {}
    outcome = "help" if meaning.get("act") == "help" and said["outcome"] == "answer" else said["outcome"]
    if outcome not in option["outcome"]:
        return False
    if outcome == "refuse" and "answer" in option["outcome"] and why != "not_offered":
        return False
    if outcome in ("ask", "refuse") and option.get("why") and why not in option["why"]:
        return False
    unknown = " ".join(span["text"] for span in said.get("not_understood") or ()).casefold()
    if outcome in ("ask", "refuse") and option.get("not_understood", "") not in unknown:
        return False
    if option.get("corrected") and not said.get("corrected"):
        return False
    return not different(option, meaning, identity)


def different(option: Mapping[str, Any], meaning: Mapping[str, Any], identity: Callable[[str, str], str]) -> list[str]:
    """Return the fields that mean something else than expected."""
    want, got, ignored = _plain(option.get("meaning") or {}), _plain(meaning), option.get("ignore", ())
    wrong = [field for field in want if not _agrees(field, want[field], got.get(field), identity)]
    if "act" in want:
        wrong += [each for each in NARROWING if got.get(each) and each not in want and each not in ignored]
    return wrong


def _plain(meaning: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that were said: a comparison and a file are usage, and the share is the default measure."""
    said = {field: value for field, value in meaning.items() if value not in (None, [])}
    if said.get("act") == "export":
        said.setdefault("output", "csv")
    if said.get("output") == "xlsx":  # either file
        said["output"] = "csv"
    if said.get("act") in ("compare", "export"):
        said["act"] = "usage"
    if said.get("measure") == "share":
        del said["measure"]
    return said


def _agrees(field: str, want: Any, got: Any, identity: Callable[[str, str], str]) -> bool:
    if isinstance(want, dict) and "oneOf" in want:
        return any(_agrees(field, each, got, identity) for each in want["oneOf"])
    if want is None or got is None:
        return want is got or (field == "filter" and not want and not got)
    if isinstance(want, dict) and want.get("any"):
        return True
    if field == "filter":
        return _terms(want, identity) == _terms(got, identity)
    if isinstance(want, list) and field != "conditions":
        return isinstance(got, list) and sorted(want, key=str) == sorted(got, key=str)
    same = _SAME.get(field)
    return str(want).casefold() == str(got).casefold() if same is None else same(want, got)


def _same_order(want: Mapping[str, Any], got: Mapping[str, Any]) -> bool:
    n = want.get("n")
    free = n is None or (isinstance(n, dict) and n.get("any"))  # no number was said
    counted = free or n == got.get("n") or (isinstance(n, dict) and got.get("n") in n.get("oneOf", ()))
    return bool(counted) and (want["end"], want["measure"]) == (got["end"], got["measure"])


def _terms(text: str, identity: Callable[[str, str], str]) -> object:
    """Return a filter without the order of its terms, each name replaced by its id."""

    def told(expression: Expression) -> object:
        match expression:
            case Eq(field, value) | Ne(field, value):
                kind = field.value.removesuffix("Name").removesuffix("TenantId").removesuffix("Id").removesuffix("Code")
                known = identity(kind, value) if field.value.endswith("Name") else value.casefold()
                return type(expression).__name__, kind, known
            case And(terms) | Or(terms):
                return type(expression).__name__, frozenset(_flat(type(expression), terms, told))
        raise AssertionError(expression)

    return told(parse_filter(text)) if text else ""


def _flat(kind: type[Any], terms: Sequence[Expression], told: Callable[[Expression], object]) -> list[object]:
    """Return the terms of an expression, those of the same kind within it included."""
    return [
        inner
        for term in terms
        for inner in (_flat(kind, term.terms, told) if isinstance(term, kind) else [told(term)])  # type: ignore[attr-defined]
    ]


def _same_conditions(want: Any, got: Sequence[Mapping[str, Any]]) -> bool:
    found = {_condition(each) for each in got}
    if isinstance(want, dict):
        return bool(found) and all((measure, operator[0]) in {("share", "<"), ("unused", ">")}
                                   for measure, operator, _ in found)  # fmt: skip
    return found == {_condition(each) for each in want}


def _condition(each: Mapping[str, Any]) -> tuple[str, str, float]:
    """Return measure, operator and value. `over 60 % unused` is a share below 40 %, and `> 4 licenses` is `>= 5`."""
    measure, operator, value = each["measure"], each["operator"], float(each["value"])
    if each["unit"] == "licenses":
        operator, value = {"<": ("<=", value - 1), ">": (">=", value + 1)}.get(operator, (operator, value))
        if measure == "active" and value in (0, 1):  # no user, or some user
            measure, operator, value = ("share", "<", 0.0) if operator != ">=" else ("share", ">", 0.0)
        elif (measure, operator, value) == ("beyond", ">=", 1):
            measure, operator, value = "share", ">", 100.0
    elif measure == "unused":
        measure, operator, value = "share", _FLIPPED[operator], 100 - value
    return measure, operator[0] if measure == "share" else operator, round(value, 1)


def _same_times(want: Mapping[str, Any], got: Mapping[str, Any]) -> bool:
    times = got.get("next") or []
    if "time" in want:
        return bool(times) and all(moment[11:16] == want["time"] for moment in times)
    if not times or (len(want["next"]) == 1) != (len(times) == 1):
        return False
    return all(
        first == second[:10] if len(first) == 10 else datetime.fromisoformat(first) == datetime.fromisoformat(second)
        for first, second in zip(want["next"], times, strict=False)
    )


_SAME: Mapping[str, Callable[[Any, Any], bool]] = {
    "conditions": _same_conditions,
    "schedule": _same_times,
    "keep": _same_order,
}
