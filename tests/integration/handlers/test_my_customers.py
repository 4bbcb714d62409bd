"""Each person has a list of customers, which "my customers" is about."""

import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot.app.answering import for_programs
from bot.commands.command import Name, Usage
from bot.commands.command_document import write
from bot.digests.content.packed_kind import unpack_any
from bot.digests.runs.owner_answer import OwnerAnswers, UnansweredError
from bot.domain.conversation import ConversationKind
from bot.domain.licensing import Dimension, Entry
from bot.usage.command_buttons import press_of
from cards.draw import plain_text
from cards.views.answer_views import UsageView
from cards.views.kinds.trend_view import TrendView
from cards.views.personal.own_list_view import OwnListView
from cards.wording.locale_words import LocaleWords

WORDS = LocaleWords.load("en")
FORMER = Entry(Dimension.CUSTOMER, "99999999-0000-4000-8000-000000000001", "Former Client")


async def names_of(view):
    assert isinstance(view, UsageView)
    return {item.name for item in view.items}


async def test_list_grows_is_shown_and_shrinks(desk):
    added = await desk.ask("follow TEST COMPANY and Focus on IT")
    assert isinstance(added, OwnListView)
    assert (added.state, added.changed, added.total) == ("added", ("TEST COMPANY", "Focus on IT"), 2)
    assert (await desk.ask("follow TEST COMPANY")).state == "there"
    removed = await desk.engine.answers.press(press_of(added.customers[0].drop), desk.ann)
    assert (removed.state, [each.name for each in removed.customers]) == ("removed", ["Focus on IT"])
    assert [each.name for each in (await desk.ask("my customers")).customers] == ["Focus on IT"]
    assert (await desk.ask("unfollow TEST COMPANY")).state == "not_there"


async def test_my_customers_are_those_of_who_asks(desk):
    await desk.ask("follow TEST COMPANY")
    await desk.ask("follow Focus on IT", desk.ben)
    assert await names_of(await desk.ask("usage for my customers on Exchange by customer")) == {"TEST COMPANY"}
    assert await names_of(await desk.ask("usage for my customers on Exchange by customer", desk.ben)) == {"Focus on IT"}


async def test_card_names_the_scope_and_who_cannot_be_seen(desk):
    await desk.ask("follow TEST COMPANY and Focus on IT")
    await desk.engine.services.memory.followed.change(desk.ann, (FORMER,), ())
    view = await desk.ask("usage for my customers on Exchange")
    assert await names_of(view) == {"TEST COMPANY", "Focus on IT"}
    assert (view.question, view.own.gone) == ("usage for my customers on Exchange", ("Former Client",))
    assert "My customers (2 of 3)" in plain_text(view, WORDS)
    assert FORMER.id not in str(desk.usage_requests())
    listed = await desk.ask("my customers")
    assert [(each.name, each.ask is None) for each in listed.customers][-1] == ("Former Client", True)
    dropped = await desk.engine.answers.press(press_of(listed.customers[-1].drop), desk.ann)
    assert (dropped.state, dropped.total) == ("removed", 2)


async def test_customer_without_figures_is_named(desk):
    await desk.ask("follow TEST COMPANY and Focus on IT")
    view = await desk.ask("usage for my customers in OFFICE 365 ENTERPRISE E3")
    there = await names_of(view)
    assert set(view.own.silent) == {"TEST COMPANY", "Focus on IT"} - there


async def test_empty_list_leads_to_following_and_to_all(desk):
    view = await desk.ask("my customers below 50%")
    assert (view.state, view.other is None) == ("empty", False)
    every = await desk.engine.answers.press(press_of(view.every), desk.ann)
    assert isinstance(every, UsageView)
    assert every.question == "usage by customer below 50%"


async def test_follow_up_narrows_to_my_customers_and_back(desk):
    await desk.ask("follow TEST COMPANY")
    await desk.ask("usage on Exchange by customer")
    assert (await desk.ask("only my customers")).matched == 1
    assert (await desk.ask("and for all customers")).matched > 1


async def test_row_of_my_customers_asks_about_that_customer(desk):
    await desk.ask("follow TEST COMPANY and Focus on IT")
    view = await desk.ask("usage for my customers on Exchange")
    row = await desk.engine.answers.press(press_of(view.items[0].open), desk.ann)
    assert row.scope[0] == view.items[0].name


async def test_many_customers_are_filtered_here_not_in_the_address(desk):
    names = await desk.engine.services.directories.names(desk.ann)
    customers = names.entries(Dimension.CUSTOMER)[:40]
    await desk.engine.services.memory.followed.change(desk.ann, customers, ())
    before = len(desk.usage_requests())
    view = await desk.ask("usage for my customers on Exchange")
    asked = [dict(each.params)["filter"] for each in desk.usage_requests()[before:]]
    assert asked == ["workloadCode eq 'EXO'"]
    every = await desk.ask("usage on Exchange by customer")
    followed = {each.label for each in customers}
    assert view.matched == 40 - len(view.own.silent) < every.matched
    assert await names_of(view) <= followed


async def test_everything_about_a_person_is_forgotten(desk):
    await desk.ask("follow TEST COMPANY")
    await desk.ask("follow TEST COMPANY", desk.ben)
    await desk.engine.services.memory.forget(replace(desk.ann, object_id="ANN"))
    assert (await desk.ask("my customers")).state == "empty"
    assert (await desk.ask("my customers", desk.ben)).total == 1


async def digest_of(owner, desk):
    asked = Usage(mine=True, subjects=(Name("Exchange"),))
    keys = {
        "tenant_id": owner.tenant_id,
        "owner_id": owner.object_id,
        "owner_name": owner.name,
        "locale": "en-US",
        "only_if": "",
        "kind": ConversationKind.PERSONAL,
        "conversation_id": "chat",
    }
    digest = SimpleNamespace(**keys, time_zone="UTC", question="", command=write(asked))
    return await OwnerAnswers(desk.engine.services, time.time, keep=0).answer(digest, 0)


async def test_digest_has_the_list_of_its_owner_at_that_time(desk):
    await desk.ask("follow TEST COMPANY")
    await desk.ask("follow Focus on IT", desk.ben)
    first = await digest_of(desk.ann, desk)
    assert [each.name for each in first.answer.plan.own.seen] == ["TEST COMPANY"]
    assert unpack_any(first.packed).plan.own == first.answer.plan.own
    await desk.ask("follow Focus on IT")
    assert (await digest_of(desk.ann, desk)).answer.report.matched == 2


async def test_digest_of_an_empty_list_says_so_to_its_owner(desk):
    with pytest.raises(UnansweredError) as raised:
        await digest_of(desk.ann, desk)
    assert raised.value.problem == "no_own_customers"


async def test_trend_of_my_customers_has_their_figures(desk):
    await desk.ask("follow TEST COMPANY and Focus on IT")
    view = await desk.ask("trend for my customers on Exchange")
    assert isinstance(view, TrendView)
    both = await desk.ask("trend for TEST COMPANY and Focus on IT on Exchange")
    assert [each.figures for each in view.known] == [each.figures for each in both.known]
    assert "My customers (2)" in plain_text(view, WORDS)


async def test_customer_that_is_left_out_is_not_said_to_be_without_figures(desk):
    await desk.ask("follow TEST COMPANY and Focus on IT")
    view = await desk.ask("usage for my customers on Exchange except Focus on IT")
    assert (await names_of(view), view.own.silent) == ({"TEST COMPANY"}, ())


async def test_alert_about_my_customers_watches_each_of_them(desk):
    await desk.ask("follow TEST COMPANY")
    found, _ = await desk.engine.answers.read("alert me when my customers drop below 50% on Exchange", desk.ann)
    assert (found.question.mine, found.question.by) == (True, (Dimension.CUSTOMER,))


async def test_program_has_the_customers_of_its_person(desk):
    await desk.ask("follow TEST COMPANY")
    programs = for_programs(desk.engine)
    answered = await programs.carry_out(Usage(mine=True, subjects=(Name("Exchange"),)), desk.ann)
    assert [each.name for each in answered.plan.own.seen] == ["TEST COMPANY"]
