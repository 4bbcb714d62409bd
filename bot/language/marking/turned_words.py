"""Words that add nothing in most sentences, and change the question in others.

`only Teams` and `customers using only Teams`. Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import Mark, MarkKind

_TURNED = "turned"  # no kind of the vocabulary: nothing takes it, so it is named
_THINGS = frozenset({"workloads", "products", "services", "things"})
_WITH = "product"  # the preposition of "customers with Teams"


def turned(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks, those that change the question with a kind of their own."""
    stream = MarkStream(marks)
    found = {id(stream.marks[at]) for at in _found(stream)}
    return [replace(mark, kind=_TURNED) if id(mark) in found else mark for mark in marks]


def _found(stream: MarkStream) -> Iterator[int]:
    yield from (at for at in stream.all_of("again") if stream.is_(at + 1, "cmp", "than"))  # "again below 50%"
    if not stream.lists_customers:
        return
    yield from (at for at in stream.all_of("only") if _is_of_others(stream, at))
    for at in stream.all_of("everyone"):
        if stream.value(at) in _THINGS and _is_of_use(stream, at - 1):
            yield at


def _is_of_others(stream: MarkStream, at: int) -> bool:
    """Return True for `customers using only Teams`: those that use something else are left out."""
    if _is_of_use(stream, at - 1) and stream.is_(at + 1, MarkKind.NAME):
        return True
    before = at - 1
    while stream.is_(before, MarkKind.NAME, "and"):
        before -= 1
    ends = at + 1 == len(stream) or stream.is_(at + 1, "small", "closing")
    return before < at - 1 and ends and _is_of_use(stream, before)


def _is_of_use(stream: MarkStream, at: int) -> bool:
    """Return True for the verb or the preposition of what customers use."""
    return stream.is_(at, "use", "have") or (stream.is_(at, "prep") and stream.value(at) == _WITH)
