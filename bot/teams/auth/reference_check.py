"""The check of a stored conversation reference: may the bot still post there?

Pure.
"""

from bot.errors import PlaceRefusedError
from bot.teams.activity.activity_caller import caller as person_of
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.activity.service_hosts import is_allowed
from bot.teams.auth.teams_settings import TeamsSettings


def check_reference(
    reference: str, settings: TeamsSettings, person: tuple[str, str] | None = None
) -> ConversationReference:
    """Return the conversation reference in `reference`, if it may still be used.

    `ConversationReference.pack` made it of an admitted activity. Settings change while references are stored, and the
    bot's token goes to the host in a reference. So the checks of `admission` are made again: host, tenant and, with
    `settings.anonymous`, loopback only. `person` is the key of the caller it must belong to, see `Caller.key`; None if
    the reference comes from the turn that is being answered.

    Raises PlaceRefusedError when it may not be used.
    """
    place = ConversationReference.unpack(reference)
    if place is None:
        raise PlaceRefusedError(None, "the reference cannot be read")
    asked = place.asked
    if not is_allowed(asked.service_url or "", settings.service_hosts, loopback_only=settings.anonymous):
        raise PlaceRefusedError(None, "the service URL is not in the list of allowed hosts")
    owner = person_of(asked, anonymous=settings.anonymous)
    if owner is None:
        raise PlaceRefusedError(None, "the reference names no person")
    if settings.tenants and owner.key[0] not in {tenant.lower() for tenant in settings.tenants}:
        raise PlaceRefusedError(None, "the tenant is not served any more")
    if person is not None and owner.key != person:
        raise PlaceRefusedError(None, "the reference belongs to another person or tenant")
    return place
