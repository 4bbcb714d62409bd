"""The fields of an activity that decide nothing, whatever their value. Pure.

Teams may change the type of a field at any time. An activity is not refused for a field that no answer needs: such a
field, or such an item of a list, counts as absent. Ids, tenants, sender, service URL and text are not in the list.
"""

from collections.abc import Iterator
from typing import Any, get_args, get_origin

import msgspec

# Paths in the JSON. An item of a list has the path of its list.
MAY_BE_ODD = frozenset(
    {
        "from.name",
        "from.role",
        "from.isTargeted",
        "recipient.name",
        "recipient.role",
        "recipient.aadObjectId",
        "conversation.conversationType",  # without it, others may see what is posted
        "conversation.isGroup",
        "conversation.name",
        "channelData.team",
        "channelData.channel",
        "channelData.eventType",
        "channelData.settings",
        "locale",
        "localTimezone",
        "name",
        "action",
        "replyToId",
        "value",
        "entities",
        "attachments",
        "timestamp",
        "membersAdded",
        "membersAdded.name",
        "membersAdded.role",
        "membersAdded.isTargeted",
        "membersRemoved",
        "membersRemoved.name",
        "membersRemoved.role",
        "membersRemoved.isTargeted",
    }
)

_Members = dict[str, msgspec.Raw]


def without_odd_fields(body: bytes, kind: type[msgspec.Struct]) -> tuple[bytes, frozenset[str]]:
    """Return the JSON of a `kind` without the odd ones, and their paths.

    Every other field stays as it is, for the strict decoder to judge. Raises what msgspec raises when `body` is no
    JSON object, and RecursionError when it is nested too deeply.
    """
    odd: set[str] = set()
    return _cleaned(msgspec.Raw(body), kind, "", odd), frozenset(odd)


def _cleaned(raw: msgspec.Raw, kind: type[msgspec.Struct], path: str, odd: set[str]) -> bytes:
    members = msgspec.json.decode(raw, type=_Members)
    for field in msgspec.structs.fields(kind):
        here, value = f"{path}{field.encode_name}", members.get(field.encode_name)
        if value is None or _fits(value, field.type):
            continue
        kept = _repaired(value, field.type, here, odd)
        if kept is not None:
            members[field.encode_name] = msgspec.Raw(kept)
        elif here in MAY_BE_ODD:
            del members[field.encode_name]
            odd.add(here)
    return msgspec.json.encode(members)


def _repaired(value: msgspec.Raw, kind: Any, path: str, odd: set[str]) -> bytes | None:
    """Return an object or a list without its odd parts; None if that does not help."""
    inner = next((each for each in get_args(kind) if each is not type(None)), kind)
    try:
        if get_origin(inner) is list:
            items = msgspec.json.decode(value, type=list[msgspec.Raw])
            odd.add(path)
            return msgspec.json.encode([*_fitting(items, get_args(inner)[0], path, odd)])
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct) and path not in MAY_BE_ODD:
            return _cleaned(value, inner, f"{path}.", odd)
    except msgspec.ValidationError:
        pass
    return None


def _fitting(items: list[msgspec.Raw], kind: Any, path: str, odd: set[str]) -> Iterator[msgspec.Raw]:
    for each in items:
        if _fits(each, kind):
            yield each
        elif isinstance(kind, type) and issubclass(kind, msgspec.Struct) and _fits(each, _Members):
            kept = msgspec.Raw(_cleaned(each, kind, f"{path}.", odd))
            if _fits(kept, kind):
                yield kept


def _fits(value: msgspec.Raw, kind: Any) -> bool:
    try:
        msgspec.json.decode(value, type=kind)
    except msgspec.ValidationError:
        return False
    return True
