"""Figures that a person has seen, in the trends of this person."""

from dataclasses import replace
from datetime import date

import pytest

from bot.app.answering import AnsweringParts, compose, keep_alive
from bot.domain.conversation import Conversation, ConversationKind
from bot.domain.licensing import Dimension, Entry
from bot.identity.stored_figures import StoredFigures
from bot.identity.tokens.encryption import Encryptor
from bot.query.reports.day_figures import DayFigures
from bot.settings import Settings
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import FAULTS, make_world, partner_center_app
from bot.simulator.partner_center.faults.fault_types import Throttle
from bot.store import open_store
from bot.usage.command_buttons import press_of
from bot.usage.memory.personal_memory import PersonalMemory
from cards.draw import draw, plain_text
from cards.views.answer_views import ErrorView
from cards.wording.locale_words import LocaleWords
from tests.integration.handlers.conftest import ANN, BEN
from tests.shown_figures import of

CHAT = Conversation("19:a", ConversationKind.PERSONAL, "{}")
WORDS = LocaleWords.load("en-US")
ASKED = "trend for TEST COMPANY on Exchange"
SCOPE = "customerTenantId eq '0112A436-B14E-4888-967B-CA4BB2CF1234' and workloadCode eq 'EXO'"
EXCHANGE = Entry(Dimension.WORKLOAD, "EXO", "Exchange")
# Older than what the simulated service has.
APRIL = DayFigures(date(2018, 4, 10), of(1, 1), (EXCHANGE,))


class Desk:
    def __init__(self, parts: AnsweringParts, figures: StoredFigures, simulator) -> None:
        self.parts, self.figures, self.simulator = parts, figures, simulator

    async def say(self, text, caller=ANN):
        return await self.parts.answers.answer(text, caller, here=CHAT)


@pytest.fixture
async def desk(database_url):
    authority = TokenAuthority()
    app = partner_center_app(make_world(customers=60, seed=1), verify=authority.verify)
    server = await listen(app)
    settings = Settings(partner_center_url=server.url)
    async with open_store(database_url) as store, keep_alive() as session:
        figures = StoredFigures(store.seen, Encryptor([b"k" * 32]), 400)
        memory = PersonalMemory(figures=figures)
        yield Desk(compose(settings, SimulatedUserTokens(authority), session, memory=memory), figures, app)
    await server.close()


async def test_day_that_the_service_has_no_more_is_shown_and_marked(desk):
    await desk.figures.keep(ANN, SCOPE, APRIL)
    view = await desk.say(ASKED)
    first = view.points[0]
    assert (first.day, first.figures.active, first.gap) == (APRIL.day, 1, "")
    assert first.seen is not None
    assert "The bot saw these figures earlier" in plain_text(view, WORDS)
    assert "The bot saw these figures earlier" in str(draw(view, WORDS))


async def test_figures_of_the_service_go_first(desk):
    await desk.figures.keep(ANN, SCOPE, replace(APRIL, day=date(2018, 9, 8), figures=of(7, 9)))
    view = await desk.say(ASKED)
    assert all(each.seen is None for each in view.points)
    assert 9 not in {each.figures.qualified for each in view.known}


async def test_what_a_colleague_has_seen_is_never_shown(desk):
    await desk.figures.keep(ANN, SCOPE, APRIL)
    view = await desk.say(ASKED, BEN)
    assert view.points[0].gap == "none"
    assert all(each.seen is None for each in view.points)


async def test_what_was_seen_is_not_shown_without_the_newest_figures(desk):
    await desk.say("customers")
    await desk.figures.keep(ANN, SCOPE, APRIL)
    desk.simulator[FAULTS].add(Throttle(retry_after=900, times=None))
    assert isinstance(await desk.say(ASKED), ErrorView)


async def test_answers_about_one_customer_are_kept(desk):
    await desk.say("usage for TEST COMPANY on Exchange")
    (kept,) = await desk.figures.of(ANN, SCOPE)
    assert (kept.day, kept.figures) == (date(2018, 10, 14), of(0, 1))
    await desk.say(ASKED)
    assert len(await desk.figures.of(ANN, SCOPE)) == 6
    assert await desk.figures.of(BEN, SCOPE) == ()


@pytest.mark.parametrize(
    "text", ["trend on Exchange", "usage on Exchange", "usage for TEST COMPANY and Focus on IT on Exchange"]
)
async def test_totals_of_several_customers_are_not_kept(desk, text):
    await desk.say(text)
    assert desk.figures._written == {}


async def test_forget_me_erases_what_was_seen(desk):
    await desk.figures.keep(ANN, SCOPE, APRIL)
    asked = await desk.say("forget me")
    await desk.parts.answers.press(press_of(asked.confirm), ANN, here=CHAT)
    assert await desk.figures.of(ANN, SCOPE) == ()
    assert (await desk.say(ASKED)).points[0].gap == "none"
