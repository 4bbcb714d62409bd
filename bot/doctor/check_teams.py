"""Check the keys that authenticate messages from Teams, and the bot's own pages.

https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#connector-to-bot
"""

from typing import TypeVar

import msgspec

from bot.doctor.finding import Finding, failed, ok, warning
from bot.doctor.probe import Probe, ProbeAnswer, ProbeFailure
from bot.identity.sso.signing_keys import KeyList
from bot.settings import Settings
from bot.teams.auth.channel_keys import OpenId
from bot.teams.auth.channel_token import read_channel_key

KEYS, PAGES = "Bot Framework keys", "public address"

T = TypeVar("T")


async def channel_keys(openid_url: str, probe: Probe) -> Finding:
    """Check that the signing keys of the channel service can be fetched."""
    configuration = await _document(openid_url, OpenId, probe)
    if isinstance(configuration, Finding):
        return configuration
    if configuration.jwks_uri.partition(":")[0] != openid_url.partition(":")[0]:
        return _strange()
    listed = await _document(configuration.jwks_uri, KeyList, probe)
    if isinstance(listed, Finding):
        return listed
    count = sum(read_channel_key(each) is not None for each in listed.keys)
    return ok(KEYS, f"{count} keys can be fetched") if count else _strange()


async def _document(url: str, kind: type[T], probe: Probe) -> T | Finding:
    answer = await probe.get(url)
    if isinstance(answer, ProbeFailure):
        return failed(KEYS, answer.what, f"{answer.mend} Without these keys every message from Teams is refused.")
    if answer.status != 200:
        return failed(
            KEYS,
            f"the Bot Framework answers {answer.status} where its keys should be",
            "Try again later; if it stays, a proxy or a firewall may be in between.",
        )
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return _strange()


def _strange() -> Finding:
    return failed(
        KEYS,
        "the server that answers is not the Bot Framework",
        "Check whether a proxy or a sign-in page of your network is in between.",
    )


async def pages(settings: Settings, probe: Probe) -> Finding:
    """Check that the bot answers at its public address.

    Never a failure: the bot may not have been started yet.
    """
    answer = await probe.get(f"{settings.public_url}/healthz")
    later = "If `usagebot serve` is not running yet, this is no fault: look again once it is."
    if isinstance(answer, ProbeFailure):
        return warning(PAGES, f"the bot does not answer there: {answer.what}", f"{later} {answer.mend}")
    if not _healthy(answer):
        return warning(
            PAGES,
            f"the server that answers there is not the bot (status {answer.status})",
            f"{later} Else check that the reverse proxy passes requests on to port {settings.port}.",
        )
    return ok(PAGES, "the bot answers there")


def _healthy(answer: ProbeAnswer) -> bool:
    try:
        status = msgspec.json.decode(answer.body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return False
    return answer.status == 200 and isinstance(status, dict) and "status" in status
