"""The figures of a digest that are stored until its next run. Pure.

These are names and sums, of at most `ITEMS` items. An item is identified by a hash of its ids, because names change and
are not unique.
"""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Annotated, Literal, Self

import msgspec

from bot.domain.licensing import Count, Dimension, Share
from bot.query.reports.usage_report import ReportRow, UsageReport

ITEMS = 5_000
NAME_LIMIT = 160
LARGEST = 2**53  # the limit of Count; the card shows a larger sum, but it is not stored
VERSION: Literal[1] = 1


@dataclass(frozen=True, slots=True)
class TotalItem:
    """Name and figures of one stored row."""

    name: str
    share: Share


@dataclass(frozen=True, slots=True)
class PreviousTotals:
    """The figures of one digest.

    `items` by their hash. `matched` is the number of all items, also of those not in `items`. `days` has the as-of day
    of each service. `by` is the dimensions of the items: totals of different dimensions are not compared.
    """

    by: tuple[str, ...]
    items: Mapping[str, TotalItem]
    matched: int
    total: Share
    days: Mapping[str, date]

    @property
    def cut(self) -> bool:
        """Return True if there were more items than are in `items`."""
        return self.matched > len(self.items)

    @classmethod
    def of(cls, report: UsageReport) -> Self:
        """Return the totals of all rows of a report.

        Takes half a second for fifty thousand rows.
        """
        items: dict[str, TotalItem] = {}
        for row in report.rows:
            parts = [row.entries[each].label for each in report.by if each in row.entries]
            key = _key(row, report.by)
            share = items[key].share + row.share if key in items else row.share
            items[key] = TotalItem(" · ".join(filter(None, parts)), share)
        days = {as_of.service: as_of.day for as_of in report.as_of}
        return cls(tuple(each.value for each in report.by), items, len(items), report.total, days)

    def pack(self) -> bytes:
        """Return the totals as bytes, less than a megabyte.

        If there are too many items, those with the most licenses are kept.
        """
        ordered = sorted(self.items.items(), key=lambda pair: (-pair[1].share.qualified, -pair[1].share.active))
        items = tuple(_Row(key, _told(item.name), *_counts(item.share)) for key, item in ordered[:ITEMS])
        active, qualified = _counts(self.total)
        days = {_told(service): day for service, day in self.days.items()}
        return msgspec.json.encode(_Kept(VERSION, self.by, items, self.matched, active, qualified, days))

    @classmethod
    def unpack(cls, data: bytes | None) -> Self | None:
        """Return the totals that `pack` wrote.

        Returns None if `data` is None, is damaged, or is of another version.
        """
        try:
            kept = msgspec.json.decode(data or b"", type=_Kept)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        items = {row.key: TotalItem(row.name, Share(row.active, row.qualified)) for row in kept.items}
        return cls(kept.by, items, kept.matched, Share(kept.active, kept.qualified), kept.days)


def _key(row: ReportRow, by: tuple[Dimension, ...]) -> str:
    """Return a hash that is the same for the same ids in any spelling.

    The ids cannot be read from it.
    """
    entries = [row.entries.get(each) for each in by]
    ids = [(entry.id or entry.name).casefold() if entry else "" for entry in entries]
    hashed = blake2b(digest_size=12)
    for each in ids:
        told = each.encode("utf-8", "surrogatepass")
        hashed.update(len(told).to_bytes(8) + told)
    return b64encode(hashed.digest()).decode()


def _told(text: str) -> str:
    """Return a text that JSON can carry, at most `NAME_LIMIT` characters long."""
    return text[:NAME_LIMIT].encode("utf-8", "replace").decode()


def _counts(share: Share) -> tuple[int, int]:
    return min(share.active, LARGEST), min(share.qualified, LARGEST)


Key = Annotated[str, msgspec.Meta(max_length=16)]
Text = Annotated[str, msgspec.Meta(max_length=NAME_LIMIT)]


class _Row(msgspec.Struct, frozen=True, array_like=True):
    key: Key
    name: Text
    active: Count
    qualified: Count


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The stored form. A change of its fields needs a new version."""

    version: Literal[1]
    by: tuple[str, ...]
    items: tuple[_Row, ...]
    matched: Count
    active: Count
    qualified: Count
    days: dict[Text, date]
