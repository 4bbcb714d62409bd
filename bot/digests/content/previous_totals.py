"""What is remembered of a digest's figures until the next one. Pure.

Remembered are names and sums, for as many items as are worth it; an item is known again by a hash of its ids, because
names change and are not unique.
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
from bot.usage.usage_view import called, namesakes

ITEMS = 5_000
NAME_LIMIT = 160
LARGEST = 2**53  # as Count has it: a sum beyond it is told by the card, and no more remembered
VERSION: Literal[1] = 1


@dataclass(frozen=True, slots=True)
class TotalItem:
    """A row as it is remembered."""

    name: str
    share: Share


@dataclass(frozen=True, slots=True)
class PreviousTotals:
    """The figures of one digest. `items` by their hash, `matched` counts all there were, `days` has each service's
    as-of day. `by` is what the items are: those of another question are not compared."""

    by: tuple[str, ...]
    items: Mapping[str, TotalItem]
    matched: int
    total: Share
    days: Mapping[str, date]

    @property
    def cut(self) -> bool:
        """Whether there were more items than are in `items`."""
        return self.matched > len(self.items)

    @classmethod
    def of(cls, report: UsageReport) -> Self:
        """All of a report. Half a second for fifty thousand rows."""
        names = namesakes(report, report.rows)
        items: dict[str, TotalItem] = {}
        for row in report.rows:
            parts = [called(row.entries[each], names) for each in report.by if each in row.entries]
            key = _key(row, report.by)
            share = items[key].share + row.share if key in items else row.share
            items[key] = TotalItem(" · ".join(filter(None, parts)), share)
        days = {as_of.service: as_of.day for as_of in report.as_of}
        return cls(tuple(each.value for each in report.by), items, len(items), report.total, days)

    def pack(self) -> bytes:
        """As much of it as is kept: of many items those with the most licenses. Under a megabyte."""
        ordered = sorted(self.items.items(), key=lambda pair: (-pair[1].share.qualified, -pair[1].share.active))
        items = tuple(_Row(key, _told(item.name), *_counts(item.share)) for key, item in ordered[:ITEMS])
        active, qualified = _counts(self.total)
        days = {_told(service): day for service, day in self.days.items()}
        return msgspec.json.encode(_Kept(VERSION, self.by, items, self.matched, active, qualified, days))

    @classmethod
    def unpack(cls, data: bytes | None) -> Self | None:
        """What `pack` made; None for nothing, for damaged bytes, and for those of another version."""
        try:
            kept = msgspec.json.decode(data or b"", type=_Kept)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        items = {row.key: TotalItem(row.name, Share(row.active, row.qualified)) for row in kept.items}
        return cls(kept.by, items, kept.matched, Share(kept.active, kept.qualified), kept.days)


def _key(row: ReportRow, by: tuple[Dimension, ...]) -> str:
    """The same for the same things, however their ids are spelt; nothing can be read out of it."""
    entries = [row.entries.get(each) for each in by]
    ids = [(entry.id or entry.name).casefold() if entry else "" for entry in entries]
    hashed = blake2b(digest_size=12)
    for each in ids:
        told = each.encode("utf-8", "surrogatepass")
        hashed.update(len(told).to_bytes(8) + told)
    return b64encode(hashed.digest()).decode()


def _told(text: str) -> str:
    """A text that JSON can carry, not longer than a line."""
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
    """As it is written. Another shape takes another version."""

    version: Literal[1]
    by: tuple[str, ...]
    items: tuple[_Row, ...]
    matched: Count
    active: Count
    qualified: Count
    days: dict[Text, date]
