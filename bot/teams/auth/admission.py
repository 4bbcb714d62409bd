"""The admission of activities: which ones of an authenticated sender get a turn.

Pure. botbuilder skips these checks if a field is missing; here a missing field means a refusal.
"""

from bot.teams.activity.incoming_activity import LONGEST_ID, IncomingActivity
from bot.teams.activity.request_refused import RequestRefusedError
from bot.teams.activity.service_hosts import is_allowed
from bot.teams.auth.channel_token import ChannelClaims
from bot.teams.auth.teams_settings import TeamsSettings

CHANNEL = "msteams"
# What a person of another tenant does in a shared channel, and is answered in words. No sign-in, no installation.
ANSWERED_IN_WORDS = frozenset({("message", None), ("messageUpdate", None), ("invoke", "adaptiveCard/action")})


def admit(activity: IncomingActivity, claims: ChannelClaims | None, settings: TeamsSettings) -> None:
    """Check that `activity` may have a turn.

    `claims` may be None only if `settings.anonymous`. Raises RequestRefusedError: 400 when it is not a valid activity,
    401 when there are no claims, 403 when its channel, service URL or tenant is not allowed.
    """
    _check_form(activity)
    service_url = activity.service_url or ""
    if activity.channel_id != CHANNEL:
        raise RequestRefusedError(403, "the channel is not Teams")
    if claims is not None:
        if not _same_address(claims.service_url, service_url):
            raise RequestRefusedError(403, "the token is for another service URL")
        if CHANNEL not in claims.endorsements:
            raise RequestRefusedError(403, "the token's key does not speak for Teams")
    elif not settings.anonymous:
        raise RequestRefusedError(401, "no token")
    if not is_allowed(service_url, settings.service_hosts, loopback_only=settings.anonymous):
        raise RequestRefusedError(403, "the service URL is not in the list of allowed hosts")
    _check_tenant(activity, settings.tenants)


def _same_address(claimed: str, named: str) -> bool:
    """Return True if two service URLs are the same without the case of ASCII letters and the last slash.

    Teams' own SDKs compare them like this. The host is checked against the list in any case.
    """
    one, other = (each.encode("utf-8", "surrogatepass").removesuffix(b"/").lower() for each in (claimed, named))
    return one == other


def _check_form(activity: IncomingActivity) -> None:
    if not activity.type:
        raise RequestRefusedError(400, "the activity has no type")
    if not activity.channel_id:
        raise RequestRefusedError(400, "the activity has no channelId")
    if not activity.service_url:
        raise RequestRefusedError(400, "the activity has no serviceUrl")
    if not activity.conversation_id:
        raise RequestRefusedError(400, "the activity has no conversation id")
    if activity.recipient is None or not activity.recipient.id:
        raise RequestRefusedError(400, "the activity has no recipient")
    if activity.type in {"message", "invoke"} and not (activity.sender and activity.sender.id):
        raise RequestRefusedError(400, "the activity has no sender")
    for each in (activity.id, activity.conversation_id):
        if each is not None and len(each) > LONGEST_ID:
            raise RequestRefusedError(400, "an id is too long")


def _check_tenant(activity: IncomingActivity, allowed: tuple[str, ...]) -> None:
    served = {tenant.lower() for tenant in allowed}
    named = activity.tenant_ids
    if activity.crosses_tenants:
        if not _is_in_shared_channel(activity):
            raise RequestRefusedError(403, "the activity names two tenants")
        # The bot is installed in the tenant of the channel; the sender gets words only, whatever their tenant.
        named = frozenset({((activity.conversation and activity.conversation.tenant_id) or "").lower()})
    if served and not named & served:
        raise RequestRefusedError(403, "the tenant is not served")


def _is_in_shared_channel(activity: IncomingActivity) -> bool:
    """Return True if two tenants are no contradiction: a person of one writes in a channel of the other."""
    name = activity.name if activity.type == "invoke" else None
    return activity.is_in_channel and (activity.type, name) in ANSWERED_IN_WORDS
