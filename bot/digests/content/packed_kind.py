"""An answer of any kind as bytes. Pure.

So a run can continue with it after a crash. It holds names of customers, so it is stored encrypted.
"""

import zlib

import msgspec

from bot.commands.answer_kind import AnswerKind
from bot.digests.content.packed_answer import inflated, pack, unpack
from bot.usage.kinds.kind_answer import KindAnswer
from bot.usage.kinds.kind_table import KINDS
from bot.usage.usage_answer import UsageAnswer


class _Kept(msgspec.Struct, forbid_unknown_fields=True, tag_field="v", tag="kind"):
    """`content` is what the kind packed. Figures are packed by themselves, under a number."""

    kind: AnswerKind
    content: bytes


def pack_any(answer: UsageAnswer | KindAnswer) -> bytes:
    """Return all that `unpack_any` needs, as bytes."""
    if isinstance(answer, UsageAnswer):
        return pack(answer)
    return zlib.compress(msgspec.json.encode(_Kept(answer.command.kind, answer.packed())), level=1)


def unpack_any(data: bytes | None) -> UsageAnswer | KindAnswer | None:
    """Return the answer that `pack_any` wrote.

    Returns None if `data` is None or anything else. The run then fetches its answer again.
    """
    try:
        kept = msgspec.json.decode(inflated(data or b""), type=_Kept)
    except (msgspec.MsgspecError, zlib.error, UnicodeDecodeError, RecursionError):
        return unpack(data)
    made = KINDS.get(kept.kind)
    return None if made is None else made.unpack(kept.content)
