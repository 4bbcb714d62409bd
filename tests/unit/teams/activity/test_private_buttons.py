"""Tests of what is private: slash commands, and the buttons of their answers."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conversation import Caller
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.activity.incoming_activity import Account, ConversationAccount, IncomingActivity, decode
from bot.teams.activity.private_buttons import Privacy, keep_private, privacy_of
from cards.wording.locale_words import LocaleWords

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["action", "data", "private", "x"]), inner),
)
CHANNEL = IncomingActivity(
    type="message",
    sender=Account("29:ada", "Ada"),
    recipient=Account("28:bot", "Bot"),
    conversation=ConversationAccount("19:x", "channel", "t1"),
)
SLASH = msgspec.structs.replace(CHANNEL, recipient=Account("28:bot", "Bot", is_targeted=True))


def pressed(data):
    return {"action": {"type": "Action.Execute", "data": data}, "trigger": "manual"}


def test_slash_command_is_private_and_a_mention_is_not():
    assert SLASH.is_private
    assert not CHANNEL.is_private
    body = {"type": "message", "recipient": {"id": "28:bot", "isTargeted": True}, "conversation": {"id": "19:x"}}
    assert decode(msgspec.json.encode(body)).is_private


def test_nothing_is_private_where_nobody_else_reads():
    alone = ConversationAccount("a:1", "personal", "t1")
    assert not msgspec.structs.replace(SLASH, conversation=alone).is_private


@pytest.mark.parametrize("value", [pressed({"v": 2, "private": True}), {"v": 2, "private": True}])
def test_button_of_a_private_answer_is_private_in_every_client(value):
    assert msgspec.structs.replace(CHANNEL, value=value).is_private


@pytest.mark.parametrize("mark", [False, None, 1, "true", [True]])
def test_button_with_another_mark_is_public(mark):
    assert not msgspec.structs.replace(CHANNEL, value=pressed({"v": 2, "private": mark})).is_private


def test_every_action_of_a_private_card_is_marked():
    execute = {"type": "Action.Execute", "data": {"v": 2}, "fallback": {"type": "Action.Submit", "data": {"v": 2}}}
    card = {"body": [{"type": "ActionSet", "actions": [execute]}, {"selectAction": {**execute, "data": {"v": 2}}}]}
    keep_private(card)
    assert execute["data"] == execute["fallback"]["data"] == {"v": 2, "private": True}
    assert card["body"][1]["selectAction"]["data"] == {"v": 2, "private": True}


@given(JSON)
def test_any_value_is_private_or_not(value):
    assert privacy_of(value) in Privacy


def test_answer_after_a_sign_in_is_private_when_the_press_was():
    words, caller = LocaleWords.load("en"), Caller("t1", "o1")
    press = msgspec.structs.replace(CHANNEL, value=pressed({"v": 2, "private": True}))
    for asked, private in ((press, True), (SLASH, True), (CHANNEL, False)):
        place = ConversationReference.unpack(ConversationReference.of(asked, caller, words, "").pack())
        assert place.asked.is_private is private
