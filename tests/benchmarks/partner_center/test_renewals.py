"""What a question about the renewals of 2,000 customers asks of Partner Center.

`uv run pytest -m benchmark -n 0 -s tests/benchmarks/partner_center/test_renewals.py`. A minute is one of a clock that
only the budget of calls moves: its waits take no time, and all else is measured.
"""

import time
from collections import Counter
from dataclasses import replace

import pytest

from bot.app.answering import compose, keep_alive
from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Usage
from bot.domain.conversation import Caller
from bot.partner_center.client_limits import ClientLimits
from bot.partner_center.subscriptions.subscription_client import Subscriptions
from bot.partner_center.usage_client import ReportEndpoint
from bot.settings import Settings
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import JOURNAL, make_world, partner_center_app
from bot.simulator.partner_center.conduct import Conduct
from bot.simulator.partner_center.selling.selling_conduct import SellingConduct
from bot.usage.kinds.kind_answer import KindAnswer, ShownPart
from bot.usage.kinds.kind_answering import ask_kind

CUSTOMERS = 2_000
MOST_A_MINUTE = 500
ANN = Caller("7a4b8b8e-0d54-4a4c-9a3e-3b1f1d5a0001", "ann", "Ann")
MINUTE = 60.0


class BudgetClock:
    """A clock that only moves when a caller waits by it."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.mark.benchmark
@pytest.mark.parametrize("kind", [AnswerKind.RENEWALS, AnswerKind.CALLS])
@pytest.mark.parametrize("analytics", [True, False], ids=["analytics", "walk"])
async def test_an_answer_over_all_customers_stays_within_the_limit(analytics, kind, capsys):
    clock = BudgetClock()
    authority = TokenAuthority()
    app = partner_center_app(
        make_world(customers=CUSTOMERS, seed=1),
        verify=authority.verify,
        conduct=Conduct(selling=SellingConduct(analytics=analytics, calls_a_minute=MOST_A_MINUTE), clock=clock),
    )
    server = await listen(app)
    told = []
    async with keep_alive() as session:
        tokens = SimulatedUserTokens(authority)
        parts = compose(Settings(partner_center_url=server.url), tokens, session)
        client = Subscriptions(
            session, ReportEndpoint(server.url), tokens, limits=ClientLimits(), clock=clock, sleep=clock.sleep
        )
        services = replace(parts.services, subscriptions=client)
        names = await services.directories.names(ANN)
        before = len(app[JOURNAL])
        start = time.perf_counter()
        answered = await ask_kind(
            Usage(kind=kind), ANN, names, services, lambda done, every: told.append((done, every))
        )
        seconds = time.perf_counter() - start
        assert isinstance(answered, KindAnswer)
        view = answered.view(ShownPart(12))
    await server.close()
    asked = list(app[JOURNAL])[before:]
    lists = [each for each in asked if each.path.endswith("/subscriptions") and "/customers/" in each.path]
    assert told
    assert len(lists) <= MOST_A_MINUTE * (clock.now / MINUTE + 1)
    kinds = Counter("list" if each in lists else "report" for each in asked)
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{kind} {'analytics' if analytics else 'walk'}: {len(asked)} calls {dict(kinds)},"
            f" {clock.now / MINUTE:.1f} minutes of waiting, {seconds:.1f} s of work, {answered.rows} lines,"
            f" {len(told)} progress reports, counted {dict(view.counted)}"
        )
