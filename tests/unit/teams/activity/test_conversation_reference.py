"""Where a waiting question was asked."""

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


def came(**fields: Any) -> IncomingActivity:
    return decode(msgspec.json.encode(WIRE | fields))


def place(incoming: IncomingActivity, private: str = "") -> ConversationReference:
    who = caller(incoming)
    assert who is not None
    return ConversationReference.of(incoming, who, LocaleWords.load(locale_of(incoming)), private)


def test_a_place_comes_back_from_its_text_with_the_same_person_and_without_what_was_said() -> None:
    kept = place(came(), "a:1")
    back = ConversationReference.unpack(kept.pack())
    assert back == kept
    asked, before = caller(back.asked), caller(came())
    assert asked is not None
    assert before is not None
    assert (asked.key, asked.time_zone) == (before.key, before.time_zone)
    assert "Secret" not in kept.pack()
    assert "secret" not in kept.pack()


def test_the_chat_in_private_has_the_same_person_and_no_thread() -> None:
    chat = place(came(), "a:1").in_private()
    assert chat is not None
    assert (chat.conversation_id, chat.is_personal, chat.id) == ("a:1", True, None)
    assert caller(chat) == caller(place(came()).asked)


def test_a_question_in_a_personal_chat_was_asked_in_private_already() -> None:
    kept = place(came(conversation={"id": "a:1", "conversationType": "personal", "tenantId": "T1"}), "a:1")
    assert kept.in_private() is kept.asked


def test_without_a_personal_chat_there_is_no_place_in_private() -> None:
    assert place(came()).in_private() is None


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", "7", '{"asked": 7}', json.dumps({"asked": {"type": 3}}), "\udcff"]
)
def test_anything_else_is_no_place(text: str) -> None:
    assert ConversationReference.unpack(text) is None
