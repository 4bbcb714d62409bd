"""The message extension with Partner Center and the sign-in of a person."""

from typing import Any

import pytest

from bot.app.web_app import IDENTITY
from bot.domain.conversation import Caller
from bot.simulator.connector import ADA, BEN, personal
from bot.simulator.connector.sign_in.silent_sign_in import SilentSignIn
from tests.contract.cards.oracle import problems
from tests.integration.teams.extension import filled_in, form, shown, told, typed
from tests.integration.teams.sign_in.conftest import Stage, spoken


async def extend(stage: Stage, name: str, value: object, person: Any = ADA) -> Any:
    delivered = await stage.bot.client.extend(name, value, from_=person)
    assert delivered.status == 200
    return delivered.body


def sign_in(body: Any) -> str:
    assert body["composeExtension"]["type"] in {"auth", "silentAuth"}
    (action,) = body["composeExtension"]["suggestedActions"]["actions"]
    assert (action["type"], action["title"]) == ("openUrl", "Sign in")
    return str(action["value"])


def posted(body: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the card that goes into the chat, and its preview."""
    (attachment,) = body["composeExtension"]["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    return attachment["content"], attachment["preview"]["content"]


async def test_customer_is_found_and_posted_with_its_figures(stage: Stage) -> None:
    await stage.signed_in()
    previews = shown(await extend(stage, "query", typed("test comp")))
    (found,) = [each for each in previews if each["title"] == "TEST COMPANY"]
    assert "unused" in found["text"]
    assert " of " in found["text"]
    card, preview = posted(await extend(stage, "selectItem", found["tap"]["value"]))
    assert "TEST COMPANY" in str(card)
    assert preview["title"]
    assert "As Ada" in str(card["body"][-1])
    assert problems(card) == []
    assert "Action." not in str(card)


async def test_figures_of_the_same_customers_are_asked_for_once(stage: Stage) -> None:
    await stage.signed_in()
    await extend(stage, "query", typed("test comp"))
    before = len(stage.usage_requests())
    assert shown(await extend(stage, "query", typed("test comp")))
    assert len(stage.usage_requests()) == before


async def test_person_without_a_sign_in_is_offered_one(stage: Stage) -> None:
    await stage.signed_in(BEN)
    await extend(stage, "query", typed("test"), BEN)
    before = len(stage.usage_requests())
    for name, value in (
        ("query", typed("test")),
        ("fetchTask", {"commandId": "ask"}),
        ("submitAction", filled_in(customer="TEST COMPANY")),
    ):
        assert "/auth/start?ticket=" in sign_in(await extend(stage, name, value))
    assert len(stage.usage_requests()) == before


async def test_request_with_a_state_is_no_sign_in(stage: Stage) -> None:
    """Teams sends it after the page; only a finished sign-in of this person counts."""
    sign_in(await extend(stage, "query", typed("test") | {"state": "done"}))
    await stage.signed_in()
    assert shown(await extend(stage, "query", typed("test comp") | {"state": "done"}))


async def test_form_posts_the_card_of_its_question(stage: Stage) -> None:
    await stage.signed_in()
    card = form(await extend(stage, "fetchTask", {"commandId": "ask"}))
    workloads = next(each for each in card["body"] if each.get("id") == "workload")["choices"]
    assert "Exchange" in [each["title"] for each in workloads]
    content, _ = posted(await extend(stage, "submitAction", filled_in(customer="TEST COMPANY", workload="EXO")))
    assert "Exchange" in str(content)


async def test_form_says_when_no_customer_has_that_name(stage: Stage) -> None:
    await stage.signed_in()
    again = form(await extend(stage, "submitAction", filled_in(customer="Qwxyz Unknown")))
    assert "Qwxyz Unknown" in str(again)


async def test_customers_are_not_shown_after_the_sign_out(stage: Stage) -> None:
    await stage.signed_in()
    assert shown(await extend(stage, "query", typed("test comp")))
    await stage.say("sign out")
    await stage.quiet()
    sign_in(await extend(stage, "query", typed("test comp")))


async def test_customer_whose_name_nobody_has_is_told_in_words(stage: Stage) -> None:
    await stage.signed_in()
    assert "Try another part" in told(await extend(stage, "query", typed("zzqqxxyyww")))


async def test_person_is_signed_in_silently_by_a_search(stage: Stage) -> None:
    await stage.say("usage for TEST COMPANY on Exchange", BEN)  # waits for the sign-in
    await stage.quiet()
    teams = SilentSignIn(stage.bot.client, stage.token)
    found = await teams.search(typed("test comp"), personal(BEN), BEN)
    assert "TEST COMPANY" in [each["title"] for each in shown(found.body)]
    assert ["TEST COMPANY" in spoken(each) for each in await stage.quiet()] == [True]


async def test_only_a_search_asks_for_a_silent_sign_in(stage: Stage) -> None:
    replies = {
        name: (await extend(stage, name, value))["composeExtension"]["type"]
        for name, value in (("query", typed("test")), ("fetchTask", {"commandId": "ask"}))
    }
    assert replies == {"query": "silentAuth", "fetchTask": "auth"}


async def test_button_is_shown_when_the_person_has_to_act(stage: Stage) -> None:
    stage.entra.standing(stage.users[ADA.name]).mfa_done = False
    teams = SilentSignIn(stage.bot.client, stage.token)
    answered = await teams.search(typed("test comp"), personal(ADA), ADA)
    assert "/auth/start?ticket=" in sign_in(answered.body)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "of another person", "of another application"])
async def test_token_that_is_not_the_searchers_signs_nobody_in(stage: Stage, token: str) -> None:
    forged = {"of another person": stage.token(BEN), "of another application": stage.token(ADA, aud="other")}
    value = typed("test comp") | {"authentication": {"token": forged.get(token, token)}}
    refused = await stage.bot.client.extend("query", value, from_=ADA)
    assert refused.status == 412
    assert "TEST COMPANY" not in str(refused.body)
    assert await stage.bot.app[IDENTITY].signed_in(Caller(ADA.tenant_id, ADA.object_id)) is None


@pytest.mark.parametrize("value", [None, 1, "x", [], {}, {"token": None}, {"token": 3}, {"id": "x"}])
async def test_any_authentication_is_answered(stage: Stage, value: object) -> None:
    sign_in(await extend(stage, "query", typed("test") | {"authentication": value}))
