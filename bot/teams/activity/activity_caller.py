"""The caller of an activity, as Teams identifies them. Pure."""

from bot.domain.conversation import Caller
from bot.teams.activity.incoming_activity import IncomingActivity

DEFAULT_LOCALE = "en-US"
LONGEST_LOCALE = 35  # https://www.rfc-editor.org/rfc/rfc5646#section-4.4.1
DEMO_TENANT = "00000000-0000-0000-0000-000000000000"


def caller(activity: IncomingActivity, *, anonymous: bool = False) -> Caller | None:
    """Return the caller of `activity`, with tenant and Entra object id.

    Return None if Teams does not name them (a guest bot, a webhook), and for a person of another tenant in a shared
    channel: nothing is fetched or stored without a caller. In the demo (`anonymous`) the channel's own id takes the
    place of the object id.
    """
    if activity.crosses_tenants:
        return None
    sender = activity.sender
    tenant_id = next(iter(activity.tenant_ids), "")
    object_id = (sender and sender.aad_object_id) or ""
    if anonymous:
        tenant_id = tenant_id or DEMO_TENANT
        object_id = object_id or (sender and sender.id) or ""
    if not tenant_id or not object_id:
        return None
    name = (sender and sender.name) or ""
    return Caller(tenant_id, object_id, name, locale_of(activity), _time_zone(activity))


def locale_of(activity: IncomingActivity) -> str:
    """Return the language that the caller reads, as a BCP 47 tag.

    English if the activity has none.
    """
    return locale_named_by(activity) or DEFAULT_LOCALE


def locale_named_by(activity: IncomingActivity) -> str | None:
    """Return the language of `activity`.

    None if there is none, as in a conversationUpdate.
    """
    tag = activity.locale or _client(activity, "locale") or ""
    return tag if 0 < len(tag) <= LONGEST_LOCALE and tag.isascii() and tag.isprintable() else None


def is_bot(activity: IncomingActivity) -> bool:
    """Return True if a bot sent it, this one included.

    Such activities are not answered: two bots that answer each other never stop.
    """
    sender, recipient = activity.sender, activity.recipient
    if sender is None or not sender.id:
        return False
    own = recipient is not None and sender.id == recipient.id
    return own or sender.role == "bot" or sender.id.startswith("28:")


def _time_zone(activity: IncomingActivity) -> str | None:
    return activity.local_timezone or _client(activity, "timezone")


def _client(activity: IncomingActivity, name: str) -> str | None:
    for entity in activity.entities or ():
        if entity.get("type") == "clientInfo" and isinstance(value := entity.get(name), str) and value:
            return value
    return None
