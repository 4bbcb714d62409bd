"""The conversation somebody speaks in, for coming back later."""

from typing import Any

import msgspec
import pytest

from bot.domain.conversation import Conversation, ConversationKind
from bot.teams.activity.activity_caller import caller
from bot.teams.activity.conversation_of import conversation_of
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.activity.incoming_activity import IncomingActivity, decode
from cards.wording.locale_words import LocaleWords

WORDS = LocaleWords.load("en-US")
CHANNEL = {"id": "19:sales@thread.tacv2;messageid=17", "conversationType": "channel", "tenantId": "T1", "name": "Sales"}
WIRE: dict[str, Any] = {
    "type": "message",
    "id": "18",
    "text": "digest every day for Secret Customer",
    "channelId": "msteams",
    "serviceUrl": "https://smba.trafficmanager.net/amer/",
    "from": {"id": "29:ada", "name": "Ada", "aadObjectId": "0A"},
    "recipient": {"id": "28:bot"},
    "conversation": CHANNEL,
    "channelData": {"tenant": {"id": "T1"}, "team": {"id": "19:team@thread.tacv2"}, "channel": {"id": "19:sales"}},
}


def came(**fields: Any) -> IncomingActivity:
    return decode(msgspec.json.encode(WIRE | fields))


def here(incoming: IncomingActivity) -> Conversation:
    who = caller(incoming)
    assert who is not None
    return conversation_of(incoming, who, WORDS)


def test_a_channel_is_here_without_its_thread_and_with_its_team() -> None:
    found = here(came())
    assert (found.conversation_id, found.kind, found.team_id) == (
        "19:sales@thread.tacv2",
        ConversationKind.CHANNEL,
        "19:team@thread.tacv2",
    )


def test_the_reference_leads_to_the_channel_and_to_the_speaker_and_says_nothing_of_the_message() -> None:
    found = here(came())
    place = ConversationReference.unpack(found.reference)
    assert place is not None
    assert place.asked.conversation_id == "19:sales@thread.tacv2"
    assert place.asked.id is None
    assert place.asked.sender is not None
    assert place.asked.sender.id == "29:ada"
    assert "Secret" not in found.reference


def test_two_messages_in_two_threads_of_a_channel_have_the_same_reference() -> None:
    other = came(id="99", text="help", conversation=CHANNEL | {"id": "19:sales@thread.tacv2;messageid=98"})
    assert here(came()) == here(other)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("personal", ConversationKind.PERSONAL),
        ("groupChat", ConversationKind.GROUP),
        (None, ConversationKind.GROUP),
        ("made-up", ConversationKind.GROUP),
    ],
)
def test_what_does_not_say_that_it_is_private_counts_as_a_conversation_of_several(
    kind: str | None, expected: ConversationKind
) -> None:
    found = here(came(conversation={"id": "a:1", "conversationType": kind, "tenantId": "T1"}))
    assert (found.kind, found.team_id) == (expected, "")


def test_a_thread_mark_in_front_leaves_an_empty_conversation_and_no_error() -> None:
    assert here(came(conversation=CHANNEL | {"id": ";messageid=1"})).conversation_id == ""
