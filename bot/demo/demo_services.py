"""The demo's services: a simulated Partner Center and an engine that calls it.

Both are on this machine; the engine asks as one made-up person.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from bot.app.answering import AnsweringParts, engine
from bot.domain.conversation import Caller
from bot.partner_center.token_source import TokenSource
from bot.settings import Settings
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import Faults, make_world, partner_center_app
from bot.simulator.partner_center.conduct import Conduct
from bot.simulator.partner_center.faults.named_faults import (
    ALIKE_NAMES,
    FACTOR_ELSEWHERE,
    FAULT_MEANINGS,
    MORE_WORKLOADS,
    NAMED_FAULTS,
    NO_FACTOR,
    OTHER_SCRIPTS,
    SMALL_PAGE,
    faults_named,
    small_pages,
)
from bot.simulator.partner_center.query_string import PAGE_LIMIT
from bot.simulator.partner_center.selling.selling_faults import SELLING_FAULTS, selling_conduct
from bot.simulator.partner_center.world.alike_names import with_alike_names, with_other_scripts
from bot.simulator.partner_center.world.more_workloads import with_more_workloads

__all__ = ["CUSTOMERS", "FAULT_MEANINGS", "NAMED_FAULTS", "SEED", "DemoServices", "demo_services"]

CUSTOMERS = 40
SEED = 1

# Made up: no directory has the tenant and the person of the demo.
ASKER = Caller(
    tenant_id="7a4b8b8e-0d54-4a4c-9a3e-3b1f1d5a0001",
    object_id="7a4b8b8e-0d54-4a4c-9a3e-3b1f1d5a0002",
    name="Alex Wilber",
    locale="en-US",
)


@dataclass(frozen=True, slots=True)
class DemoServices:
    """The running services of the demo.

    `url` is the address of the simulated Partner Center, which accepts the tokens of `authority`. With `tokens` every
    caller is signed in there. `faults` are names of `NAMED_FAULTS`.
    """

    engine: AnsweringParts
    caller: Caller
    settings: Settings
    url: str
    authority: TokenAuthority
    tokens: TokenSource
    faults: frozenset[str] = frozenset()


@asynccontextmanager
async def demo_services(
    *, customers: int = CUSTOMERS, seed: int = SEED, locale: str = "en-US", faults: Sequence[str] = ()
) -> AsyncIterator[DemoServices]:
    """Yield all services that answering a question needs, without accounts or network.

    `faults` are names of what the simulated Partner Center does wrong, or what the person's sign-in lacks.
    """
    authority = TokenAuthority()
    world = make_world(customers=customers, seed=seed)
    if ALIKE_NAMES in faults:
        world = with_alike_names(world)
    if OTHER_SCRIPTS in faults:
        world = with_other_scripts(world)
    if MORE_WORKLOADS in faults:
        world = with_more_workloads(world)
    app = partner_center_app(
        world,
        verify=authority.verify,
        faults=Faults(*faults_named(faults)),
        conduct=Conduct(
            page_limit=SMALL_PAGE if small_pages(faults) else PAGE_LIMIT,
            selling=selling_conduct(each for each in faults if each in SELLING_FAULTS),
        ),
    )
    simulator = await listen(app)
    try:
        settings = Settings(partner_center_url=simulator.url)
        factor = not {FACTOR_ELSEWHERE, NO_FACTOR} & set(faults)
        tokens = SimulatedUserTokens(authority, mfa=factor, in_vain=FACTOR_ELSEWHERE in faults)
        async with engine(settings, tokens) as parts:
            caller = replace(ASKER, locale=locale)
            yield DemoServices(parts, caller, settings, simulator.url, authority, tokens, frozenset(faults))
    finally:
        await simulator.close()
