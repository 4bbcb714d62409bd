"""Words that mean something else beside others.

`only Teams` and `customers using only Teams`; `used by Atlas`, where a customer is named, and `not used by Atlas`,
where a verb is denied. Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import Mark, MarkKind

_TURNED = "turned"  # no kind of the vocabulary: nothing takes it, so it is named
_THINGS = frozenset({"workloads", "products", "services", "things"})
_WITH = "product"  # the preposition of "customers with Teams"
_USER = "user"  # a preposition with its verb: `used by`, `genutzt bei`
_DENIES = "verb"  # a negation that leaves no name out


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


def with_verbs(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks, a denied `used by` as `not` and its verb.

    So is the `but not` of `bought but not used by Atlas`, which leaves out names elsewhere. The `by` of `used by
    product` is that of lines. A `who` behind licenses is no person: `les licences qui ne sont pas utilisées`.
    """
    return list(_with_verbs(MarkStream(marks), marks))


def _with_verbs(stream: MarkStream, marks: Sequence[Mark]) -> Iterator[Mark]:
    places = {id(mark): at for at, mark in enumerate(stream.marks)}  # of marks that carry meaning
    for mark in marks:
        at = places.get(id(mark), -1)
        if stream.is_(at, "not", "except") and _is_denied(stream, at):
            yield replace(mark, kind="not", value=_DENIES)
        elif _is_user(stream, at) and stream.is_(at + 1, "dim"):
            yield replace(mark, end=mark.end - 1, kind="use", value="")
            yield replace(mark, start=mark.end - 1, kind="each", value="by")
        elif _is_user(stream, at) and stream.is_(at - 1, "not", "except"):
            yield replace(mark, kind="use", value="")
        elif stream.is_(at, "who") and stream.is_(at - 1, "seats") and not stream.value(at - 1):
            yield replace(mark, kind="it", value="")
        else:
            yield mark


def _is_denied(stream: MarkStream, at: int) -> bool:
    """Return True before `used by`, and for the `but not` of `but not used`."""
    return _is_user(stream, at + 1) or (stream.is_(at, "except") and stream.is_(at + 1, "use"))


def _is_user(stream: MarkStream, at: int) -> bool:
    return stream.is_(at, "prep") and stream.value(at) == _USER
