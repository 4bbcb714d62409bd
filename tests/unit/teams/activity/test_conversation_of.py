"""The conversation of an activity, to which the bot may post later."""

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


def activity(**fields: Any) -> IncomingActivity:
    return decode(msgspec.json.encode(WIRE | fields))


def here(incoming: IncomingActivity) -> Conversation:
    who = caller(incoming)
    assert who is not None
    return conversation_of(incoming, who, WORDS)


def test_channel_has_its_team_and_no_thread() -> None:
    found = here(activity())
    assert (found.conversation_id, found.kind, found.team_id) == (
        "19:sales@thread.tacv2",
        ConversationKind.CHANNEL,
        "19:team@thread.tacv2",
    )


def test_reference_has_channel_and_caller_and_no_text() -> None:
    found = here(activity())
    place = ConversationReference.unpack(found.reference)
    assert place is not None
    assert place.asked.conversation_id == "19:sales@thread.tacv2"
    assert place.asked.id is None
    assert place.asked.sender is not None
    assert place.asked.sender.id == "29:ada"
    assert "Secret" not in found.reference


def test_reference_is_the_same_for_two_threads_of_a_channel() -> None:
    other = activity(id="99", text="help", conversation=CHANNEL | {"id": "19:sales@thread.tacv2;messageid=98"})
    assert here(activity()) == here(other)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("personal", ConversationKind.PERSONAL),
        ("groupChat", ConversationKind.GROUP),
        ("made-up", ConversationKind.GROUP),
    ],
)
def test_conversation_is_a_group_when_its_type_is_unknown(kind: str, expected: ConversationKind) -> None:
    found = here(activity(conversation={"id": "a:1", "conversationType": kind, "tenantId": "T1"}))
    assert (found.kind, found.team_id) == (expected, "")


def test_conversation_without_a_type_is_a_channel_if_it_names_one() -> None:
    untyped = {name: each for name, each in CHANNEL.items() if name != "conversationType"}
    found = here(activity(conversation=untyped))
    assert (found.kind, found.team_id) == (ConversationKind.CHANNEL, "19:team@thread.tacv2")
    tenant_alone = {"tenant": {"id": "T1"}}
    assert here(activity(conversation=untyped, channelData=tenant_alone)).kind is ConversationKind.GROUP


def test_conversation_id_is_empty_when_it_starts_with_a_thread() -> None:
    assert here(activity(conversation=CHANNEL | {"id": ";messageid=1"})).conversation_id == ""
