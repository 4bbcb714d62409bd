"""The way back to a place that was kept, if the bot may still go there. Pure."""

from bot.errors import PlaceRefusedError
from bot.teams.activity.activity_caller import caller as person_of
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.activity.service_hosts import is_allowed
from bot.teams.auth.teams_settings import TeamsSettings


def check_reference(reference: str, tenant_id: str, settings: TeamsSettings) -> ConversationReference:
    """The place of a reference that somebody of `tenant_id` left, see `Here`.

    Settings change while references lie in a database, and the bot's token goes where a reference leads: the checks of
    `admission` are made again. Raises PlaceRefusedError.
    """
    place = ConversationReference.unpack(reference)
    if place is None:
        raise PlaceRefusedError(None, "the reference cannot be read")
    asked = place.asked
    if not is_allowed(asked.service_url or "", settings.service_hosts, loopback_only=settings.anonymous):
        raise PlaceRefusedError(None, "the service URL is not in the list of allowed hosts")
    person = person_of(asked, anonymous=settings.anonymous)
    if person is None or person.key[0] != tenant_id.lower():
        raise PlaceRefusedError(None, "the reference is of another tenant")
    if settings.tenants and person.key[0] not in {tenant.lower() for tenant in settings.tenants}:
        raise PlaceRefusedError(None, "the tenant is not served any more")
    return place


def is_person(asked: IncomingActivity, owner_id: str, settings: TeamsSettings) -> bool:
    """Whether it was this person, by Entra object id, who left the reference."""
    person = person_of(asked, anonymous=settings.anonymous)
    return person is not None and person.key[1] == owner_id.lower()
