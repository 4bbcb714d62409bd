"""The sign-in in a 1:1 chat: silently, on the page, or not at all; the question."""

import json
import time
from typing import Any

import pytest

from bot.app.web_app import BOT, IDENTITY
from bot.domain.conversation import Caller
from bot.identity.entra.sign_in_outcome import Declined, Tokens
from bot.simulator.connector import ADA, BEN
from bot.simulator.connector.teams_people import personal
from bot.simulator.partner_center import FAULTS
from bot.simulator.partner_center.faults.fault_types import IgnoreMfa, Refuse
from bot.teams.activity.turn_limits import TurnLimits

QUESTION = "usage for TEST COMPANY on Exchange"
OWN_CHAT = personal(ADA).id


async def test_question_is_answered_after_the_silent_sign_in(stage: Any, read: Any) -> None:
    asked = await stage.say(QUESTION)
    card = await stage.offered()
    assert card["connectionName"] == ""
    assert "uri" not in card["tokenExchangeResource"]
    ((button, url),) = [(each["type"], each["value"]) for each in card["buttons"]]
    assert (button, url.startswith(stage.bot.listening.url + "/auth/start?ticket=")) == ("signin", True)
    exchanged = await stage.exchange(card)
    assert (exchanged.status, exchanged.body["failureDetail"]) == (200, None)
    answer = await stage.heard()
    assert (answer.conversation_id, answer.reply_to) == (OWN_CHAT, asked.activity["id"])
    assert "TEST COMPANY" in read[1](answer)
    assert answer.card is not None
    await stage.say(QUESTION)
    assert "TEST COMPANY" in read[1](await stage.heard())
    assert await stage.quiet() == []


async def test_second_device_gets_200_and_no_second_answer(stage: Any) -> None:
    await stage.say(QUESTION)
    card = await stage.offered()
    assert [(await stage.exchange(card)).status for _ in range(3)] == [200, 200, 200]
    await stage.heard()
    assert await stage.quiet() == []


async def test_question_is_answered_after_consent_on_the_page(stage: Any, read: Any, browser: Any) -> None:
    stage.entra.standing(stage.users[ADA.name]).consented = False
    await stage.say(QUESTION)
    card = await stage.offered()
    exchanged = await stage.exchange(card)
    assert exchanged.status == 412
    assert exchanged.body["id"] == card["tokenExchangeResource"]["id"]
    await browser.open(card["buttons"][0]["value"])
    await browser.follow()
    await browser.press("Continue as Ada Agent")
    await browser.press("Accept")
    assert (await browser.follow()).status == 200
    assert "TEST COMPANY" in read[1](await stage.heard())
    card_id = stage.connector.transcript.messages[0].id
    assert (await stage.bot.client.verify_state("", card_id)).status == 200
    assert await stage.quiet() == []


async def test_person_is_not_signed_in_when_another_account_finishes(stage: Any, read: Any, browser: Any) -> None:
    await stage.say(QUESTION)
    card = await stage.offered()
    await browser.open(card["buttons"][0]["value"])
    await browser.follow()
    await browser.press("Continue as Ben Broker")
    await browser.follow()
    assert browser.status == 403
    assert "Ben Broker" in browser.page
    message = await stage.heard()
    assert message.conversation_id == OWN_CHAT
    assert "Ben Broker" in read[1](message)
    for person in (ADA, BEN):
        await stage.say("who am i", person)
        assert "no sign-in of yours" in read[1](await stage.heard())


async def test_question_keeps_waiting_when_the_person_cancels(stage: Any, read: Any, browser: Any) -> None:
    await stage.say(QUESTION)
    card = await stage.offered()
    await browser.open(card["buttons"][0]["value"])
    await browser.follow()
    await browser.press("Cancel")
    await browser.follow()
    assert "did not sign in" in read[1](await stage.heard())
    await stage.say("sign in")
    assert (await stage.exchange(await stage.offered())).status == 200
    told = [read[1](each) for each in await stage.quiet()]
    assert sorted("signed in as Ada Agent" in each for each in told) == [False, True]
    assert any("TEST COMPANY" in each for each in told)


async def test_person_is_asked_to_try_later_when_entra_is_down(stage: Any, read: Any) -> None:
    stage.entra.standing(stage.users[ADA.name]).down = True
    await stage.say(QUESTION)
    card = await stage.offered()
    assert {(await stage.exchange(card)).status for _ in range(2)} == {200}
    message = await stage.heard()
    assert "Try again" in read[1](message)
    assert await stage.quiet() == []
    stage.entra.standing(stage.users[ADA.name]).down = False


@pytest.mark.parametrize("value", [None, 7, [], {}, {"id": 7, "token": "x"}, {"id": "x"}, {"token": "x"}])
async def test_exchange_is_answered_with_400_when_it_is_malformed(stage: Any, value: object) -> None:
    assert (await stage.invoke("signin/tokenExchange", value)).status == 400


async def test_exchange_is_answered_with_403_when_id_or_token_is_foreign(stage: Any) -> None:
    forged = {"tokenExchangeResource": {"id": "made-up"}}
    assert (await stage.exchange(forged)).status == 403
    await stage.say(QUESTION)
    card = await stage.offered()
    assert (await stage.exchange(card, BEN)).status == 403
    assert (await stage.exchange(card, ADA, stage.token(BEN))).status == 403
    assert await stage.quiet() == []
    assert stage.usage_requests() == []


@pytest.mark.parametrize(
    "value", [{"code": "resourcematchfailed", "message": "secret"}, {"code": "<b>\n", "message": 7}, None, 7]
)
async def test_failure_on_the_client_is_logged_without_its_message(stage: Any, value: object, capfd: Any) -> None:
    assert (await stage.invoke("signin/failure", value)).status == 200
    said = capfd.readouterr().out
    assert "silent_sign_in_failed" in said
    assert "secret" not in said


async def test_unknown_sign_in_invoke_is_not_implemented(stage: Any) -> None:
    assert (await stage.invoke("signin/another", {})).status == 501


async def test_page_asks_for_a_second_factor_when_partner_center_needs_it(stage: Any, read: Any, browser: Any) -> None:
    stage.entra.standing(stage.users[ADA.name]).mfa_done = False
    await stage.say(QUESTION)
    assert (await stage.exchange(await stage.offered())).status == 200
    card = await stage.offered()
    assert "second sign-in factor" in card["text"]
    assert (await stage.exchange(card)).status == 412  # a silent exchange would bring the same token
    await browser.open(card["buttons"][0]["value"])
    await browser.follow()
    await browser.press("Continue as Ada Agent")
    await browser.press("Approve the sign-in")
    assert (await browser.follow()).status == 200
    assert "TEST COMPANY" in read[1](await stage.heard())
    assert await stage.quiet() == []


async def signs_in(stage: Any, browser: Any, *, factor: bool = True) -> None:
    """Finish the sign-in of the card that was just offered."""
    await browser.open((await stage.offered())["buttons"][0]["value"])
    await browser.follow()
    await browser.press("Continue as Ada Agent")
    if factor:
        await browser.press("Approve the sign-in")
    assert (await browser.follow()).status == 200


async def test_nobody_is_asked_again_for_a_factor_that_does_not_reach_the_token(
    stage: Any, read: Any, browser: Any
) -> None:
    """A federated sign-in checks the second factor, and the token says nothing."""
    stage.entra.standing(stage.users[ADA.name]).factor_elsewhere = True
    await stage.say(QUESTION)
    assert (await stage.exchange(await stage.offered())).status == 200
    await signs_in(stage, browser)
    card = json.dumps((await stage.heard()).activity)
    assert "does not reach Partner Center" in card
    assert "To forward:" in card
    assert "401 900421" in card
    assert await stage.quiet() == []
    for again in (QUESTION, "who am i"):
        await stage.say(again)
        assert "does not help" in json.dumps((await stage.heard()).activity)
        assert await stage.quiet() == []
    assert "sign in” to add one" not in (shown := json.dumps((await who_am_i(stage)).activity, ensure_ascii=False))
    assert "To forward:" in shown
    assert "401 900421" in shown
    await stage.say("sign in")  # the administrator may have changed it meanwhile
    offered = await stage.offered()
    assert "only when an Entra administrator" in offered["text"]
    assert "answer" not in offered["text"], "no question waits"
    await stage.say("sign in")
    stage.entra.standing(stage.users[ADA.name]).factor_elsewhere = False
    await signs_in(stage, browser, factor=False)  # the browser has shown one already
    await stage.heard()
    await stage.say(QUESTION)
    assert "TEST COMPANY" in read[1](await stage.heard())


async def who_am_i(stage: Any) -> Any:
    await stage.say("who am i")
    return await stage.heard()


async def test_sign_in_is_not_advised_again_when_it_brought_no_factor(stage: Any, browser: Any) -> None:
    stage.entra.standing(stage.users[ADA.name]).factor_elsewhere = True
    stage.partner_center[FAULTS].add(IgnoreMfa(times=None))
    await stage.signed_in()
    assert "to add one now" in str((await who_am_i(stage)).card)
    await stage.say("sign in")
    await signs_in(stage, browser)
    shown = str((await stage.heard()).card)
    assert "none reaches Partner Center" in shown
    assert "to add one now" not in shown


async def test_progress_card_goes_when_a_sign_in_is_needed(stage: Any, read: Any) -> None:
    impatient = await stage.another_bot(limits=TurnLimits(working_after=0.0, update_every=0.05))
    await impatient.client.say(QUESTION)
    first, card = await stage.quiet()
    last = stage.connector.transcript.entries[-1]
    assert (last.kind, last.id) == ("deleted", first.id)
    assert read[0](card)["tokenExchangeResource"]["id"]


async def test_person_is_notified_and_no_request_is_sent_when_the_store_fails(stage: Any, read: Any) -> None:
    async with stage.bot.app[IDENTITY].waiting._records._database.writing() as connection:
        await connection.exec_driver_sql("DROP TABLE records")
    await stage.say(QUESTION)
    assert "my database" in read[1](await stage.heard())
    assert stage.usage_requests() == []


async def test_person_is_asked_to_sign_in_again_when_it_was_revoked(stage: Any, read: Any) -> None:
    await stage.signed_in()
    stage.entra.standing(stage.users[ADA.name]).valid_from = time.time() + 1
    stage.partner_center[FAULTS].add(Refuse(status=401, code="900427", times=1))
    await stage.say(QUESTION)
    card = await stage.offered()
    stage.entra.standing(stage.users[ADA.name]).valid_from = 0.0
    assert (await stage.exchange(card)).status == 200
    assert "TEST COMPANY" in read[1](await stage.heard())


async def test_sign_in_is_asked_for_once_when_partner_center_refuses_it(stage: Any, read: Any) -> None:
    stage.partner_center[FAULTS].add(Refuse(status=401, code="900427", times=None))
    stage.entra.standing(stage.users[ADA.name]).valid_from = time.time() + 1
    await stage.say(QUESTION)
    assert (await stage.exchange(await stage.offered())).status == 200
    assert "did not accept your sign-in" in read[1](await stage.heard())
    assert await stage.quiet() == []


@pytest.mark.parametrize("signed_in", [True, False])
async def test_waiting_question_is_dropped_when_its_tenant_is_not_served_now(stage: Any, signed_in: bool) -> None:
    """The page of a sign-in may be finished after a restart with other settings."""
    await stage.say(QUESTION)
    await stage.offered()
    other = await stage.another_bot(allowed_tenants=("7e1a2b3c-0000-4000-8000-0000000000ff",))
    tokens = Tokens(ADA.tenant_id, ADA.object_id, ADA.name, "access", time.time() + 3600, "state")
    caller = Caller(ADA.tenant_id, ADA.object_id, ADA.name)
    await other.app[BOT].sign_in_ended(caller, tokens if signed_in else Declined())
    assert await stage.quiet() == []
    await stage.say(QUESTION)
    await stage.offered()
    await stage.bot.app[BOT].sign_in_ended(caller, Declined())  # only the settings differ
    assert len(await stage.quiet()) == 1
