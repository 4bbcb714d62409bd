"""Fields of an activity that may have any value; all others are refused."""

import json
from collections.abc import Iterator
from typing import Any, get_args

import msgspec
import pytest

from bot.teams.activity.incoming_activity import IncomingActivity, decode
from bot.teams.activity.odd_fields import MAY_BE_ODD
from bot.teams.activity.request_refused import RequestRefusedError

STRICT = {
    "type",
    "id",
    "channelId",
    "serviceUrl",
    "text",
    "from",
    "from.id",
    "from.aadObjectId",
    "recipient",
    "recipient.id",
    "conversation",
    "conversation.id",
    "conversation.tenantId",
    "channelData",
    "channelData.tenant",
    "channelData.tenant.id",
}
# Who may read the answer; true is its usual value.
AUDIENCE = "recipient.isTargeted"
# Parts of a field that may be odd: with an odd id the whole of it is absent.
INSIDE = {
    "channelData.team.id",
    "channelData.channel.id",
    "channelData.settings.selectedChannel",
    "channelData.settings.selectedChannel.id",
    "membersAdded.id",
    "membersAdded.aadObjectId",
    "membersRemoved.id",
    "membersRemoved.aadObjectId",
}
USUAL: dict[str, Any] = {
    "type": "message",
    "id": "1",
    "channelId": "msteams",
    "serviceUrl": "https://smba.trafficmanager.net/teams/",
    "text": "usage",
    "from": {"id": "29:1", "aadObjectId": "o", "name": "Ada"},
    "recipient": {"id": "28:b", "name": "Bot"},
    "conversation": {"id": "a:1", "tenantId": "t", "conversationType": "personal"},
    "channelData": {"tenant": {"id": "t"}, "team": {"id": "19:t"}},
    "membersAdded": [{"id": "28:b"}],
}


def paths(kind: Any, before: str = "") -> Iterator[str]:
    """Yield the path of each field of the model."""
    for field in msgspec.structs.fields(kind):
        yield (path := before + field.encode_name)
        for inner in [each for some in get_args(field.type) for each in (some, *get_args(some))]:
            if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
                yield from paths(inner, f"{path}.")


def with_value(path: str, value: object) -> bytes:
    changed = json.loads(json.dumps(USUAL))
    place, (*steps, last) = changed, path.split(".")
    for step in steps:
        place = place.setdefault(step, {})
    place[last] = value
    return json.dumps(changed).encode()


def read(body: bytes) -> tuple[IncomingActivity, list[str]]:
    odd: list[str] = []
    return decode(body, odd.append), odd


def test_each_field_of_the_model_is_strict_or_may_be_odd() -> None:
    assert sorted(paths(IncomingActivity)) == sorted(STRICT | MAY_BE_ODD | INSIDE | {AUDIENCE})


@pytest.mark.parametrize("path", sorted(STRICT))
@pytest.mark.parametrize("value", [7, True, [], ["x"], 1.5])
def test_strict_field_is_refused_when_its_type_is_wrong(path: str, value: object) -> None:
    for body in (with_value(path, value), with_value(path, value)[:-1] + b', "replyToId": 1}'):
        with pytest.raises(RequestRefusedError) as caught:
            decode(body)
        assert caught.value.status == 400
        assert f"`$.{path}`" in caught.value.reason


@pytest.mark.parametrize("value", [7, 1, [], ["x"], "true"])
def test_audience_is_refused_when_it_is_neither_true_nor_false(value: object) -> None:
    with pytest.raises(RequestRefusedError) as caught:
        decode(with_value(AUDIENCE, value))
    assert caught.value.status == 400


@pytest.mark.parametrize("body", [b"[]", b"1", b"null", b'"x"', b'{"text": "x"}', b'{"replyToId": 1}'])
def test_body_is_refused_when_it_is_no_activity(body: bytes) -> None:
    with pytest.raises(RequestRefusedError, match="400 activity"):
        decode(body)


def test_usual_activity_has_no_odd_field() -> None:
    assert read(json.dumps(USUAL).encode())[1] == []


def test_only_the_odd_items_of_a_list_are_absent() -> None:
    items = [None, 3, {"type": "mention"}, ["x"]]
    activity, odd = read(with_value("entities", items))
    assert (activity.entities, odd) == ([{"type": "mention"}], ["entities"])


def test_members_with_an_odd_name_are_kept_and_with_an_odd_id_not() -> None:
    members = [{"id": "28:b", "name": 1}, {"id": 2}, {"id": "29:1", "aadObjectId": []}, None]
    activity, odd = read(with_value("membersRemoved", members))
    assert [each.id for each in activity.members_removed or ()] == ["28:b"]
    assert odd == ["membersRemoved", "membersRemoved.name"]


@pytest.mark.parametrize("number", ["1e999", "-1e999", "9" * 6_000])
def test_number_without_bounds_is_absent(number: str) -> None:
    body = with_value("value", "here").replace(b'"here"', number.encode())
    activity, odd = read(body)
    assert (activity.value, activity.text, odd) == (None, "usage", ["value"])


def test_team_with_an_odd_id_is_absent() -> None:
    activity, odd = read(with_value("channelData.team", {"id": 5}))
    assert (activity.team_id, activity.tenant_ids, odd) == ("", {"t"}, ["channelData.team"])


def test_last_value_counts_when_a_field_comes_twice() -> None:
    body = with_value("replyToId", 1)[:-1] + b', "serviceUrl": "https://evil.example/"}'
    assert read(body)[0].service_url == "https://evil.example/"


def test_odd_conversation_type_counts_as_shared() -> None:
    activity, odd = read(with_value("conversation.conversationType", ["personal"]))
    assert (activity.is_personal, odd) == (False, ["conversation.conversationType"])
