"""Answers if Partner Center has only its superseded report for one customer."""

import pytest

from bot.app.answering import engine
from bot.domain.conversation import Caller
from bot.settings import Settings
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import make_world, partner_center_app
from cards.views.answer_views import ErrorView, UsageView
from tests.shown_figures import shown

ANN = Caller("7a4b8b8e-0d54-4a4c-9a3e-3b1f1d5a0001", "ann", "Ann")
TENANT = "0112A436-B14E-4888-967B-CA4BB2CF1234"


@pytest.fixture
async def answers():
    authority = TokenAuthority()
    app = partner_center_app(make_world(customers=30, seed=1), verify=authority.verify, commercial=False)
    server = await listen(app)
    async with engine(Settings(partner_center_url=server.url), SimulatedUserTokens(authority)) as parts:
        yield parts.answers
    await server.close()


async def test_answer_names_superseded_report_when_customer_is_tenant_id(answers):
    view = await answers.answer(f"usage for {TENANT} on Exchange", ANN)
    assert isinstance(view, UsageView)
    assert view.total == shown(0, 1)
    assert "superseded_api" in view.remarks
    assert view.scope[0] == "TEST COMPANY"


async def test_question_about_all_customers_is_refused_with_reason(answers):
    view = await answers.answer("usage on Exchange by customer", ANN)
    assert isinstance(view, ErrorView)
    assert view.problem == "endpoint_missing"


async def test_list_of_customers_is_refused_with_reason(answers):
    view = await answers.answer("customers", ANN)
    assert isinstance(view, ErrorView)
    assert view.problem == "endpoint_missing"
