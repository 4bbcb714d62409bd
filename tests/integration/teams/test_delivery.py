"""Deliveries that the connector refuses, throttles or loses.

What is repeated, what never is, and what the person sees.
"""

from typing import Any

import pytest
import structlog

from bot.errors import DeliveryError, NotSentError
from bot.identity.entra.app_credentials import ClientCredentials, Credentials
from bot.simulator.connector import ADA, personal
from bot.simulator.connector.rate_limits import OrderedFailure
from bot.teams.connector.connector_client import ConnectorClients, Retries
from tests.integration.teams.patience import FOREVER, hasty


def sent(stage: Any) -> int:
    return sum(request.startswith("POST") and "activities" in request for request in stage.requests)


@pytest.mark.parametrize("status", [412, 429, 502, 503, 504])
async def test_request_is_repeated_when_teams_asks_for_it(status: int, stage: Any) -> None:
    stage.connector.fail_next(OrderedFailure(status), OrderedFailure(status))
    assert (await stage.client.say("help")).status == 200
    assert (sent(stage), len(stage.connector.transcript.messages)) == (3, 1)


async def test_throttled_answer_waits_for_retry_after(stage: Any, pauses: list[float]) -> None:
    stage.connector.fail_next(OrderedFailure(429, retry_after=1))
    await stage.client.say("help")
    await stage.quiet()
    assert pauses == [1.0]
    assert sent(stage) == 2
    assert len(stage.connector.transcript.messages) == 1


async def test_answer_is_not_repeated_when_retry_after_is_too_long(stage: Any) -> None:
    stage.connector.fail_next(OrderedFailure(429, retry_after=60))
    with structlog.testing.capture_logs() as logs:
        assert (await stage.client.say("help")).status == 200
    assert sent(stage) == 1
    assert [entry["status"] for entry in logs if entry["event"] == "answer_not_delivered"] == [429]


@pytest.mark.parametrize("status", [403, 409, 500])
async def test_request_is_not_repeated_after_other_errors(status: int, stage: Any) -> None:
    stage.connector.fail_next(OrderedFailure(status))
    assert (await stage.client.say("help")).status == 200
    assert (sent(stage), stage.connector.transcript.messages) == (1, [])


async def test_repeats_stop_after_all_attempts(stage: Any) -> None:
    stage.connector.fail_next(*[OrderedFailure(503)] * 10)
    assert (await stage.client.say("help")).status in {200, 202}
    await stage.quiet()
    assert sent(stage) == 3


async def test_answer_is_not_sent_twice_when_its_outcome_is_unknown(stage: Any) -> None:
    stage.connector.fail_next(OrderedFailure(0, after_taking=True))
    assert (await stage.client.say("help")).status == 200
    assert (sent(stage), len(stage.connector.transcript.messages)) == (1, 1)


async def test_request_is_not_repeated_when_the_connector_does_not_respond(open_stage: Any) -> None:
    async with open_stage(retries=Retries(attempts=3, first_wait=0.01, seconds=0.5)) as stage:
        await stage.client.say("help")  # the connection is open, and the token is there
        stage.connector.fail_next(OrderedFailure(delay=5))
        await stage.client.say("help")
        await stage.quiet()
        assert sent(stage) == 2
        assert len(stage.connector.transcript.messages) == 1


async def test_plain_text_is_posted_when_the_card_is_refused(stage: Any) -> None:
    stage.connector.fail_next(OrderedFailure(413, code="MessageSizeTooBig"))
    await stage.client.say("help")
    (posted,) = stage.connector.transcript.messages
    assert posted.card is None
    assert posted.text.startswith("Type sentences")


async def test_token_is_renewed_once_when_it_is_refused(stage: Any) -> None:
    await stage.client.say("help")
    stage.connector.fail_next(OrderedFailure(401))
    await stage.client.say("help")
    assert len(stage.connector.transcript.messages) == 2
    assert stage.connector.state.tokens_issued == 2
    stage.connector.fail_next(OrderedFailure(401), OrderedFailure(401))
    assert (await stage.client.say("help")).status == 200
    assert len(stage.connector.transcript.messages) == 2


async def test_entra_is_not_asked_for_each_message_that_is_refused(stage: Any) -> None:
    await stage.client.say("help")
    stage.connector.fail_next(*[OrderedFailure(401)] * 20)
    for _ in range(5):
        assert (await stage.client.say("help")).status == 200
    assert stage.connector.state.tokens_issued == 2


async def test_reason_is_logged_when_the_bot_gets_no_token(stage: Any) -> None:
    with structlog.testing.capture_logs() as logs:
        stage.authority._base = "http://127.0.0.1:9"
        assert (await stage.client.say("help")).status == 200
    assert any("Entra cannot be reached" in str(entry.get("problem")) for entry in logs)


@hasty
async def test_answer_is_a_new_message_when_the_progress_card_is_gone(stage: Any) -> None:
    await stage.client.say("wait")
    card = await stage.connector.next_message()
    await stage.connector.state.delete(personal(ADA).id, card.id)
    stage.answers.gate.set()
    await stage.quiet()
    last = stage.connector.transcript.messages[-1]
    assert (last.kind, last.id != card.id) == ("sent", True)


@hasty
async def test_answer_is_posted_when_the_progress_card_is_refused(stage: Any) -> None:
    stage.connector.fail_next(OrderedFailure(500))
    await stage.client.say("wait")
    stage.answers.gate.set()
    await stage.quiet()
    (posted,) = stage.connector.transcript.messages
    assert posted.activity["summary"].startswith("Type sentences")


async def test_progress_updates_stay_below_the_rate_limits_of_teams(open_stage: Any) -> None:
    from bot.teams.activity.turn_limits import TurnLimits

    limits = TurnLimits(working_after=0.05, acknowledge_after=0.1, update_every=0.5)
    async with open_stage(rate_limited=True, limits=limits) as stage:
        await stage.client.say("wait")
        for page in range(6):
            stage.answers.progress(page, 6)
            await stage.connector.next_message()
        stage.answers.gate.set()
        await stage.quiet()
        assert stage.connector.transcript.messages[-1].activity["summary"].startswith("Type sentences")


async def test_not_sent_error_is_raised_when_no_server_listens(stage: Any) -> None:
    connector = ConnectorClients(stage.http, None, Retries(attempts=2, first_wait=0.01)).at("http://127.0.0.1:9/")
    with pytest.raises(NotSentError):
        await connector.send("19:x", b"{}")


async def test_id_with_reserved_characters_stays_one_part_of_the_path(stage: Any) -> None:
    connector = ConnectorClients(stage.http, None, Retries(attempts=1)).at(stage.connector.service_url)
    with pytest.raises(DeliveryError) as refused:
        await connector.send("../../t/oauth2/v2.0/token?x=#", b"{}", reply_to="../1")
    assert refused.value.status == 401


async def test_redirect_is_not_followed(stage: Any) -> None:
    from aiohttp import web

    from bot.simulator.loopback_listener import listen

    seen: list[str] = []

    async def lure(request: web.Request) -> web.Response:
        seen.append(request.path)
        return web.Response(status=307, headers={"Location": "http://127.0.0.1:9/steal"})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", lure)
    listening = await listen(app)
    with pytest.raises(DeliveryError) as refused:
        await ConnectorClients(stage.http, None, Retries(attempts=1)).at(listening.url).send("19:x", b"{}")
    await listening.close()
    assert (refused.value.status, len(seen)) == (307, 1)


@hasty
async def test_replacement_that_times_out_is_repeated(stage: Any) -> None:
    """It is repeated often here, because an attempt has little time."""
    await stage.client.say("wait")
    card = await stage.connector.next_message()
    hurried = Retries(attempts=200, first_wait=0.01, longest_wait=0.01, all_seconds=FOREVER, seconds=0.3)
    credentials = Credentials(stage.connector.app_id, stage.connector.password, ADA.tenant_id)
    tokens = ClientCredentials(credentials, http_client=stage.authority)
    connector = ConnectorClients(stage.http, tokens, hurried).at(stage.connector.service_url)
    stage.connector.fail_next(OrderedFailure(delay=FOREVER))
    await connector.update(card.conversation_id, card.id, b'{"type": "message", "text": "done"}')
    (shown,) = stage.connector.state.shown(card.conversation_id)
    assert shown["text"] == "done"


@hasty
@pytest.mark.parametrize("fault", [OrderedFailure(500), OrderedFailure(0), OrderedFailure(0, after_taking=True)])
async def test_replacement_of_a_card_is_repeated_after_any_failure(fault: OrderedFailure, stage: Any) -> None:
    """Repeating a replacement has no further effect.

    Without it, the card "working on it" would stay forever.
    """
    await stage.client.say("wait")
    card = await stage.connector.next_message()
    stage.connector.fail_next(fault)
    stage.answers.gate.set()
    await stage.quiet()
    (shown,) = stage.connector.state.shown(card.conversation_id)
    assert shown["summary"].startswith("Type sentences")
