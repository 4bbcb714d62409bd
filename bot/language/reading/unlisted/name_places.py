"""Find the words that may be a name that no list has.

They are where a name would be, or have a capital letter. Pure.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.licensing import Dimension
from bot.language.marking.marks import Mark, MarkKind, NameMark
from bot.language.marking.pieces import Piece

# What the words before a name say of it, by the kind and the value of their mark.
_SAYS: Mapping[str, Mapping[object, Dimension]] = {
    "prep": {
        "customer": Dimension.CUSTOMER,
        "user": Dimension.CUSTOMER,
        "subject": Dimension.WORKLOAD,
        "used": Dimension.WORKLOAD,
        "product": Dimension.PRODUCT,
        "channel": Dimension.CHANNEL,
    },
    "follow": {},
    "heed": {},  # `follow Fabrikam`
    "inof": {"in": Dimension.PRODUCT},
    "except": {"absent": Dimension.WORKLOAD},
    "use": {"": Dimension.WORKLOAD},
    "those": {None: Dimension.CUSTOMER},
    "dim": {each.value: each for each in Dimension},
}
_KEEPS = frozenset({"and", "article", "filler", "not", MarkKind.NAME, MarkKind.SIGN})
_ENDS = frozenset({"prep", "follow", "inof", "and", "except", "not", "cmp", "per", "to", MarkKind.TIME})
_ASKING = frozenset({"prep", "inof", "act"})  # what follows a customer that begins a question
_COUNTED = frozenset({"percent", "seats"})
_COUNT = re.compile(r"[0-9]+[a-z]{1,2}")  # `32nd`, `25h`
_JOINTS = frozenset("&+")
_GLUE = frozenset("-–./'’_@:")  # inside a word: contoso.com


@dataclass(frozen=True, slots=True)
class NamePlace:
    """The pieces from `start` up to `end` are a name of `dimension`."""

    start: int
    end: int
    dimension: Dimension


class NamePlaces:
    """The places of names in the marks that cover a sentence."""

    def __init__(self, pieces: Sequence[Piece], marks: Sequence[Mark]) -> None:
        self._pieces = pieces
        self._marks = marks

    def __iter__(self) -> Iterator[NamePlace]:
        """Yield the places, in order: also those of names that are known already."""
        said: Dimension | None = None
        begin = at = 0  # what is before `begin` belongs to no further name
        while at < len(self._marks):
            mark = self._marks[at]
            if _is_listed(mark):
                yield NamePlace(mark.start, mark.end, said or Dimension.CUSTOMER)
                said = said or _kind(mark)  # "except Skype and Teams"
            elif (self._is_nothing(mark) or self._is_letter(at)) and (said is not None or self._is_titled(at)):
                last = self._last(at)
                first = self._first(at, begin) if said is not None else at
                kind = said or Dimension.CUSTOMER
                kind = Dimension.PRODUCT if isinstance(mark.value, NameMark) and mark.value.product else kind
                yield NamePlace(self._marks[first].start, self._marks[last].end, kind)
                at, begin = last, last + 1
            elif mark.kind in _SAYS:
                said = _SAYS[mark.kind].get(mark.value, Dimension.CUSTOMER)
                begin = at + 1
            elif mark.kind not in _KEEPS and not self._may_begin(at, begin):
                said = None
            begin = begin if said is None or mark.kind not in ("and", MarkKind.NAME) else at + 1
            at += 1

    def _is_titled(self, at: int) -> bool:
        """Return True for a word with a capital letter that does not begin the sentence."""
        start = self._marks[at].start
        begins = start == 0 or self._pieces[start - 1].ends
        if at and self._marks[at - 1].kind == MarkKind.TIME:  # "every day at 9 Cuba time"
            return False
        return self._pieces[start].text[:1].isupper() and (not begins or self._is_asked_about(at))

    def _is_asked_about(self, at: int) -> bool:
        """Return True for what begins `TEST COMPANY on Exchange` and `Contoso's usage`."""
        after = next((mark for mark in self._marks[self._last(at) + 1 :]), None)
        return after is not None and (after.kind in _ASKING or self._pieces[after.start].folded == "'s")

    def _is_letter(self, at: int) -> bool:
        """Return True for `A` in a list, which is no article there."""
        mark = self._marks[at]
        text = self._pieces[mark.start].text
        after = self._marks[at + 1] if at + 1 < len(self._marks) else None
        ends = after is None or self._pieces[after.start].is_sign or after.kind in _ENDS
        return mark.kind == "article" and len(text) == 1 and text.isupper() and ends

    def _first(self, at: int, begin: int) -> int:
        """Return where the name begins.

        `The` and `Top` before an unknown word are a part of it.
        """
        while at > begin and self._may_begin(at - 1, begin) and self._marks[at - 1].kind not in _ENDS - {MarkKind.TIME}:
            at -= 1
        return at

    def _may_begin(self, at: int, begin: int) -> bool:
        """Return True for `Daily` where the name `Daily Planet` may begin."""
        words = self._pieces[self._marks[at].start : self._marks[at].end]
        return at >= begin and all(word.text[:1].isupper() for word in words) and not _is_listed(self._marks[at])

    def _is_of_it(self, at: int) -> bool:
        mark = self._marks[at]
        return mark.kind not in _ENDS and not _is_listed(mark) and not self._pieces[mark.start].is_sign

    def _last(self, at: int) -> int:
        """Return the last mark of the name.

        It continues with unknown words, capital letters and what joins them.
        """
        last = at
        for after in range(at + 1, len(self._marks)):
            mark = self._marks[after]
            piece = self._pieces[mark.start]
            if piece.breaks and self._is_nothing(mark):
                break
            joins = piece.text in _JOINTS or (piece.text in _GLUE and piece.glued and self._is_glued_behind(mark))
            if joins:
                continue
            if piece.is_sign or not self._goes_on(after):
                break
            last = after
        return last

    def _is_glued_behind(self, mark: Mark) -> bool:
        return mark.end < len(self._pieces) and self._pieces[mark.end].glued

    def _is_nothing(self, mark: Mark) -> bool:
        """Return True for an unknown word, an id or a product that is sold."""
        if isinstance(mark.value, NameMark):
            return not mark.value.entries
        return mark.kind == MarkKind.UNKNOWN and not _COUNT.fullmatch(self._pieces[mark.start].text)

    def _goes_on(self, at: int) -> bool:
        mark = self._marks[at]
        if self._is_nothing(mark):
            return True
        if mark.kind == MarkKind.NUMBER:
            return at + 1 == len(self._marks) or self._marks[at + 1].kind not in _COUNTED
        is_company = mark.kind == "dim" and mark.value == Dimension.CUSTOMER  # "for test company"
        return self._is_of_it(at) and (is_company or self._pieces[mark.start].text[:1].isupper())


def _kind(mark: Mark) -> Dimension | None:
    return mark.value.entries[0].dimension if isinstance(mark.value, NameMark) else None


def _is_listed(mark: Mark) -> bool:
    return isinstance(mark.value, NameMark) and bool(mark.value.entries)
