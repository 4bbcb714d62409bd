"""The conversation reference of a waiting question."""

import json
from typing import Any

import msgspec
import pytest

from bot.teams.activity.activity_caller import caller, locale_of
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.activity.incoming_activity import IncomingActivity, decode
from cards.wording.locale_words import LocaleWords

WIRE: dict[str, Any] = {
    "type": "message",
    "id": "17",
    "text": "usage for Secret Customer",
    "value": {"token": "secret"},
    "channelId": "msteams",
    "serviceUrl": "https://smba.trafficmanager.net/amer/",
    "from": {"id": "29:ada", "name": "Ada", "aadObjectId": "0A"},
    "recipient": {"id": "28:bot"},
    "conversation": {"id": "19:group@thread.v2", "conversationType": "groupChat", "isGroup": True, "tenantId": "T1"},
    "localTimezone": "Europe/Amsterdam",
    "entities": [{"type": "clientInfo", "locale": "nl-NL"}],
}


def activity(**fields: Any) -> IncomingActivity:
    return decode(msgspec.json.encode(WIRE | fields))


def reference(incoming: IncomingActivity, private: str = "") -> ConversationReference:
    who = caller(incoming)
    assert who is not None
    return ConversationReference.of(incoming, who, LocaleWords.load(locale_of(incoming)), private)


def test_reference_keeps_the_caller_and_no_text_when_it_is_unpacked() -> None:
    kept = reference(activity(), "a:1")
    back = ConversationReference.unpack(kept.pack())
    assert back == kept
    asked, before = caller(back.asked), caller(activity())
    assert asked is not None
    assert before is not None
    assert (asked.key, asked.time_zone) == (before.key, before.time_zone)
    assert "Secret" not in kept.pack()
    assert "secret" not in kept.pack()


def test_private_chat_has_the_same_caller_and_no_thread() -> None:
    chat = reference(activity(), "a:1").in_private()
    assert chat is not None
    assert (chat.conversation_id, chat.is_personal, chat.id) == ("a:1", True, None)
    assert caller(chat) == caller(reference(activity()).asked)


def test_private_chat_is_the_conversation_when_that_is_personal() -> None:
    kept = reference(activity(conversation={"id": "a:1", "conversationType": "personal", "tenantId": "T1"}), "a:1")
    assert kept.in_private() is kept.asked


def test_private_chat_is_none_when_its_id_is_missing() -> None:
    assert reference(activity()).in_private() is None


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", "7", '{"asked": 7}', json.dumps({"asked": {"type": 3}}), "\udcff"]
)
def test_unpack_returns_none_when_the_text_is_no_reference(text: str) -> None:
    assert ConversationReference.unpack(text) is None
