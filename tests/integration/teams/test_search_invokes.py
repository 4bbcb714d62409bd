"""Typeahead over HTTP: names while a person types, or words that say why not."""

from typing import Any

import pytest

from bot.simulator.connector import ADA, BEN, personal
from bot.teams.turn.search_invokes import LONGEST, MOST
from tests.integration.teams.patience import hasty


async def search(stage: Any, value: object, who: Any = ADA) -> Any:
    activity = stage.client.new("invoke", personal(who), who)
    delivered = await stage.client.post({**activity, "name": "application/search", "value": value})
    assert delivered.status == 200
    return delivered.body


def typed(text: str, **options: int) -> dict[str, Any]:
    return {
        "kind": "search",
        "queryText": text,
        "dataset": "customer",
        "queryOptions": {"skip": 0, "top": 15} | options,
    }


def shown(body: Any) -> list[str]:
    assert (body["statusCode"], body["type"]) == (200, "application/vnd.microsoft.search.searchResponse")
    return [each["title"] for each in body["value"]["results"]]


async def test_names_are_offered_with_their_ids(stage: Any) -> None:
    body = await search(stage, typed("contoso", top=2))
    assert body["value"]["results"] == [
        {"title": "contoso 0", "value": "id-0"},
        {"title": "contoso 1", "value": "id-1"},
    ]


async def test_at_most_15_names_are_offered(stage: Any) -> None:
    assert len(shown(await search(stage, typed("contoso", top=500)))) == MOST
    assert len(shown(await search(stage, {"dataset": "customer"}))) == MOST


async def test_next_names_follow_those_that_were_skipped(stage: Any) -> None:
    assert shown(await search(stage, typed("c", skip=15, top=2))) == ["c 15", "c 16"]
    assert shown(await search(stage, typed("c", skip=10**9))) == []


async def test_names_are_those_of_the_person_who_types(stage: Any) -> None:
    await search(stage, typed("contoso"), BEN)
    ((_, caller),) = stage.answers.asked
    assert caller.object_id == BEN.object_id


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "contoso",
        {},
        {"dataset": "people", "queryText": "a"},
        {"dataset": "customer", "queryText": 7},
        {"dataset": "customer", "queryText": "x" * (LONGEST + 1)},
        {"dataset": "customer", "queryText": "a", "queryOptions": {"skip": "0"}},
        {"dataset": ["customer"], "queryText": "a"},
    ],
)
async def test_value_that_no_card_sends_is_refused_in_words(stage: Any, value: object) -> None:
    body = await search(stage, value)
    assert (body["statusCode"], body["type"]) == (400, "application/vnd.microsoft.error")
    assert body["value"]["code"] == "BadRequest"
    assert body["value"]["message"]
    assert stage.answers.asked == []


async def test_failure_is_told_in_words(stage: Any) -> None:
    body = await search(stage, typed("fail"))
    assert (body["statusCode"], body["value"]["code"]) == (400, "NoNames")
    assert "Partner Center" in body["value"]["message"]


async def test_defect_is_told_without_its_text(stage: Any) -> None:
    body = await search(stage, typed("break"))
    assert (body["statusCode"], body["value"]["code"]) == (500, "InternalError")
    assert "secret" not in str(body)


async def test_person_whom_teams_does_not_name_gets_no_names(stage: Any) -> None:
    activity = stage.client.new("invoke", personal(ADA), ADA)
    del activity["from"]["aadObjectId"]
    said = await stage.client.post({**activity, "name": "application/search", "value": typed("contoso")})
    assert (said.status, said.body["value"]["code"]) == (200, "Unidentified")
    assert stage.answers.asked == []


@hasty
async def test_names_that_take_long_are_there_for_the_next_letter(stage: Any) -> None:
    body = await search(stage, typed("wait"))
    assert (body["statusCode"], body["value"]["code"]) == (500, "Late")
    assert stage.bot.turns_under_way == 1  # they are still being loaded
    stage.answers.gate.set()
    await stage.quiet()
    assert shown(await search(stage, typed("waited")))


async def test_same_search_is_answered_each_time(stage: Any) -> None:
    activity = {**stage.client.new("invoke", personal(ADA), ADA), "name": "application/search", "value": typed("a")}
    assert (await stage.client.post(activity)).body == (await stage.client.post(activity)).body
    assert len(stage.answers.asked) == 2
