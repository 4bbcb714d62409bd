"""The path of a turn's messages: botbuilder's context, its hooks and its adapter."""

import json
from typing import Any

import msgspec
import pytest
from botbuilder.schema import Activity

from bot.teams.activity.http_reply import Reply
from bot.teams.activity.incoming_activity import Account, ConversationAccount, IncomingActivity
from bot.teams.activity.outgoing_activity import text_message
from bot.teams.sdk.activity_codec import invoke_response, reply_of
from bot.teams.sdk.connector_adapter import ConnectorAdapter

URL = "https://smba.trafficmanager.net/amer/"
ASKED = IncomingActivity(
    type="message",
    id="17",
    channel_id="msteams",
    service_url=URL,
    sender=Account("29:ada", "Ada", "0a"),
    recipient=Account("28:bot", "Bot"),
    conversation=ConversationAccount("19:x;messageid=1", "channel", "t1"),
)
REPLY = text_message("Hello").as_reply_to(ASKED)


class Connectors:
    """A stand-in for the connector clients that notes each call."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.private: list[bool] = []

    def at(self, service_url: str) -> "Connectors":
        assert service_url == URL
        return self

    async def send(self, conversation_id: str, activity: bytes, reply_to: str | None, *, private: bool) -> str:
        self.private.append(private)
        self.calls.append(("send", conversation_id, json.loads(activity), reply_to))
        return "18"

    async def update(self, conversation_id: str, activity_id: str, activity: bytes, *, private: bool) -> None:
        self.private.append(private)
        self.calls.append(("update", conversation_id, json.loads(activity), activity_id))


async def failed(context: object, error: Exception) -> None:
    raise error


@pytest.mark.parametrize("hooked", [False, True])
async def test_message_is_addressed_as_a_reply_when_it_is_sent(hooked: bool) -> None:
    connectors: Any = Connectors()
    noted: list[str] = []
    seen: list[Activity] = []
    context = ConnectorAdapter(connectors, failed, noted.append).open(ASKED, "en")

    async def hook(_: object, activities: list[Activity], proceed: Any) -> None:
        seen.extend(activities)
        await proceed()

    if hooked:
        context.on_send_activities(hook)
    assert await context.send(text_message("Hello")) == "18"
    expected = json.loads(REPLY.encode()) | {"locale": "en"}
    assert connectors.calls == [("send", "19:x;messageid=1", expected, "17")]
    assert [each.text for each in seen] == ["Hello"] * hooked
    assert noted == ["19:x"]
    assert context.responded


async def test_message_takes_the_place_of_an_earlier_one_when_it_is_replaced() -> None:
    connectors: Any = Connectors()
    await ConnectorAdapter(connectors, failed).open(ASKED, "en").replace("18", text_message("Hello"))
    expected = json.loads(REPLY.encode()) | {"locale": "en"}
    assert connectors.calls == [("update", "19:x;messageid=1", expected, "18")]


@pytest.mark.parametrize("reply", [Reply(200), Reply(501), Reply.of({"statusCode": 200}), Reply.of({}, 412)])
def test_reply_comes_back_unchanged_from_an_invoke_response(reply: Reply) -> None:
    assert reply_of(invoke_response(reply)) == reply


SLASH = msgspec.structs.replace(ASKED, recipient=Account("28:bot", "Bot", is_targeted=True))


async def test_private_question_is_answered_for_its_asker_alone() -> None:
    connectors: Any = Connectors()
    context = ConnectorAdapter(connectors, failed).open(SLASH, "en")
    await context.send(text_message("Hello"))
    ((_, _, sent, _),) = connectors.calls
    assert sent["recipient"] == {"id": "29:ada", "name": "Ada", "isTargeted": True}
    assert connectors.private == [True]


async def test_private_answer_is_replaced_without_a_recipient() -> None:
    connectors: Any = Connectors()
    await ConnectorAdapter(connectors, failed).open(SLASH, "en").replace("18", text_message("Hello"))
    ((_, _, sent, _),) = connectors.calls
    assert "recipient" not in sent
    assert connectors.private == [True]


async def test_public_question_is_answered_in_public() -> None:
    connectors: Any = Connectors()
    context = ConnectorAdapter(connectors, failed).open(ASKED, "en")
    await context.send(text_message("Hello"))
    await context.replace("18", text_message("Hello"))
    assert connectors.private == [False, False]
    assert all("isTargeted" not in sent["recipient"] for _, _, sent, _ in connectors.calls)
