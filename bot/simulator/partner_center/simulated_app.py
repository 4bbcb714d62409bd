"""Put the simulated Partner Center together."""

import asyncio
from collections.abc import Mapping

from aiohttp import web

from bot.simulator.partner_center.bearer_check import Verify
from bot.simulator.partner_center.conduct import USUAL_CONDUCT, Conduct
from bot.simulator.partner_center.control_routes import add_control
from bot.simulator.partner_center.faults.fault_types import Faults
from bot.simulator.partner_center.faults.faulty_delivery import Sleep
from bot.simulator.partner_center.request_handling import RequestHandling
from bot.simulator.partner_center.request_journal import Journal
from bot.simulator.partner_center.selling_urls import add_selling
from bot.simulator.partner_center.simulated_reports import Reports
from bot.simulator.partner_center.simulated_urls import add_not_found, add_reports
from bot.simulator.partner_center.wire.call_limit import CallLimit
from bot.simulator.partner_center.world.world_models import World

JOURNAL = web.AppKey("JOURNAL", Journal)
FAULTS = web.AppKey("FAULTS", Faults)


def partner_center_app(
    world: World,
    *,
    verify: Verify,
    faults: Faults | None = None,
    other_worlds: Mapping[str, World] | None = None,
    commercial: bool = True,
    legacy: bool = True,
    conduct: Conduct = USUAL_CONDUCT,
    sleep: Sleep = asyncio.sleep,
) -> web.Application:
    """Return a Partner Center that shows `world` to every caller with a valid token.

    `verify` checks the token. `other_worlds` (partner tenant id -> world) are shown to the users of those tenants
    instead. Without `commercial` or `legacy` that report answers 404, as if it did not exist. `conduct` has the other
    switches. `sleep` waits for the seconds of a delay.
    What is sold has its switches in `conduct.selling`.
    `app[FAULTS]` and `app[JOURNAL]` are what `/_simulator/faults` and `/_simulator/requests` set and show.
    """
    worlds = {"": world} | {tenant.lower(): each for tenant, each in (other_worlds or {}).items()}
    service = RequestHandling(
        reports={tenant: Reports(each, conduct) for tenant, each in worlds.items()},
        faults=faults if faults is not None else Faults(),
        journal=Journal(),
        verify=verify,
        sleep=sleep,
        limit=CallLimit(conduct.calls_a_minute, conduct.clock),
        subscription_limit=CallLimit(conduct.selling.calls_a_minute, conduct.clock),
        mfa_required=conduct.mfa_required,
    )
    app = web.Application()
    app[FAULTS] = service.faults
    app[JOURNAL] = service.journal
    add_control(app, service.faults, service.journal)
    add_reports(app, service, commercial=commercial, legacy=legacy)
    add_selling(app, service, conduct.selling)
    add_not_found(app, service)
    return app
