"""The caller of an activity."""

from typing import Any

import msgspec
import pytest

from bot.teams.activity.activity_caller import caller, is_bot, locale_of
from bot.teams.activity.incoming_activity import IncomingActivity, decode

ADA = {"id": "29:ada", "name": "Ada", "aadObjectId": "0A"}


def activity(**fields: Any) -> IncomingActivity:
    wire = {"type": "message", "from": ADA, "channelData": {"tenant": {"id": "T1"}}, "recipient": {"id": "28:bot"}}
    return decode(msgspec.json.encode(wire | fields))


def test_caller_has_tenant_and_object_id() -> None:
    who = caller(activity(locale="nl-NL", localTimezone="Europe/Amsterdam"))
    assert who is not None
    assert (who.key, who.name, who.locale, who.time_zone) == (("t1", "0a"), "Ada", "nl-NL", "Europe/Amsterdam")


def test_caller_is_none_when_tenant_or_object_id_is_missing() -> None:
    assert caller(activity(channelData={})) is None
    assert caller(activity(channelData=None)) is None
    assert caller(activity(**{"from": {"id": "29:ada"}})) is None
    assert caller(activity(**{"from": None})) is None


def test_tenant_is_read_from_conversation_when_channel_data_has_none() -> None:
    who = caller(activity(channelData=None, conversation={"id": "a:1", "tenantId": "T2"}))
    assert who is not None
    assert who.tenant_id == "t2"


def test_object_id_is_the_channels_id_when_bot_is_anonymous() -> None:
    who = caller(activity(channelData=None, **{"from": {"id": "user-id-0"}}), anonymous=True)
    assert who is not None
    assert who.object_id == "user-id-0"
    assert caller(activity(**{"from": {}}), anonymous=True) is None


@pytest.mark.parametrize(
    ("fields", "locale"),
    [
        ({}, "en-US"),
        ({"locale": "fr-FR"}, "fr-FR"),
        ({"entities": [{"type": "clientInfo", "locale": "hu-HU"}]}, "hu-HU"),
        ({"entities": [{"type": "clientInfo", "locale": 5}]}, "en-US"),
        ({"locale": "x" * 36}, "en-US"),
        ({"locale": "fr\nFR"}, "en-US"),
        ({"locale": "fr-💥"}, "en-US"),
    ],
)
def test_locale_is_that_of_the_activity_or_the_client(fields: dict[str, Any], locale: str) -> None:
    assert locale_of(activity(**fields)) == locale


@pytest.mark.parametrize("sender", [{"id": "28:bot"}, {"id": "28:other"}, {"id": "29:x", "role": "bot"}])
def test_sender_is_a_bot_when_id_or_role_says_so(sender: dict[str, str]) -> None:
    assert is_bot(activity(**{"from": sender}))


def test_sender_is_no_bot_when_it_is_a_person() -> None:
    assert not is_bot(activity())
    assert not is_bot(activity(**{"from": {"id": "29:x", "role": "user"}}))
    assert not is_bot(activity(**{"from": None}))
