"""Put together the bot for Teams from its settings."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.app.web_app import CLOSE_SECONDS, SigningIn, bot_app
from bot.identity.entra.app_credentials import ClientCredentials, Credentials
from bot.settings import Settings, require_bot
from bot.teams.activity.turn_limits import TurnLimits
from bot.teams.auth.teams_settings import OPENID_URL, TeamsSettings
from bot.teams.connector.connector_client import Retries

if TYPE_CHECKING:
    import requests

__all__ = ["CLOSE_SECONDS", "ExternalServices", "serve_app"]


@dataclass(frozen=True, slots=True)
class ExternalServices:
    """The outside services that the bot calls; tests replace them with simulators.

    `entra` and `channel` carry MSAL's requests: for the users' tokens, and for the bot's own token. Entra's signing
    keys are fetched from `keys_url`. None: the internet.
    """

    entra: "requests.Session | None" = None
    channel: Any = None
    keys_url: str | None = None
    openid_url: str = OPENID_URL
    limits: TurnLimits = field(default_factory=TurnLimits)
    retries: Retries | None = None
    digests: bool = True


def serve_app(settings: Settings, outside: ExternalServices | None = None) -> web.Application:
    """Return the bot for Teams, which answers each user with their own rights.

    Raises SettingsError if a setting that the bot needs is missing or wrong.
    """
    from bot.identity.identity import IdentitySettings  # noqa: PLC0415  # loads slowly
    from bot.identity.tokens.encryption import Encryptor  # noqa: PLC0415

    require_bot(settings)
    Encryptor.from_texts(settings.token_keys)  # fails now on a wrong key, not at the first sign-in
    outside = outside or ExternalServices()
    # An empty list would serve every tenant that sideloads an app package with our id.
    tenants = settings.allowed_tenants or (settings.app_tenant_id,)
    credentials = Credentials(settings.app_id, settings.app_password, settings.app_tenant_id, settings.login_url)
    signing = IdentitySettings(
        credentials,
        settings.public_url,
        settings.token_keys,
        tenants,
        outside.keys_url,
        sign_ins_after=settings.sign_ins_after,
        clients=settings.mcp_clients,
    )
    teams = TeamsSettings(
        app_id=settings.app_id,
        service_hosts=settings.service_hosts,
        tenants=tenants,
        openid_url=outside.openid_url,
        limits=outside.limits,
    )

    app_tokens = ClientCredentials(credentials, http_client=outside.channel)
    app = bot_app(
        settings,
        SigningIn(signing, settings.database, outside.entra, outside.digests),
        teams,
        app_tokens,
        retries=outside.retries,
    )

    async def close(_: web.Application) -> None:
        await app_tokens.close()

    app.on_cleanup.append(close)
    return app
