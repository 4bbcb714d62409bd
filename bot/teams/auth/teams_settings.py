"""What the Teams room has to be told. Reads no environment: the composition root fills it."""

from dataclasses import dataclass, field

from bot.errors import SettingsError
from bot.teams.activity.service_hosts import PUBLIC_SERVICE_HOSTS
from bot.teams.activity.turn_limits import TurnLimits

# https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
OPENID_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
ISSUER = "https://api.botframework.com"


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """`app_id` is the bot's Entra application id, the audience of channel tokens.

    `service_hosts` are where the bot may send messages and its token: `host` (https, default port) or `host:port`;
    plain http only for this machine. `tenants` lists the Entra tenants that are served; empty serves all.
    `locale` replaces what activities say about the reader's language: the demo's client always says en-US.
    `anonymous` switches token checks off, for the demo: then only this machine is answered and only it is talked to.

    Raises SettingsError for an empty app id without `anonymous`: it would mean "no checks" to most bot libraries.
    """

    app_id: str = ""
    service_hosts: tuple[str, ...] = PUBLIC_SERVICE_HOSTS
    tenants: tuple[str, ...] = ()
    locale: str = ""
    anonymous: bool = False
    openid_url: str = OPENID_URL
    issuer: str = ISSUER
    limits: TurnLimits = field(default_factory=TurnLimits)

    def __post_init__(self) -> None:
        if self.anonymous and self.app_id:
            raise SettingsError("app_id", "is set although the bot is to run without token checks; use one of the two.")
        if not self.anonymous and not self.app_id.strip():
            raise SettingsError("app_id", "is empty, and only the demo on this machine runs without token checks.")
