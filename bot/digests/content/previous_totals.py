"""The figures of a digest that are stored until its next run. Pure.

These are names and sums, of at most `ITEMS` items. An item is identified by a hash of its ids, because names change and
are not unique.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Annotated, Self

import msgspec

from bot.domain.figures import LicenseFigures, Licenses, WorkloadLicenses
from bot.domain.identifier import folded_id, folded_name
from bot.domain.licensing import Dimension, Entry
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.query.sums.member_label import NAMED

ITEMS = 5_000
NAME_LIMIT = 160
# A key begins with it if the item has no id; no hash does.
NO_ID = "?"
# The largest sum that every JSON reader represents exactly. A card shows a larger one, but it is not stored.
LARGEST = 2**53


@dataclass(frozen=True, slots=True)
class TotalItem:
    """Name and figures of one stored row.

    `figures` are None if they were stored without what is unused, by a release before that.
    """

    name: str
    figures: LicenseFigures | None


@dataclass(frozen=True, slots=True)
class PreviousTotals:
    """The figures of one digest.

    `items` by their hash. `matched` is the number of all items, also of those not in `items`. `total` is None if the
    figures were stored without what is unused. `days` has the as-of day of each service. `by` is the dimensions of the
    items: totals of different dimensions are not compared. `unknown` has the hashes of all items of which rows are
    unknown; `whole` is False if other rows may be missing. `later` has newer figures of some lines, also of some that
    are not in `items`: those of runs after it that posted nothing. `left_out` is a hash of what was left out of every
    answer, "" if that was nothing: totals of different ones are not compared.
    """

    by: tuple[str, ...]
    items: Mapping[str, TotalItem]
    matched: int
    total: LicenseFigures | None
    days: Mapping[str, date]
    unknown: frozenset[str] = frozenset()
    whole: bool = True
    later: Mapping[str, Licenses] = field(default_factory=dict)
    left_out: str = ""

    def compares_with(self, other: "PreviousTotals") -> bool:
        """Return True if both are of the same dimensions, and leave out the same."""
        return (self.by, self.left_out) == (other.by, other.left_out)

    @property
    def certain(self) -> bool:
        """Return True if the figures leave nothing out."""
        return self.whole and not self.unknown

    @property
    def cut(self) -> bool:
        """Return True if there were more items than are in `items`."""
        return self.matched > len(self.items)

    @classmethod
    def of(cls, report: UsageReport, left_out: str = "") -> Self:
        """Return the totals of all rows of a report.

        Customers without an id cannot be found again in another report, so they have keys of their own.
        Takes half a second for fifty thousand rows.
        """
        items: dict[str, TotalItem] = {}
        for row in report.rows:
            parts = [row.entries[each].label for each in report.by if each in row.entries]
            key = key_of(row, report.by) if identified(row, report.by) else f"{NO_ID}{len(items)}"
            figures = _both(items[key].figures, row.figures) if key in items else row.figures
            items[key] = TotalItem(" · ".join(filter(None, parts)), figures)
        days = {as_of.service: as_of.day for as_of in report.as_of}
        unknown = keys_of_unknown(report)
        whole = not (report.gaps.may_be_incomplete or report.gaps.unusable)
        by = tuple(each.value for each in report.by)
        return cls(by, items, len(items), report.total, days, unknown, whole, left_out=left_out)

    def pack(self) -> bytes:
        """Return the totals as bytes, less than a megabyte.

        If there are too many items, those with the most licenses are kept.
        """
        ordered = sorted(self.items.items(), key=lambda pair: _weight(pair[1]))
        items = tuple(_Row(key, _told(item.name), *_stored(item.figures)) for key, item in ordered[:ITEMS])
        days = {_told(service): day for service, day in self.days.items()}
        unknown = tuple(sorted(self.unknown)[:ITEMS])
        whole = self.whole and len(unknown) == len(self.unknown)
        later = tuple(_Later(key, *_limited(licenses)) for key, licenses in self.later.items())
        return msgspec.json.encode(
            _Kept(
                self.by, items, self.matched, _Total(*_stored(self.total)), days, unknown, whole, later, self.left_out
            )
        )

    @classmethod
    def unpack(cls, data: bytes | None) -> Self | None:
        """Return the totals that `pack` of this release or the one before wrote.

        Returns None if `data` is None, is damaged, or is of another version.
        """
        try:
            kept = msgspec.json.decode(data or b"", type=_Kept | _KeptWithoutUnused)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        if isinstance(kept, _KeptWithoutUnused):
            # What is unused in a row cannot be computed from sums, so these figures are not compared with others.
            return cls(
                kept.by, {row.key: TotalItem(row.name, None) for row in kept.items}, kept.matched, None, kept.days
            )
        items = {row.key: TotalItem(row.name, _figures(row)) for row in kept.items}
        total = _figures(kept.total)
        later = {each.key: Licenses(each.active, each.qualified, each.unused) for each in kept.later}
        unknown = frozenset(kept.unknown)
        return cls(kept.by, items, kept.matched, total, kept.days, unknown, kept.whole, later, kept.left_out)


def _weight(item: TotalItem) -> tuple[int, int]:
    counts = (item.figures or LicenseFigures()).counts
    return -counts.qualified, -counts.active


def _both(one: LicenseFigures | None, other: LicenseFigures) -> LicenseFigures:
    """Return the figures of two rows with the same ids."""
    if one is None:
        return other
    worst = max(filter(None, (one.worst, other.worst)), key=lambda each: each.licenses.unused, default=None)
    return LicenseFigures(one.sums + other.sums, worst)


def identified(row: ReportRow, by: tuple[Dimension, ...]) -> bool:
    """Return True if the row can be found again in another report.

    A customer without an id has its name in its place.
    """
    if Dimension.CUSTOMER not in by:
        return True
    entry = row.entries.get(Dimension.CUSTOMER)
    return entry is not None and entry.id != entry.name and bool(folded_id(entry.id))


def key_of(row: ReportRow, by: tuple[Dimension, ...]) -> str:
    """Return a hash that is the same for the same ids in any spelling.

    The ids cannot be read from it. It is the key of a row whose customer has an id.
    """
    entries = [row.entries.get(each) for each in by]
    return _hashed(folded_id(entry.id) or entry.name if entry else "" for entry in entries)


def keys_of_unknown(report: UsageReport) -> frozenset[str]:
    """Return the keys of all items of which rows are unknown."""
    return frozenset(map(_hashed, report.unknown))


def _hashed(ids: Iterable[str]) -> str:
    """Return a hash of ids, or of names in their place."""
    hashed = blake2b(digest_size=12)
    for each in ids:
        text = each.removeprefix(NAMED)
        told = (folded_id(text) or folded_name(text)).encode("utf-8", "surrogatepass")
        hashed.update(len(told).to_bytes(8) + told)
    return b64encode(hashed.digest()).decode()


def _told(text: str) -> str:
    """Return a text that JSON can carry, at most `NAME_LIMIT` characters long."""
    return text[:NAME_LIMIT].encode("utf-8", "replace").decode()


Sum = Annotated[int, msgspec.Meta(ge=0, le=LARGEST)]
Key = Annotated[str, msgspec.Meta(max_length=16)]
Text = Annotated[str, msgspec.Meta(max_length=NAME_LIMIT)]


class _Worst(msgspec.Struct, frozen=True, array_like=True):
    id: Text
    name: Text
    active: Sum
    qualified: Sum
    unused: Sum


class _Total(msgspec.Struct, frozen=True, array_like=True):
    active: Sum
    qualified: Sum
    unused: Sum
    worst: _Worst | None = None


class _Row(msgspec.Struct, frozen=True, array_like=True):
    key: Key
    name: Text
    active: Sum
    qualified: Sum
    unused: Sum
    worst: _Worst | None = None


class _Later(msgspec.Struct, frozen=True, array_like=True):
    key: Key
    active: Sum
    qualified: Sum
    unused: Sum


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="version", tag=2, omit_defaults=True):
    """The stored form. A change of its fields needs a new version.

    A replica of an earlier release compares nothing with figures that leave something out: it does not know the last
    four fields.
    """

    by: tuple[str, ...]
    items: tuple[_Row, ...]
    matched: Sum
    total: _Total
    days: dict[Text, date]
    unknown: tuple[Key, ...] = ()
    whole: bool = True
    later: tuple[_Later, ...] = ()
    left_out: Text = ""


class _RowWithoutUnused(msgspec.Struct, frozen=True, array_like=True):
    key: Key
    name: Text
    active: Sum
    qualified: Sum


class _KeptWithoutUnused(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="version", tag=1):
    """Version 1, which release 0.1 wrote: names and ids are read, figures are not comparable."""

    by: tuple[str, ...]
    items: tuple[_RowWithoutUnused, ...]
    matched: Sum
    active: Sum
    qualified: Sum
    days: dict[Text, date]


def _stored(figures: LicenseFigures | None) -> tuple[int, int, int, _Worst | None]:
    figures = figures or LicenseFigures()
    worst = figures.worst
    if worst is None:
        return *_limited(figures.sums), None
    return *_limited(figures.sums), _Worst(
        _told(worst.workload.id), _told(worst.workload.name), *_limited(worst.licenses)
    )


def _limited(licenses: Licenses) -> tuple[int, int, int]:
    """Return numbers that can be stored. A sum that is too large for it is no number of licenses anyway."""
    return min(licenses.active, LARGEST), min(licenses.qualified, LARGEST), min(licenses.unused, LARGEST)


def _figures(row: _Row | _Total) -> LicenseFigures:
    worst = None
    if row.worst is not None:
        licenses = Licenses(row.worst.active, row.worst.qualified, row.worst.unused)
        worst = WorkloadLicenses(Entry(Dimension.WORKLOAD, row.worst.id, row.worst.name), licenses)
    return LicenseFigures(Licenses(row.active, row.qualified, row.unused), worst)
