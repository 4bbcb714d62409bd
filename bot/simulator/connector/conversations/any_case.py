"""Names in any case: Teams accepts paths and properties in upper and lower case.

Pure.
"""

import re
from typing import Any

# The properties of an activity, of a conversation to create, and of what is in them, as the reference spells them.
# SDKs write some otherwise: `tenantID` (botbuilder-python).
# https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
ACTIVITY = (
    "action", "attachmentLayout", "attachments", "callerId", "channelData", "channelId", "code", "conversation",
    "deliveryMode", "entities", "expiration", "from", "historyDisclosed", "id", "importance", "inputHint", "label",
    "listenFor", "localTimestamp", "localTimezone", "locale", "membersAdded", "membersRemoved", "name",
    "reactionsAdded", "reactionsRemoved", "recipient", "relatesTo", "replyToId", "semanticAction", "serviceUrl",
    "speak", "suggestedActions", "summary", "text", "textFormat", "textHighlights", "timestamp", "topicName", "type",
    "value", "valueType",
)  # fmt: skip
CONVERSATION = (
    "aadObjectId", "activity", "activityId", "bot", "conversationType", "isGroup", "isTargeted", "members",
    "properties", "role", "tenantId", "user",
)  # fmt: skip
PARTS = (
    "actions", "activities", "content", "contentType", "contentUrl", "displayText", "image", "imageAltText",
    "mentioned", "occurrence", "state", "thumbnailUrl", "title", "to",
)  # fmt: skip
CHANNEL_DATA = (
    "aadGroupId", "alert", "alertInMeeting", "channel", "eventType", "externalResourceUrl", "meeting", "notification",
    "onBehalfOf", "selectedChannel", "settings", "team", "tenant",
)  # fmt: skip
KNOWN = (*ACTIVITY, *CONVERSATION, *PARTS, *CHANNEL_DATA)
_BY_FOLDED = {name.casefold(): name for name in KNOWN}
FOREIGN = frozenset({"content", "value"})  # cards and payloads, which Teams does not rename


def known_names(value: Any) -> Any:
    """Return JSON with the documented names of the properties in `KNOWN`."""
    if isinstance(value, list):
        return [known_names(each) for each in value]
    if not isinstance(value, dict):
        return value
    found = ((_BY_FOLDED.get(name.casefold(), name), each) for name, each in value.items())
    return {name: each if name in FOREIGN else known_names(each) for name, each in found}


def any_case(path: str) -> str:
    """Return a route that matches `path` in any case; its variables stay."""
    parts = path.split("/")
    return "/".join(
        f"{{word_{number}:(?i:{re.escape(part)})}}" if part and not part.startswith("{") else part
        for number, part in enumerate(parts)
    )
