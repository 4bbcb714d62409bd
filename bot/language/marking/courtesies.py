"""Leave out greetings, signatures and the names in them. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.domain.licensing import Dimension
from bot.language.marking.marks import Mark, MarkKind, NameMark
from bot.language.marking.pieces import Piece

_NAME = 2  # words of a name after a greeting
_SIGNED = 4  # words of a signature after "cheers"
_HEADER = 3  # pieces of `From: Jan`
_ASKS = frozenset({"only", "except", "also", "cmp", "percent"})
_SOLD = frozenset({Dimension.WORKLOAD, Dimension.SERVICE, Dimension.PRODUCT})
_END = Mark(0, 0, MarkKind.SIGN, None, 0.0)
_SELDOM = 0.5  # what a word costs at least that seldom is a time
# What is a courtesy by itself, and says something of the thing after it: "great customers".
_DESCRIBED = {
    ("small", "praise"): frozenset({"dim", "those", "seats", "act", "report", "measure", MarkKind.NAME}),
    ("polite", "recent"): frozenset(
        {"dim", "those", "seats", "cmp", "than"}
    ),  # "the newest figures" are those that are shown
}


def without_courtesies(marks: Sequence[Mark], pieces: Sequence[Piece]) -> list[Mark]:
    """Return the marks without a signature, and without names after a greeting."""
    kept = list(marks)
    for index, mark in enumerate(marks):
        closes = _is_line(marks, index, pieces) or (mark.kind == "closing" and _begins(marks, index, pieces))
        if index and closes and not _asks(marks[index + 1 :]):
            kept = list(marks[:index])
            break
    kept = [
        replace(mark, kind=MarkKind.UNKNOWN) if _is_sender(mark, pieces) or _describes(kept, at, pieces) else mark
        for at, mark in enumerate(kept)
    ]
    silent = _greeted(kept, pieces) | _signed(kept, pieces) | _layout(kept, pieces)
    return [mark for index, mark in enumerate(kept) if index not in silent]


def _asks(marks: Sequence[Mark]) -> bool:
    """Return True if what follows a closing word says more of the question: `Regards, Jan. PS: only on Teams`."""
    return any(
        mark.kind in _ASKS or (mark.kind == "prep" and _is_workload(after)) for mark, after in pairwise((*marks, _END))
    )


def _is_workload(mark: Mark) -> bool:
    named = mark.value
    return isinstance(named, NameMark) and any(entry.dimension in _SOLD for entry in named.entries)


def _begins(marks: Sequence[Mark], index: int, pieces: Sequence[Piece]) -> bool:
    """Return True if the mark begins a line or a sentence."""
    before = pieces[marks[index].start - 1]
    return pieces[marks[index].start].breaks or before.ends or before.text in ",;"


def _describes(marks: Sequence[Mark], at: int, pieces: Sequence[Piece]) -> bool:
    """Return True for the `great` of `great customers on Teams`.

    That of `great! customers on Teams` says nothing of them.
    """
    mark, after = marks[at], marks[at + 1 : at + 2]
    if (mark.kind, mark.value) == ("polite", "recent") and _is_behind_customers(marks, at):
        return True
    described = _DESCRIBED.get((mark.kind, str(mark.value)), frozenset())
    if not after or after[0].kind not in described:
        return False
    return not pieces[mark.end - 1].ends and not pieces[mark.end].breaks


def _is_behind_customers(marks: Sequence[Mark], at: int) -> bool:
    """Return True for `clients récents sur Teams`, and not for `par client, récents chiffres`."""
    kinds = [mark.kind for mark in (*marks[max(at - 2, 0) : at], *marks[at + 1 : at + 2])]
    return at > 0 and marks[at - 1].kind in ("dim", "those") and not {"each", "act", "report"}.intersection(kinds)


def _is_line(marks: Sequence[Mark], index: int, pieces: Sequence[Piece]) -> bool:
    """Return True for the line `--` above a signature."""
    start = marks[index].start
    signs = [piece.text for piece in pieces[start : start + 2]]
    after = pieces[start + 2 : start + 3]
    return signs == ["-", "-"] and pieces[start].breaks and bool(after) and after[0].breaks


def _is_sender(mark: Mark, pieces: Sequence[Piece]) -> bool:
    """Return True for the line `From: Jan` above a pasted mail: that is no month to ask about."""
    last = mark.end == len(pieces) or pieces[mark.end].breaks
    headed = mark.end == mark.start + _HEADER and pieces[mark.start + 1].text == ":"
    return mark.kind == MarkKind.TIME and headed and last and not pieces[mark.end - 1].text.isdecimal()


def _layout(marks: Sequence[Mark], pieces: Sequence[Piece]) -> set[int]:
    """Return the positions of what only lays a text out: `> ` before a quoted line, `1.` and `2.` before lines."""
    lines = [at for at, mark in enumerate(marks) if mark.start == 0 or pieces[mark.start].breaks]
    quoted = {at for at in lines if _is_quoting(marks[at], pieces) and _is_followed(marks, at, MarkKind.NUMBER)}
    numbered = {at for at in lines if marks[at].kind == MarkKind.NUMBER and _is_point(marks[at], pieces)}
    return quoted | (numbered if len(numbered) > 1 else set())


def _is_quoting(mark: Mark, pieces: Sequence[Piece]) -> bool:
    return pieces[mark.start].text == ">" and mark.end == mark.start + 1


def _is_followed(marks: Sequence[Mark], at: int, kind: str) -> bool:
    """Return True if a mark follows that is not of this kind."""
    return at + 1 < len(marks) and marks[at + 1].kind != kind


def _is_point(mark: Mark, pieces: Sequence[Piece]) -> bool:
    return mark.end < len(pieces) and pieces[mark.end].text in (".", ")") and pieces[mark.end].glued


def _greeted(marks: Sequence[Mark], pieces: Sequence[Piece]) -> set[int]:
    """Return the positions of an unknown name after a greeting: `Hi John, …`."""
    if not marks or marks[0].kind != "small" or marks[0].value != "hello":
        return set()
    at, found = 1, set[int]()
    # A name may resemble a word: "Marie" is no misspelling of "varie".
    while at < len(marks) and (_may_be_a_first_name(marks[at]) or marks[at].right) and len(found) < _NAME:
        found.add(at)
        at += 1
    ended = at == len(marks) or marks[at].kind == MarkKind.SIGN or pieces[marks[at].start].breaks
    return found if ended else set()


def _may_be_a_first_name(mark: Mark) -> bool:
    """Return True for an unknown word, and for one that seldom is a time: `Jan`."""
    return mark.kind == MarkKind.UNKNOWN or (
        mark.kind == MarkKind.TIME and mark.end == mark.start + 1 and mark.cost > _SELDOM
    )


def _signed(marks: Sequence[Mark], pieces: Sequence[Piece]) -> set[int]:
    """Return the positions of unknown words after thanks at the end: `Cheers, Sam`.

    Some greet at the end as well: `Üdv, Péter`, on a line of its own.
    """
    found: set[int] = set()
    for index in range(len(marks) - 1, -1, -1):
        mark = marks[index]
        if mark.kind in (MarkKind.UNKNOWN, MarkKind.SIGN):
            found.add(index)
        elif _takes_leave(mark) or (index and mark.value == "hello" and pieces[mark.start].breaks):
            unknown = [each for each in found if marks[each].kind == MarkKind.UNKNOWN]
            return set(found) if 0 < len(unknown) <= _SIGNED else set()
        else:
            return set()
    return set()


def _takes_leave(mark: Mark) -> bool:
    return mark.kind in ("small", "closing") and mark.value in ("thanks", "praise", "bye", "")
