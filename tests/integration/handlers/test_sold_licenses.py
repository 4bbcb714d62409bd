"""Questions about sold licenses, asked of the simulated Partner Center."""

import pytest

from bot.commands.command_document import read_object
from bot.usage.command_buttons import press_of
from cards.draw import draw, plain_text
from cards.views.answer_views import ErrorView, NotUnderstoodView, UsageView
from cards.views.button_payload import AskButton
from cards.wording.locale_words import LocaleWords, available


def requests_for_sold(desk):
    return [asked for asked in desk.requests() if asked.path.endswith("/deployment/license")]


async def test_sold_licenses_of_one_customer_are_listed_by_product(desk):
    answer = await desk.ask("licenses sold to TEST COMPANY")
    assert isinstance(answer, UsageView)
    assert (answer.seats, answer.by, answer.scope) == (True, ("product",), ("TEST COMPANY",))
    assert "all_suppliers" in answer.remarks
    assert len(requests_for_sold(desk)) == 1
    assert desk.usage_requests() == requests_for_sold(desk)


@pytest.mark.parametrize("locale", available())
async def test_sold_licenses_are_called_so_in_each_language(desk, locale):
    answer = await desk.ask("unassigned licenses by customer")
    words = LocaleWords.load(locale)
    told = plain_text(answer, words)
    assert words.of_seats(True).say("usage.unused", count=answer.total.unused) in told
    assert words.say("usage.unused", count=answer.total.unused) not in told
    assert words.say("remark.all_suppliers") in str(draw(answer, words))


async def test_numbers_of_unassigned_licenses_select_customers(desk):
    answer = await desk.ask("customers with more than 20 unassigned licenses")
    assert isinstance(answer, UsageView)
    assert answer.matched > 0
    assert all(item.figures.unused > 20 for item in answer.items)


async def test_a_workload_of_sold_licenses_is_refused_by_its_name(desk):
    answer = await desk.ask("licenses sold to TEST COMPANY on Exchange")
    assert isinstance(answer, NotUnderstoodView)
    assert (answer.problem, answer.found) == ("not_offered.seats_workload", "Exchange")
    offered = [read_object(each.ask.command) for each in answer.suggestions]
    assert [(each.seats and each.seats.value, len(each.subjects)) for each in offered[::2]] == [("sold", 0), (None, 1)]
    assert requests_for_sold(desk) == []


async def test_a_workload_in_a_button_about_sold_licenses_is_refused(desk):
    document = {"v": 1, "verb": "usage", "seats": "sold", "on": [{"name": "Exchange"}]}
    answer = await desk.engine.answers.press(press_of(AskButton(document)), desk.ann)
    assert isinstance(answer, ErrorView)
    assert answer.problem == "seats_without_workloads"
    assert requests_for_sold(desk) == []


async def test_usage_of_a_customer_leads_to_what_was_sold_and_back(desk):
    used = await desk.ask("usage for TEST COMPANY on Exchange not on Teams")
    sold = await desk.engine.answers.press(press_of(used.beside), desk.ann)
    assert (sold.seats, sold.scope) == (True, ("TEST COMPANY",))
    back = await desk.engine.answers.press(press_of(sold.beside), desk.ann)
    assert (back.seats, back.scope) == (False, ("TEST COMPANY",))


async def test_sold_licenses_of_another_day_are_compared(desk):
    answer = await desk.ask("licenses sold to TEST COMPANY compared with 2018-10-01")
    assert isinstance(answer, UsageView)
    assert answer.compared is not None
    assert len(requests_for_sold(desk)) == 2
