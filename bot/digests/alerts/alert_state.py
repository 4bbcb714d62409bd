"""What an alert remembers from one check to the next. Pure.

It is stored encrypted, in the same write as the outcome of the check: a check that is repeated finds what it found
before.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Self

import msgspec

from bot.digests.content.previous_totals import LARGEST, NAME_LIMIT
from bot.domain.figures import Licenses

LINES = 20_000  # lines that are remembered
UNPACKED = 20_000_000  # bytes; larger data is none of ours


@dataclass(frozen=True, slots=True)
class WatchedLine:
    """A line as it was when it had figures.

    `licenses` are those that were compared with the limit, `workload` is their workload if there are several, `day` is
    that of the figures. `over`: it was reported, and has not come back since. `blind`: its figures are missing, which
    was reported. `doubtful`: it is unknown whether the message about it was posted.
    """

    name: str
    licenses: Licenses
    workload: str = ""
    day: date | None = None
    over: bool = False
    blind: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class AlertState:
    """The lines of an alert by their keys.

    `limit` is the limit that they were compared with: those of another one say nothing. `blind`: the last answer had no
    figures that can be relied on, which was reported. `cut`: there were more lines than are remembered. `left_out` is
    a hash of what was left out of every answer, "" if that was nothing.
    """

    limit: str = ""
    lines: Mapping[str, WatchedLine] = field(default_factory=dict)
    blind: bool = False
    cut: bool = False
    left_out: str = ""

    def doubted(self, before: "AlertState | None") -> "AlertState":
        """Return the state after a message that may not have been posted.

        `before` is the state before it. What was news in it is reported once more, with the remark that it may be
        known.
        """
        earlier = {} if before is None else before.lines
        lines = {
            key: replace(line, doubtful=True) if line.over and _was_news(earlier.get(key)) else line
            for key, line in self.lines.items()
        }
        return replace(self, lines=lines)

    def pack(self) -> bytes:
        """Return the state as bytes.

        Of too many lines, those that were reported are kept first.
        """
        ordered = sorted(self.lines.items(), key=lambda pair: (not pair[1].over, not pair[1].blind))
        lines = [
            _Line(key, _cut(each.name), *_limited(each.licenses), _cut(each.workload), each.day, _marks(each))
            for key, each in ordered[:LINES]
        ]
        cut = self.cut or len(ordered) > LINES
        kept = _Kept(self.limit, lines, blind=self.blind, cut=cut, left_out=self.left_out)
        return zlib.compress(msgspec.json.encode(kept), level=1)

    @classmethod
    def unpack(cls, data: bytes | None) -> Self | None:
        """Return the state that `pack` wrote; None for None, and for anything else."""
        try:
            inflater = zlib.decompressobj()
            kept = msgspec.json.decode(inflater.decompress(data or b"", UNPACKED), type=_Kept)
        except (msgspec.MsgspecError, zlib.error, UnicodeDecodeError, RecursionError):
            return None
        lines = {
            each.key: WatchedLine(
                each.name,
                Licenses(each.active, each.qualified, each.unused),
                each.workload,
                each.day,
                over="o" in each.marks,
                blind="b" in each.marks,
                doubtful="d" in each.marks,
            )
            for each in kept.lines
        }
        return cls(kept.limit, lines, kept.blind, kept.cut, kept.left_out)


Sum = Annotated[int, msgspec.Meta(ge=0, le=LARGEST)]


class _Line(msgspec.Struct, frozen=True, array_like=True):
    key: Annotated[str, msgspec.Meta(max_length=16)]
    name: str
    active: Sum
    qualified: Sum
    unused: Sum
    workload: str
    day: date | None
    marks: str


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="alert", tag=1, omit_defaults=True):
    limit: str
    lines: list[_Line]
    blind: bool = False
    cut: bool = False
    left_out: str = ""


def _was_news(before: WatchedLine | None) -> bool:
    """Return True if a line that is over the limit now was news after `before`."""
    return before is None or not before.over or before.doubtful


def _marks(line: WatchedLine) -> str:
    return "o" * line.over + "b" * line.blind + "d" * line.doubtful


def _cut(text: str) -> str:
    """Return a text that JSON can carry."""
    return text[:NAME_LIMIT].encode("utf-8", "replace").decode()


def _limited(licenses: Licenses) -> tuple[int, int, int]:
    return min(licenses.active, LARGEST), min(licenses.qualified, LARGEST), min(licenses.unused, LARGEST)
