"""Run every check that needs no user, in the order of the report.

Network checks run side by side.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import aiohttp
import requests

from bot.doctor import check_settings as configuration
from bot.doctor import check_teams as teams
from bot.doctor.check_database import DATABASE, database
from bot.doctor.check_entra import APP_PASSWORD, CLOCK, ENTRA, app_password, entra
from bot.doctor.check_partner_center import PARTNER_CENTER, partner_center
from bot.doctor.check_settings import setting
from bot.doctor.check_sign_in import CONSENT, ROLE, SECOND_FACTOR, SignIn, person
from bot.doctor.check_teams import KEYS, PAGES
from bot.doctor.finding import Finding, failed, failure_in, skipped
from bot.doctor.probe import Probe
from bot.errors import SettingsError
from bot.outgoing.http_session import open_session
from bot.settings import Settings
from bot.teams.auth.teams_settings import OPENID_URL

PROXIES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


@dataclass(frozen=True, slots=True)
class ExaminedServices:
    """The outside services that are checked; tests replace them with simulators.

    `transport` carries MSAL's requests (None: the internet), `clock` returns Unix seconds. A check that takes much
    longer than `seconds` has failed.
    """

    transport: requests.Session | None = None
    openid_url: str = OPENID_URL
    clock: Callable[[], float] = time.time
    seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class _Check:
    """`names` of the findings it makes, those it `needs` to be without failure, and what makes them."""

    names: tuple[str, ...]
    needs: tuple[str, ...]
    make: Callable[[], Awaitable[list[Finding]]]


async def examine(
    environ: Mapping[str, str],
    *,
    outside: ExaminedServices | None = None,
    sign_in: Callable[[Settings], SignIn] | None = None,
) -> tuple[Finding, ...]:
    """Return all findings.

    With `sign_in`, the operator is asked to sign in after the other checks. Raises no error for a fault that is found.
    """
    outside = outside or ExaminedServices()
    settings, findings = configuration.settings_in(environ)
    findings += _alone(settings, findings, outside.clock())
    proxied = any(environ.get(name, "").strip() for name in PROXIES)
    async with open_session() as session:
        probe = Probe(session, outside.seconds, proxied)
        for round_ in (_first(settings, probe, outside), _second(settings, outside)):
            found = await asyncio.gather(*(_result(check, findings, outside.seconds) for check in round_))
            findings += [each for several in found for each in several]
        if sign_in is not None:
            findings += await _result(_last(settings, sign_in(settings), session, outside.seconds), findings, None)
    return tuple(findings)


def _alone(settings: Settings, findings: list[Finding], now: float) -> list[Finding]:
    """Check what needs no network and does not depend on a setting that is wrong."""
    judged = []
    if failure_in(findings, [setting("token_keys")]) is None:
        judged.append(configuration.token_keys(settings))
    if failure_in(findings, [setting("public_url"), setting("app_id")]) is None:
        judged.append(configuration.public_url(settings))
    if settings.sign_ins_after:
        judged.append(configuration.sign_ins_after(settings, now))
    return judged


def _first(settings: Settings, probe: Probe, outside: ExaminedServices) -> tuple[_Check, ...]:
    async def one(making: Awaitable[Finding]) -> list[Finding]:
        return [await making]

    return (
        _Check((DATABASE,), (setting("database"),), lambda: one(database(settings))),
        _Check((PAGES,), (setting("public_url"),), lambda: one(teams.pages(settings, probe))),
        _Check(
            (ENTRA, CLOCK),
            (setting("login_url"), setting("app_tenant_id")),
            lambda: entra(settings, probe, outside.clock),
        ),
        _Check((KEYS,), (), lambda: one(teams.channel_keys(outside.openid_url, probe))),
        _Check(
            (PARTNER_CENTER,),
            (setting("partner_center_url"), setting("partner_center_prefix")),
            lambda: one(partner_center(settings, probe)),
        ),
    )


def _second(settings: Settings, outside: ExaminedServices) -> tuple[_Check, ...]:
    """Return the checks that would only repeat a failure of the first ones."""

    async def secret() -> list[Finding]:
        return [await app_password(settings, outside.transport, outside.seconds)]

    needs = (setting("app_id"), setting("app_tenant_id"), setting("app_password"), ENTRA)
    return (_Check((APP_PASSWORD,), needs, secret),)


def _last(settings: Settings, sign_in: SignIn, session: aiohttp.ClientSession, seconds: float) -> _Check:
    """Return the check that a person has to sign in for.

    It is skipped if it could not work. A token in the settings needs no Entra.
    """
    entra_too = () if settings.access_token else (setting("app_id"), setting("app_tenant_id"), ENTRA)
    needs = (*entra_too, setting("partner_center_url"), setting("partner_center_prefix"), PARTNER_CENTER)
    return _Check((CONSENT, SECOND_FACTOR, ROLE), needs, lambda: person(sign_in, settings, session, seconds))


async def _result(check: _Check, findings: list[Finding], seconds: float | None) -> list[Finding]:
    """Run the check; if it was skipped, each of its findings says why."""
    broken = failure_in(findings, check.needs)
    if broken is not None:
        return [skipped(name, broken) for name in check.names]
    try:
        async with asyncio.timeout(None if seconds is None else 2.5 * seconds):
            made = await check.make()
    except TimeoutError:
        what = f"it took more than {2.5 * (seconds or 0):g} seconds"
        made = [failed(check.names[0], what, "Look again; if it stays, something on the way holds connections back.")]
    except SettingsError as error:
        made = [failed(check.names[0], error.problem, f"Correct the setting: {error.setting}.")]
    reported = {each.name for each in made}
    return made + [skipped(name, check.names[0]) for name in check.names if name not in reported]
