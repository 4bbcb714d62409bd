"""The settings of bot.teams.

Reads no environment: the composition root fills them in.
"""

from dataclasses import dataclass, field

from bot.errors import SettingsError
from bot.teams.activity.service_hosts import PUBLIC_SERVICE_HOSTS
from bot.teams.activity.turn_limits import TurnLimits

# https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
OPENID_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
ISSUER = "https://api.botframework.com"


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """The settings of bot.teams.

    - `app_id`: the bot's Entra application id, the audience of channel tokens.
    - `service_hosts`: the hosts that may receive messages and the bot's token, as `host` (https, default port) or
      `host:port`; plain http only for this machine.
    - `tenants`: the Entra tenants that are served; if empty, all are.
    - `locale`: replaces the language in activities, because the client of the demo always sends en-US.
    - `anonymous`: switches token checks off, for the demo; then the bot answers this machine only and sends only to it.

    Raises SettingsError when the app id is empty without `anonymous`: to most bot libraries that means "no checks".
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
