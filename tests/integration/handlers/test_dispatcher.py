"""From a sentence to a view, over HTTP with the simulated Partner Center."""

import json
from dataclasses import replace

import pytest

from bot.commands.command import Name, Usage
from bot.errors import PartnerCenterError
from bot.simulator.partner_center.faults.fault_types import Fail, Refuse, Throttle
from bot.usage import usage_answer
from bot.usage.command_buttons import PressedButton, ask_button, press_of, pressed
from cards.views.answer_views import (
    ErrorView,
    HelloView,
    HelpView,
    ListView,
    NoMatchView,
    NotUnderstoodView,
    PickerView,
    ShapeView,
    UsageView,
)
from cards.views.button_payload import MoreButton, pack
from tests.shown_figures import shown

TENANT = "0112A436-B14E-4888-967B-CA4BB2CF1234"


async def test_first_question_is_answered_with_documented_row(desk):
    view = await desk.ask("usage for TEST COMPANY on Exchange")
    assert isinstance(view, UsageView)
    assert view.scope == ("TEST COMPANY", "Exchange")
    [item] = view.items
    assert (item.name, item.detail, item.figures) == ("Exchange", "EXCHANGE ONLINE PROTECTION", shown(0, 1))
    assert [(as_of.service, as_of.day.isoformat()) for as_of in view.as_of] == [("Microsoft Office 365", "2018-10-14")]


async def test_filter_holds_id_and_code_instead_of_names(desk):
    await desk.ask("usage for TEST COMPANY on Exchange")
    [asked] = desk.usage_requests()
    assert dict(asked.params)["filter"] == f"customerTenantId eq '{TENANT}' and workloadCode eq 'EXO'"


@pytest.mark.parametrize(
    "sentence",
    [
        "usage for TEST COMPANY",
        "how are the licenses of TEST COMPANY being used?",
        f"usage for {TENANT.lower()}",
        "TEST COMPANY by workload and product",
        "filter customerName eq 'TEST COMPANY'  ",
    ],
)
async def test_answer_sums_both_documented_rows_in_any_wording(desk, sentence):
    view = await desk.ask(sentence)
    assert isinstance(view, UsageView)
    assert view.total == replace(shown(0, 1), workload="Exchange", several=True)


async def test_answer_has_other_documented_row_when_product_is_asked(desk):
    view = await desk.ask("usage for TEST COMPANY in OFFICE 365 ENTERPRISE E3")
    assert [(item.name, item.figures) for item in view.items] == [("SharePoint", shown(0, 1))]


async def test_answer_has_other_workloads_when_one_is_excluded(desk):
    view = await desk.ask("usage for TEST COMPANY except Exchange")
    assert [item.name for item in view.items] == ["SharePoint"]


async def test_earlier_day_is_sent_to_api(desk):
    view = await desk.ask("usage for TEST COMPANY as of 2018-09-30")
    assert dict(desk.usage_requests()[-1].params)["processedDateTime"].startswith("2018-09-30")
    assert isinstance(view, UsageView)
    assert max(as_of.day.isoformat() for as_of in view.as_of) <= "2018-09-30"


async def test_answer_reports_no_rows_when_day_has_no_figures(desk):
    view = await desk.ask("usage for TEST COMPANY as of 2015-01-01")
    assert isinstance(view, ErrorView)
    assert view.problem == "no_rows_on_day"


async def test_answer_reports_none_within_range_when_there_are_figures(desk):
    view = await desk.ask("usage for TEST COMPANY above 90%")
    assert isinstance(view, ErrorView)
    assert view.problem == "none_within"


async def test_picker_asks_which_customer_when_two_have_the_name(desk):
    view = await desk.ask("usage for Contoso on Exchange")
    assert isinstance(view, PickerView)
    assert {choice.name.partition(" (")[0] for choice in view.choices} == {"Contoso"}
    assert len({choice.name for choice in view.choices}) == 2
    assert all(choice.name.endswith(".onmicrosoft.com)") for choice in view.choices)
    first, second = view.choices[:2]
    assert first.name != second.name
    answers = [await desk.engine.answers.press(press_of(choice.ask), desk.ann) for choice in (first, second)]
    assert all(isinstance(answer, UsageView | ErrorView) for answer in answers)
    asked = [dict(request.params)["filter"] for request in desk.usage_requests()]
    assert asked == [
        f"customerTenantId eq '{choice.ask.command['for'][0]['id'].upper()}' and workloadCode eq 'EXO'"
        for choice in (first, second)
    ]


async def test_answer_suggests_nearest_names_when_name_is_unknown(desk):
    view = await desk.ask("usage for Qwxyz Unknown Ltd on Exchange")
    assert isinstance(view, NoMatchView)
    assert view.typed == "Qwxyz Unknown Ltd"
    assert desk.usage_requests() == []


@pytest.mark.parametrize("name", ["Focus on IT", "Not for Profit Ltd", "O'Brien & Sons", "Company on Fire"])
async def test_name_with_keyword_is_understood_without_quotes(desk, name):
    view = await desk.ask(f"usage for {name} on Exchange")
    assert isinstance(view, UsageView | ErrorView)
    if isinstance(view, ErrorView):
        assert view.problem == "no_rows"
    assert "workloadCode eq 'EXO'" in dict(desk.usage_requests()[0].params)["filter"]


async def test_top_five_are_sorted_by_percentage(desk):
    view = await desk.ask("top 5 by customer on Exchange")
    shares = [item.figures.percent for item in view.items]
    assert len(shares) == 5
    assert shares == sorted(shares, reverse=True)


async def test_next_twenty_rows_replace_the_first_without_request(desk):
    view = await desk.ask("usage on Exchange by customer")
    assert isinstance(view, UsageView)
    assert len(view.items) == 20
    assert view.matched > 30
    assert view.more is not None
    wider = await desk.engine.answers.press(press_of(view.more), desk.ann)
    assert isinstance(wider, UsageView)
    assert (wider.start, wider.fresh) == (20, 20)
    assert not set(wider.items) & set(view.items)
    assert len(desk.usage_requests()) == 1


async def test_show_more_reaches_the_last_row_without_request(desk):
    view = await desk.ask("usage by customer and product")
    assert isinstance(view, UsageView)
    far = MoreButton(view.more.command, view.matched, view.matched - 3)
    last = await desk.engine.answers.press(press_of(far), desk.ann)
    assert isinstance(last, UsageView)
    assert (last.start, last.matched, len(last.items)) == (view.matched - 3, view.matched, 3)
    assert len(desk.usage_requests()) == 1


async def test_view_has_what_narrows_the_question(desk):
    view = await desk.ask("usage on Exchange below 50%")
    assert isinstance(view, UsageView)
    assert [(each.kind, each.shares) for each in view.narrowed] == [("below", (0.5,))]
    view = await desk.ask("top 100 by customer and product")
    assert isinstance(view, UsageView)
    assert [(each.kind, each.count) for each in view.narrowed] == [("top", 100)]
    assert view.matched == 100


async def test_show_more_fetches_as_presser_when_presser_did_not_ask(desk):
    view = await desk.ask("usage on Exchange by customer")
    await desk.engine.answers.press(press_of(view.more), desk.ben)
    assert len(desk.usage_requests()) == 2


async def test_forged_button_is_read_as_typed_text(desk):
    view = await desk.engine.answers.press(PressedButton("rm -rf /", 99_999), desk.ann)
    assert isinstance(view, NotUnderstoodView)


async def test_a_button_of_version_1_is_answered_as_if_its_sentence_was_typed(desk):
    typed = await desk.ask("usage on Exchange by customer")
    pressed_now = pressed({"v": 1, "do": "more", "text": "usage on Exchange by customer", "shown": 24})
    view = await desk.engine.answers.press(pressed_now, desk.ann)
    assert isinstance(view, UsageView)
    assert (view.start, view.items[:20]) == (0, typed.items)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [("help", HelpView), ("?", HelpView), ("hi", HelloView), ("customers", ListView), ("workloads", ListView)],
)
async def test_other_verb_is_answered_with_its_view(desk, sentence, kind):
    assert isinstance(await desk.ask(sentence), kind)


async def test_help_sends_no_request(desk):
    await desk.ask("help")
    assert desk.requests() == []


async def test_customers_are_limited_to_those_that_match_search(desk):
    view = await desk.ask("customers conto")
    assert {name.partition(" (")[0] for name, _ in view.entries} >= {"Contoso"}
    assert all("conto" in name.casefold() for name, _ in view.entries)


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (Throttle(retry_after=3600, times=None), "throttled"),
        (Fail(times=None), "service_down"),
        (Refuse(status=401, code="900421", times=None), "mfa_required"),
        (Refuse(status=403, code="900150", times=None), "role_missing"),
        (Refuse(status=403, code="20002", times=None), "not_your_customer"),
        (Refuse(status=403, code="900309", body="number", times=None), "conditional_access"),
        (Refuse(status=403, code="2032", times=None), "access_denied"),
        (Refuse(status=400, code="3000", times=None), "bad_request"),
    ],
)
async def test_refusal_is_reported_with_correlation_id(desk, fault, problem):
    await desk.ask("workloads")
    desk.fault(fault)
    view = await desk.ask("usage for TEST COMPANY on Exchange")
    assert isinstance(view, ErrorView)
    assert view.problem == problem
    assert view.correlation_id


async def test_temporary_failure_offers_question_again(desk):
    await desk.ask("workloads")
    desk.fault(Fail(times=None))
    view = await desk.ask("usage for TEST COMPANY on Exchange")
    assert view.again == ask_button(
        Usage((Name("TEST COMPANY", id="0112A436-B14E-4888-967B-CA4BB2CF1234"),), (Name("Exchange"),))
    )


async def test_question_is_one_request_on_open_connection_in_steady_state(desk):
    await desk.ask("usage for TEST COMPANY on Exchange")
    before = {asked.connection for asked in desk.requests()}
    for _ in range(5):
        await desk.ask("usage for TEST COMPANY on Exchange")
    steady = desk.usage_requests()[1:]
    assert len(steady) == 5
    assert {asked.connection for asked in steady} <= before


async def test_row_is_shown_alone_and_leads_back_and_on(desk):
    view = await desk.ask("usage on Exchange by customer")
    assert isinstance(view, UsageView)
    press = desk.engine.answers.press
    one = await press(press_of(view.items[2].open), desk.ann)
    assert isinstance(one, UsageView)
    assert one.scope == (view.items[2].name, "Exchange")
    assert one.total == view.items[2].figures
    assert one.back is not None
    assert one.following is not None
    back = await press(press_of(one.back), desk.ann)
    assert back.items == view.items
    after = await press(press_of(one.following), desk.ann)
    assert after.scope == (view.items[3].name, "Exchange")
    assert len(desk.usage_requests()) == 3  # the list, and each of the two rows


async def test_row_of_a_row_leads_back_through_both_lists(desk):
    outer = await desk.ask("usage by customer")
    press = desk.engine.answers.press

    async def sent(button):
        return await press(pressed(json.loads(json.dumps(pack(button)))), desk.ann)

    first = next(item for item in outer.items if item.figures.qualified)
    inner = await sent(first.open)
    assert len(inner.items) > 1
    one = await sent(inner.items[1].open)
    assert one.matched == 1
    again = await sent(one.back)
    assert (again.items, again.back, again.following) == (inner.items, inner.back, inner.following)
    other = await press(pressed(pack((await sent(again.reshape)).show) | {"by": "product"}), desk.ann)
    assert (other.by, other.back, other.following) == (("product",), inner.back, inner.following)
    assert (await sent(again.back)).items == outer.items


async def test_rows_are_shown_if_the_list_around_them_cannot_be_fetched(desk, monkeypatch):
    async def refused(*_):
        raise PartnerCenterError("too many requests", status=429)

    outer = await desk.ask("usage by customer")
    first = next(item for item in outer.items if item.figures.qualified)
    inner = await desk.engine.answers.press(press_of(first.open), desk.ann)
    one = await desk.engine.answers.press(press_of(inner.items[1].open), desk.ann)
    monkeypatch.setattr(usage_answer, "lately", refused)
    again = await desk.engine.answers.press(press_of(one.back), desk.ann)
    assert (again.items, again.back) == (inner.items, inner.back)
    assert again.following is None


async def test_row_of_a_list_that_was_not_seen_lately_is_fetched_with_own_rights(desk):
    view = await desk.ask("usage on Exchange by customer")
    desk.engine.services.recent.forget(desk.ann)
    one = await desk.engine.answers.press(press_of(view.items[0].open), desk.ann)
    assert isinstance(one, UsageView)
    assert one.scope == (view.items[0].name, "Exchange")


async def test_row_that_is_gone_is_told_with_a_way_to_the_list(desk):
    view = await desk.ask("usage on Exchange by customer")
    gone = replace(view.items[0].open, row="x1ZbCtsDEfrP")
    told = await desk.engine.answers.press(press_of(gone), desk.ann)
    assert isinstance(told, ErrorView)
    assert told.problem == "row_gone"
    assert isinstance(await desk.engine.answers.press(press_of(told.again), desk.ann), UsageView)


async def test_sentence_after_a_row_is_about_the_row(desk):
    view = await desk.ask("usage on Exchange by customer")
    one = await desk.engine.answers.press(press_of(view.items[0].open), desk.ann)
    after = await desk.ask("and SharePoint?")
    assert after.scope == (one.scope[0], "SharePoint")


async def test_list_is_shown_in_another_shape_and_as_it_was(desk):
    view = await desk.ask("usage on Exchange by customer below 40%")
    assert isinstance(view, UsageView)
    press = desk.engine.answers.press
    offered = await press(press_of(view.reshape), desk.ann)
    assert isinstance(offered, ShapeView)
    assert (offered.group, offered.order, offered.only) == ("customer", "unused", "kept")
    assert (await press(press_of(offered.back), desk.ann)).items == view.items
    chosen = pressed(pack(offered.show) | {"by": "product", "order": "lowest", "only": "all"})
    shown = await press(chosen, desk.ann)
    assert isinstance(shown, UsageView)
    assert (shown.by, shown.narrowed) == (("product",), ())
    shares = [item.figures.percent for item in shown.items if item.figures.percent is not None]
    assert shares == sorted(shares)


async def test_shape_that_no_card_offers_changes_nothing(desk):
    view = await desk.ask("usage on Exchange by customer below 40%")
    offered = await desk.engine.answers.press(press_of(view.reshape), desk.ann)
    odd = pressed(pack(offered.show) | {"by": "drop table", "order": 7, "only": ["all"]})
    assert odd.asked == press_of(view.reshape).asked
