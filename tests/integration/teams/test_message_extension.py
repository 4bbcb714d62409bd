"""The message extension over HTTP, with scripted answers."""

from typing import Any

import pytest

from bot.commands.command import Name, Usage
from bot.simulator.connector import ADA, BEN, personal
from cards.views.answer_views import ErrorView, View
from tests.integration.teams.extension import extend, filled_in, form, shown, told, typed
from tests.integration.teams.patience import hasty


async def test_search_shows_customers_with_their_figures(stage: Any) -> None:
    first, second, third = shown(await extend(stage, "query", typed("contoso", count=3)))
    assert (first["title"], first["text"]) == ("contoso 0", "38 unused · 62 of 100")
    assert second["text"] == "38 unused · 62 of 100"
    assert (third["title"], third["text"]) == ("contoso 2", "Choose this customer to see the figures")


async def test_first_customers_are_shown_before_anything_is_typed(stage: Any) -> None:
    value = {"commandId": "search", "parameters": [{"name": "initialRun", "value": "true"}]}
    assert len(shown(await extend(stage, "query", value))) == 25


async def test_results_continue_where_the_list_ended(stage: Any) -> None:
    assert [each["title"] for each in shown(await extend(stage, "query", typed("c", skip=25, count=2)))] == [
        "c 25",
        "c 26",
    ]


async def test_search_is_that_of_the_person_who_types(stage: Any) -> None:
    await extend(stage, "query", typed("contoso"), BEN)
    assert {caller.object_id for _, caller in stage.answers.asked} == {BEN.object_id}


async def test_search_without_a_match_says_what_to_try(stage: Any) -> None:
    assert "Try another part" in told(await extend(stage, "query", typed("c", skip=999)))


async def test_customer_about_whom_no_button_can_ask_is_left_out(stage: Any) -> None:
    titles = [each["title"] for each in shown(await extend(stage, "query", typed("odd")))]
    assert titles[:2] == ["odd 0", "odd 2"]


async def test_chosen_customer_is_asked_for_with_a_checked_command(stage: Any) -> None:
    (choice, *_) = shown(await extend(stage, "query", typed("contoso", count=1)))
    await extend(stage, "selectItem", choice["tap"]["value"])
    ((button, caller),) = stage.answers.pressed
    assert button.asked == Usage(customers=(Name("id-0"),))
    assert caller.object_id == ADA.object_id


@pytest.mark.parametrize(
    "value",
    [None, [], {"v": 2}, {"v": 2, "command": {"v": 1, "verb": "sign_out"}}, {"v": 1, "do": "ask", "text": "forget me"}],
)
async def test_choice_that_is_no_question_about_usage_is_not_carried_out(stage: Any, value: object) -> None:
    assert told(await extend(stage, "selectItem", value))
    assert stage.answers.pressed == []


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        {},
        {"commandId": "other", "parameters": []},
        {"commandId": "search", "parameters": "x"},
        {"commandId": "search", "parameters": [{"name": "customer", "value": ["x"]}]},
        {"commandId": "search", "parameters": [{"name": "customer", "value": "x" * 201}]},
    ],
)
async def test_search_that_no_client_sends_is_refused_in_words(stage: Any, value: object) -> None:
    assert told(await extend(stage, "query", value))
    assert stage.answers.asked == []


async def test_failure_and_defect_are_told_in_the_extension(stage: Any) -> None:
    assert "Partner Center" in told(await extend(stage, "query", typed("fail")))
    assert "secret" not in told(await extend(stage, "query", typed("break")))
    assert stage.connector.transcript.messages == []


async def test_person_whom_teams_does_not_name_gets_words(stage: Any) -> None:
    activity = stage.client.new("invoke", personal(ADA), ADA)
    del activity["from"]["aadObjectId"]
    said = await stage.client.post({**activity, "name": "composeExtension/query", "value": typed("contoso")})
    assert told(said.body)
    assert stage.answers.asked == []


@hasty
async def test_customers_are_shown_without_figures_that_take_long(stage: Any) -> None:
    previews = shown(await extend(stage, "query", typed("slow")))
    assert {each["text"] for each in previews} == {"Choose this customer to see the figures"}
    stage.answers.gate.set()
    await stage.quiet()


@hasty
async def test_names_that_take_long_are_said_to_be_loading(stage: Any) -> None:
    assert "moment" in told(await extend(stage, "query", typed("wait")))
    stage.answers.gate.set()
    await stage.quiet()


@hasty
async def test_answer_that_takes_long_says_so(stage: Any) -> None:
    (choice, *_) = shown(await extend(stage, "query", typed("contoso", count=1)))
    stage.answers.press = slow(stage.answers.gate)
    assert "longer" in told(await extend(stage, "selectItem", choice["tap"]["value"]))
    stage.answers.gate.set()
    await stage.quiet()


def slow(gate: Any) -> Any:
    async def press(*_: object) -> View:
        await gate.wait()
        return ErrorView("busy")

    return press


async def test_form_asks_for_customer_workload_and_day(stage: Any) -> None:
    card = form(await extend(stage, "fetchTask", {"commandId": "ask", "commandContext": "compose"}))
    inputs = {each["id"]: each for each in card["body"] if each["type"].startswith("Input.")}
    assert list(inputs) == ["customer", "workload", "day"]
    assert inputs["customer"]["choices.data"]["dataset"] == "customer"
    assert [each["value"] for each in inputs["workload"]["choices"]][:2] == ["*", "id-0"]


async def test_form_asks_its_question_as_the_person(stage: Any) -> None:
    await extend(stage, "submitAction", filled_in(customer="Contoso", workload="EXO", day="2026-10-28"))
    ((button, _),) = stage.answers.pressed
    asked = button.asked
    assert (asked.customers, asked.subjects, asked.as_of.isoformat()) == (
        (Name("Contoso"),),
        (Name("EXO"),),
        "2026-10-28",
    )


async def test_all_workloads_and_the_newest_day_are_the_usual(stage: Any) -> None:
    await extend(stage, "submitAction", filled_in(customer="Contoso", workload="*", day=""))
    ((button, _),) = stage.answers.pressed
    assert button.asked == Usage(customers=(Name("Contoso"),))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "choose the customer"),
        ({"customer": "  "}, "choose the customer"),
        ({"customer": "Contoso", "day": "tomorrow"}, "Choose a day"),
        ({"customer": "x" * 300}, "cannot read this form"),
        ({"customer": ["Contoso"]}, "cannot read this form"),
    ],
)
async def test_form_that_lacks_something_comes_back_with_what(stage: Any, fields: Any, said: str) -> None:
    assert said in str(form(await extend(stage, "submitAction", filled_in(**fields))))
    assert stage.answers.pressed == []


async def test_other_invokes_of_extensions_are_not_implemented(stage: Any) -> None:
    activity = stage.client.new("invoke", personal(ADA), ADA)
    said = await stage.client.post({**activity, "name": "composeExtension/queryLink", "value": {"url": "https://x"}})
    assert said.status == 501
