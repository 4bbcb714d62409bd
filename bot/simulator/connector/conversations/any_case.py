"""Names in any case: Teams accepts paths and properties in upper and lower case.

Pure.
"""

import re
from typing import Any

# What the SDKs write otherwise than the reference: `tenantID` (botbuilder-python), `/pagedMembers` (Teams SDK).
KNOWN = (
    "activity", "attachments", "bot", "channel", "channelData", "contentType", "conversation", "entities", "from",
    "id", "isGroup", "isTargeted", "members", "name", "recipient", "replyToId", "tenant", "tenantId", "text",
    "textFormat", "topicName", "type",
)  # fmt: skip
_BY_FOLDED = {name.casefold(): name for name in KNOWN}
FOREIGN = frozenset({"content", "value"})  # cards and payloads, which Teams does not rename


def known_names(value: Any) -> Any:
    """Return JSON with the documented names of the properties in `KNOWN`."""
    if isinstance(value, list):
        return [known_names(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        _BY_FOLDED.get(name.casefold(), name): each if name in FOREIGN else known_names(each)
        for name, each in value.items()
    }


def any_case(path: str) -> str:
    """Return a route that matches `path` in any case; its variables stay."""
    parts = path.split("/")
    return "/".join(
        f"{{word_{number}:(?i:{re.escape(part)})}}" if part and not part.startswith("{") else part
        for number, part in enumerate(parts)
    )
