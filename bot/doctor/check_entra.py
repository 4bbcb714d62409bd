"""Check Entra: reachability, the tenant, the clock, and the app secret.

Uses Entra's public documents and error codes:
https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes
"""

from collections.abc import Callable
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import msgspec
import requests

from bot.doctor.finding import Finding, failed, ok, warning
from bot.doctor.probe import Probe, ProbeAnswer, ProbeFailure
from bot.identity.entra.app_credentials import AppTokenError, ClientCredentials, Credentials
from bot.identity.entra.entra_session import make_session
from bot.identity.entra.msal_http import DiscoveryCache, MsalHttpClient
from bot.settings import Settings
from bot.teams.connector.connector_client import SCOPE

ENTRA, CLOCK, APP_PASSWORD = "Entra", "clock", "app password"

# Tokens are accepted up to five minutes before and after their times. With a larger skew every user is refused.
# https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#step-4-verify-the-jwt-token
SKEW_LIMIT, SKEW_NOTED = 300.0, 60.0

_RENEW = (
    "In Entra under App registrations, your bot, Certificates & secrets: make a new client secret and put its Value"
)
_REFUSALS = {
    "AADSTS7000215": ("the secret is wrong", f"{_RENEW} (not its ID) into USAGEBOT_APP_PASSWORD."),
    "AADSTS7000222": ("the secret has expired", f"{_RENEW} into USAGEBOT_APP_PASSWORD."),
    "AADSTS700016": (
        "no application with this id is registered in the tenant",
        "Set USAGEBOT_APP_ID and USAGEBOT_APP_TENANT_ID to the application's and the directory's id on its overview.",
    ),
    "AADSTS90002": ("there is no such tenant", "Correct USAGEBOT_APP_TENANT_ID."),
    "AADSTS7000112": ("the application is disabled", "Enable it in Entra under Enterprise applications, Properties."),
}
_UNREACHABLE = {
    "SSLError": (
        "Entra's certificate is not trusted by this program's token library",
        "It trusts the Python package certifi, not this machine's list: exempt the host from TLS inspection.",
    ),
}


class _Configuration(msgspec.Struct):
    issuer: str
    token_endpoint: str


class _Refusal(msgspec.Struct):
    error_codes: list[int] = []


async def entra(settings: Settings, probe: Probe, clock: Callable[[], float]) -> list[Finding]:
    """Return two findings: Entra with this tenant, and this machine's clock.

    `clock` returns Unix seconds; it is compared with the time in Entra's answer.
    """
    url = f"{settings.login_url}/{settings.app_tenant_id}/v2.0/.well-known/openid-configuration"
    before = clock()
    answer = await probe.get(url)
    after = clock()
    if isinstance(answer, ProbeFailure):
        return [failed(ENTRA, answer.what, answer.mend)]
    return [_tenant(answer), _clock(answer, before, after)]


def _tenant(answer: ProbeAnswer) -> Finding:
    if answer.status == 200:
        try:
            msgspec.json.decode(answer.body, type=_Configuration)
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            return failed(
                ENTRA,
                "the server that answers is not Entra",
                "Check USAGEBOT_LOGIN_URL, and whether a proxy or a sign-in page of your network is in between.",
            )
        return ok(ENTRA, "reachable, and it has the tenant")
    if answer.status in {400, 404} and 90002 in _codes(answer.body):
        return failed(
            ENTRA,
            "reachable, but there is no tenant with the id in USAGEBOT_APP_TENANT_ID",
            "Set it to the Directory (tenant) ID on the registration's overview.",
        )
    if answer.status in {429, 503}:
        return failed(ENTRA, f"reachable, but busy: it answers {answer.status}", "Wait some minutes, then look again.")
    return failed(
        ENTRA,
        f"it answers {answer.status} where its public configuration should be",
        "Check USAGEBOT_LOGIN_URL and USAGEBOT_APP_TENANT_ID, and whether a proxy or a firewall is in between.",
    )


def _codes(body: bytes) -> list[int]:
    try:
        return msgspec.json.decode(body, type=_Refusal).error_codes
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return []


def _clock(answer: ProbeAnswer, before: float, after: float) -> Finding:
    """Compare the clocks; allow for whole seconds in the header and for the answer's time on the wire."""
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", "")).timestamp()
    except (ValueError, TypeError, OverflowError):
        return warning(CLOCK, "Entra's answer has no time to compare with", "Check this machine's clock yourself.")
    ahead = max(before - theirs - 1, 0.0) or min(after - theirs, 0.0)
    skew = abs(ahead)
    if skew <= SKEW_NOTED:
        return ok(CLOCK, "agrees with Entra's" if skew < 2 else f"agrees with Entra's within {skew:.0f} seconds")
    difference = f"{_duration(skew)} {'ahead of' if ahead > 0 else 'behind'} Entra's"
    mend = "Set it by the network: `timedatectl set-ntp true`, or your hypervisor's time service."
    if skew <= SKEW_LIMIT:
        return warning(CLOCK, difference, mend)
    return failed(CLOCK, f"{difference}: tokens seem to be expired or not yet valid, and are refused", mend)


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.0f} hours"


async def app_password(settings: Settings, session: requests.Session | None, seconds: float) -> Finding:
    """Check that Entra issues the bot's own token for Teams.

    `session` carries MSAL's requests. `seconds` is the timeout.
    """
    credentials = Credentials(settings.app_id, settings.app_password, settings.app_tenant_id, settings.login_url)
    own = session or make_session()
    tokens = ClientCredentials(credentials, http_client=MsalHttpClient(own, DiscoveryCache(), seconds), seconds=seconds)
    try:
        await tokens.token(SCOPE)
    except AppTokenError as error:
        what, mend = _refused(error.code or "", urlsplit(settings.login_url).netloc)
        return failed(APP_PASSWORD, what, mend)
    finally:
        if session is None:
            own.close()
    return ok(APP_PASSWORD, "Entra accepts it, and issues the bot's token for Teams")


def _refused(code: str, host: str) -> tuple[str, str]:
    if code in _REFUSALS:
        what, mend = _REFUSALS[code]
        return f"{what} ({code})", mend
    if code in _UNREACHABLE:
        return _UNREACHABLE[code]
    if code.startswith("AADSTS"):
        number = code.removeprefix("AADSTS")
        return f"Entra refuses it ({code})", f"https://login.microsoftonline.com/error?code={number} says more."
    return (
        f"{host} issued no token ({code or 'no reason given'})",
        f"Let this machine connect to {host}, port 443, directly.",
    )
