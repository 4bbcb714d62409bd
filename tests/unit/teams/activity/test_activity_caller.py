"""Who says something, from an activity."""

from typing import Any

import msgspec
import pytest

from bot.teams.activity.activity_caller import caller, is_bot, locale_of
from bot.teams.activity.incoming_activity import IncomingActivity, decode

ADA = {"id": "29:ada", "name": "Ada", "aadObjectId": "0A"}


def came(**fields: Any) -> IncomingActivity:
    wire = {"type": "message", "from": ADA, "channelData": {"tenant": {"id": "T1"}}, "recipient": {"id": "28:bot"}}
    return decode(msgspec.json.encode(wire | fields))


def test_a_person_is_known_by_tenant_and_object_id() -> None:
    who = caller(came(locale="nl-NL", localTimezone="Europe/Amsterdam"))
    assert who is not None
    assert (who.key, who.name, who.locale, who.time_zone) == (("t1", "0a"), "Ada", "nl-NL", "Europe/Amsterdam")


def test_without_tenant_or_object_id_nobody_is_known() -> None:
    assert caller(came(channelData={})) is None
    assert caller(came(channelData=None)) is None
    assert caller(came(**{"from": {"id": "29:ada"}})) is None
    assert caller(came(**{"from": None})) is None


def test_the_conversation_names_the_tenant_as_well() -> None:
    who = caller(came(channelData=None, conversation={"id": "a:1", "tenantId": "T2"}))
    assert who is not None
    assert who.tenant_id == "t2"


def test_the_demo_makes_do_with_the_channels_id() -> None:
    who = caller(came(channelData=None, **{"from": {"id": "user-id-0"}}), anonymous=True)
    assert who is not None
    assert who.object_id == "user-id-0"
    assert caller(came(**{"from": {}}), anonymous=True) is None


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
def test_the_language_is_the_activitys_or_the_clients(fields: dict[str, Any], locale: str) -> None:
    assert locale_of(came(**fields)) == locale


@pytest.mark.parametrize("sender", [{"id": "28:bot"}, {"id": "28:other"}, {"id": "29:x", "role": "bot"}])
def test_bots_are_recognized(sender: dict[str, str]) -> None:
    assert is_bot(came(**{"from": sender}))


def test_people_are_not_bots() -> None:
    assert not is_bot(came())
    assert not is_bot(came(**{"from": {"id": "29:x", "role": "user"}}))
    assert not is_bot(came(**{"from": None}))
