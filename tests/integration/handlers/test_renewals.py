"""Renewals and the call list over HTTP, with what the sources may do wrong."""

import json
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.app.answering import engine
from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Export, ExportForm, Usage
from bot.digests.content.kind_digest import kind_digest
from bot.digests.content.packed_kind import pack_any, unpack_any
from bot.domain.subscriptions import Renewing
from bot.errors import NotYourCustomerError, PartnerCenterError
from bot.settings import Settings
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import FAULTS, JOURNAL, make_world, partner_center_app
from bot.simulator.partner_center.conduct import Conduct
from bot.simulator.partner_center.faults.fault_types import Refuse
from bot.simulator.partner_center.selling.selling_faults import selling_conduct
from bot.usage.command_buttons import press_of
from bot.usage.kinds.kind_answer import ShownPart
from bot.usage.kinds.kind_answering import ask_kind
from cards.draw import draw, plain_text, summary
from cards.parts.card_size import BUDGET, size
from cards.views.kinds.selling_views import CallsView, RenewalsView
from cards.wording.locale_words import LocaleWords
from tests.integration.handlers.conftest import ANN
from tests.unit.digests.content.test_digest_content import DIGEST

WORDS = LocaleWords.load("en")
STORY = "Clearview Roofing Oy"


@asynccontextmanager
async def selling(*faults):
    """Yield the answering parts and the simulator, with these faults."""
    authority = TokenAuthority()
    app = partner_center_app(
        make_world(customers=40, seed=1), verify=authority.verify, conduct=Conduct(selling=selling_conduct(faults))
    )
    server = await listen(app)
    settings = Settings(partner_center_url=server.url, answer_seconds=240)
    try:
        async with engine(settings, SimulatedUserTokens(authority)) as parts:
            yield parts, app
    finally:
        await server.close()


async def asked(text, *faults):
    async with selling(*faults) as (parts, _):
        return await parts.answers.answer(text, ANN)


async def test_one_customer_has_the_four_numbers_each_with_its_source():
    view = await asked(f"renewals for {STORY}")
    assert isinstance(view, RenewalsView)
    (item,) = view.items
    assert [(each.number, each.source) for each in (item.sold, item.assigned)] == [
        (30, "deployment"),
        (26, "deployment"),
    ]
    assert (item.active.source, item.unused.source, item.not_assigned) == ("usage", "usage", 4)
    assert (item.term.days, item.term.renewing, item.term.seats) == (33, "auto", 30)
    assert [each.source for each in view.sources] == ["live", "deployment", "usage"]
    card = json.dumps(draw(view, WORDS))
    assert "Renews in 33 days" in card
    assert "4 sold, not assigned" in card


async def test_a_list_is_of_all_customers_and_each_row_leads_to_one():
    async with selling() as (parts, _):
        view = await parts.answers.answer("what renews in the next 60 days", ANN)
        days = [item.term.days for item in view.items]
        assert days == sorted(days)
        assert all(0 <= each <= 60 for each in days)
        assert view.sources[0].source == "analytics"
        opened = await parts.answers.press(press_of(view.items[0].open), ANN)
        assert view.items[0].term.mark in [term.mark for item in opened.items for term in item.terms]
        assert opened.customer == view.items[0].customer


async def test_more_shows_every_line_once():
    async with selling() as (parts, _):
        view = await parts.answers.answer("renewals", ANN)
        seen = [(each.customer, each.product, each.term) for each in view.items]
        while len(seen) < view.matched:
            button = replace(view.more, rows=len(seen) + 12, start=len(seen))
            view = await parts.answers.press(press_of(button), ANN)
            seen += [(each.customer, each.product, each.term) for each in view.items[len(seen) - view.start :]]
        assert len(seen) == view.matched > 24


async def test_a_limit_on_usage_counts_what_is_not_known():
    every = await asked("what renews in the next 60 days")
    view = await asked("what renews in the next 60 days with usage below 50%")
    assert 0 < view.matched < every.matched
    assert all(item.percent < 50 for item in view.items)
    assert dict(view.counted)["no_use"] > 0


@pytest.mark.parametrize(
    ("fault", "source", "problem"),
    [("sold_missing", "deployment", "no_rows"), ("sold_superseded_empty", "deployment", "no_rows")],
)
async def test_without_the_report_on_seats_the_partners_own_are_shown(fault, source, problem):
    view = await asked(f"renewals for {STORY}", fault)
    assert {each.source: each.problem for each in view.sources}["usage"] == ""
    numbers = [(each.sold.number, each.sold.source, each.assigned.number) for each in view.items if each.terms]
    assert (30, "live", None) in numbers or fault == "sold_missing"
    assert any(each.source == source and each.problem in ("", problem, "endpoint_missing") for each in view.sources)


async def test_without_analytics_the_lists_of_the_customers_are_walked():
    async with selling("subscriptions_missing") as (parts, app):
        view = await parts.answers.answer("what renews in the next 60 days", ANN)
        assert view.matched > 0
        assert view.sources[0].source == "live"
        walked = {each.path for each in app[JOURNAL] if each.path.endswith("/subscriptions")}
        assert len(walked) > 30


class Refused:
    """The client of subscriptions, which may not read the list of one customer."""

    def __init__(self, client):
        self._client = client

    async def of_some(self, *_):
        raise NotYourCustomerError("no delegated access", status=403)

    def __getattr__(self, name):
        return getattr(self._client, name)


async def test_a_customer_whose_own_list_is_refused_has_the_analytics():
    async with selling() as (parts, _):
        command, context = await parts.answers.read(f"renewals for {STORY}", ANN)
        services = replace(parts.services, subscriptions=Refused(parts.services.subscriptions))
        answered = await ask_kind(command, ANN, context.names, services)
    view = answered.view(ShownPart(20))
    assert [(each.source, each.problem) for each in view.sources[:2]] == [
        ("live", "not_your_customer"),
        ("analytics", ""),
    ]
    assert any(item.assigned.number == 26 for item in view.items)
    assert "You have no access to this customer" in plain_text(view, WORDS)


async def test_without_a_client_of_subscriptions_the_reports_are_shown():
    async with selling() as (parts, _):
        command, context = await parts.answers.read(f"renewals for {STORY}", ANN)
        answered = await ask_kind(command, ANN, context.names, replace(parts.services, subscriptions=None))
    (item,) = answered.view(ShownPart(20)).items
    assert (item.sold.number, item.assigned.number, item.term) == (30, 26, None)


async def test_whom_to_call_has_reasons_and_rules():
    view = await asked("whom should I call?")
    assert isinstance(view, CallsView)
    assert view.rules[0].rule == "renews_unused"
    assert len({item.customer for item in view.items}) == len(view.items)
    assert all(item.reasons for item in view.items)
    assert "How this list is ordered" in json.dumps(draw(view, WORDS))
    top = await asked("top 3 customers to call")
    assert [each.customer for each in top.items] == [each.customer for each in view.items[:3]]


@pytest.mark.parametrize("question", ["renewals in the next 60 days", "whom should I call"])
async def test_a_digest_keeps_what_was_found_and_posts_it(question):
    async with selling() as (parts, _):
        command, context = await parts.answers.read(question, ANN)
        answered = await ask_kind(command, ANN, context.names, parts.services)
    kept = unpack_any(pack_any(answered))
    assert kept == replace(answered, begun=None)
    view = kind_digest(DIGEST, kept)
    assert size(draw(view, WORDS)) < BUDGET
    assert summary(view, WORDS).startswith(f"Digest {DIGEST.number}.")
    assert len(plain_text(view, WORDS).splitlines()) > 3
    assert answered.view(ShownPart(5)).matched == answered.rows


@pytest.mark.parametrize("form", ExportForm)
async def test_renewals_are_a_file_with_a_row_for_each_subscription(form):
    async with selling() as (parts, _):
        view = await parts.answers.answer("renewals in the next 365 days", ANN)
        made = await parts.answers.file(Export(Usage(kind=AnswerKind.RENEWALS, ahead=365), form), ANN)
        none = await parts.answers.file(Export(Usage(kind=AnswerKind.RENEWALS, ahead=1, renewing=Renewing.OFF)), ANN)
        calls = await parts.answers.file(Export(Usage(kind=AnswerKind.CALLS), form), ANN)
    assert made.rows >= view.matched > 0
    assert made.name.startswith("renewals-")
    assert isinstance(none, RenewalsView) or none.rows
    assert calls.problem == "kind_no_file"


async def test_if_no_source_answers_the_failure_is_said():
    async with selling() as (parts, app):
        command, context = await parts.answers.read("renewals", ANN)
        app[FAULTS].add(Refuse(status=404, code="1000", times=None))
        with pytest.raises(PartnerCenterError):
            await ask_kind(command, ANN, context.names, parts.services)
