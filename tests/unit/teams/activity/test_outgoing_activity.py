"""The JSON of an activity that the bot sends."""

import json
from typing import Any

import msgspec
import pytest

from bot.teams.activity.incoming_activity import Account, ConversationAccount, IncomingActivity
from bot.teams.activity.outgoing_activity import OutgoingActivity, card_message, oauth_message, text_message

ASKED = IncomingActivity(
    type="message",
    id="17",
    sender=Account("29:ada", "Ada", "0a", "user"),
    recipient=Account("28:bot"),
    conversation=ConversationAccount("19:x;messageid=1", "channel", "t1", is_group=True, name="Sales"),
)
ADDRESSED = {
    "from": {"id": "28:bot"},
    "recipient": {"id": "29:ada", "name": "Ada"},
    "conversation": {"id": "19:x;messageid=1", "conversationType": "channel", "tenantId": "t1", "isGroup": True},
    "replyToId": "17",
}
CARD = {"contentType": "application/vnd.microsoft.card.adaptive", "content": {"type": "AdaptiveCard"}}
OAUTH = {"contentType": "application/vnd.microsoft.card.oauth", "content": {"text": "Sign in"}}


def wire(activity: OutgoingActivity) -> Any:
    return json.loads(activity.encode())


@pytest.mark.parametrize(
    ("activity", "expected"),
    [
        (text_message("Hello"), {"text": "Hello", "textFormat": "plain"}),
        (card_message(msgspec.Raw(b'{"type":"AdaptiveCard"}'), "Hello"), {"summary": "Hello", "attachments": [CARD]}),
        (oauth_message({"text": "Sign in"}, "Sign in"), {"summary": "Sign in", "attachments": [OAUTH]}),
    ],
)
def test_message_holds_only_what_it_was_given(activity: OutgoingActivity, expected: dict[str, Any]) -> None:
    assert wire(activity) == {"type": "message"} | expected
    assert wire(activity.as_reply_to(ASKED)) == {"type": "message"} | expected | ADDRESSED


def test_encoded_card_is_copied_as_it_is() -> None:
    assert (
        b'"content":{ "type" : "AdaptiveCard" }'
        in card_message(msgspec.Raw(b'{ "type" : "AdaptiveCard" }'), "").encode()
    )


def test_account_without_an_id_is_left_out_of_a_reply() -> None:
    anonymous = msgspec.structs.replace(ASKED, sender=Account(name="Ada"), conversation=None, id=None)
    assert wire(text_message("Hello").as_reply_to(anonymous)) == {
        "type": "message",
        "text": "Hello",
        "textFormat": "plain",
        "from": {"id": "28:bot"},
    }
