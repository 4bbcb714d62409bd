"""Names while a person types: with the sign-in of that person, and no other."""

from typing import Any

from bot.simulator.connector import ADA, BEN
from tests.integration.teams.sign_in.conftest import Stage

ASKED = {"kind": "search", "queryText": "test comp", "dataset": "customer", "queryOptions": {"skip": 0, "top": 15}}


async def search(stage: Stage, person: Any = ADA) -> Any:
    delivered = await stage.invoke("application/search", ASKED, person)
    assert delivered.status == 200
    return delivered.body


async def test_names_are_those_of_partner_center(stage: Stage) -> None:
    await stage.signed_in()
    body = await search(stage)
    assert "TEST COMPANY" in [each["title"] for each in body["value"]["results"]]


async def test_another_persons_names_are_not_offered_without_a_sign_in(stage: Stage) -> None:
    await stage.signed_in()
    await search(stage)
    before = len(stage.usage_requests())
    body = await search(stage, BEN)
    assert (body["statusCode"], body["type"]) == (400, "application/vnd.microsoft.error")
    assert "results" not in str(body)
    assert len(stage.usage_requests()) == before  # nothing is asked for a person without a token


async def test_no_name_is_offered_after_the_sign_out(stage: Stage) -> None:
    await stage.signed_in()
    await search(stage)
    await stage.say("sign out")
    await stage.quiet()
    assert (await search(stage))["value"]["code"] == "NoNames"
