"""No value of a field that decides nothing changes anything but that field."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.teams.activity.incoming_activity import decode
from bot.teams.activity.odd_fields import MAY_BE_ODD
from tests.unit.teams.activity.test_odd_fields import USUAL

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
words = st.sampled_from(["id", "name", "role", "aadObjectId", "type", "text", "mentioned"]) | st.text(max_size=4)


def containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3)


values = st.recursive(scalars, containers, max_leaves=8)


def placed(path: str, value: object) -> dict[str, Any]:
    """Return the usual activity with `value` at `path`; in a list, in its only item."""
    changed: dict[str, Any] = json.loads(json.dumps(USUAL))
    name, _, last = path.partition(".")
    if not last:
        changed[name] = value
    elif name.startswith("members"):
        changed[name] = [{"id": "29:1", last: value}]
    else:
        changed[name] = {**changed.get(name, {}), last: value}
    return changed


def strict_parts(body: dict[str, Any]) -> tuple[object, ...]:
    activity = decode(json.dumps(body).encode())
    sender, bot, place = activity.sender, activity.recipient, activity.conversation
    assert sender is not None
    assert bot is not None
    assert place is not None
    people = sender.id, sender.aad_object_id, bot.id
    place_and_tenants = place.id, activity.tenant_ids, activity.service_url, activity.channel_id
    return (*people, *place_and_tenants, activity.type, activity.id, activity.text)


@given(path=st.sampled_from(sorted(MAY_BE_ODD)), value=values)
def test_any_value_changes_neither_who_nor_where_nor_what(path: str, value: object) -> None:
    assert strict_parts(placed(path, value)) == strict_parts(USUAL)


@given(changes=st.dictionaries(st.sampled_from(sorted(MAY_BE_ODD)), values, max_size=6))
def test_counted_paths_are_those_of_the_list(changes: dict[str, Any]) -> None:
    body: dict[str, Any] = json.loads(json.dumps(USUAL))
    for path, value in changes.items():
        name, _, last = path.partition(".")
        body[name] = placed(path, value)[name] if not last or name.startswith("members") else body[name] | {last: value}
    odd: list[str] = []
    decode(json.dumps(body).encode(), odd.append)
    assert set(odd) <= MAY_BE_ODD
    assert {path.partition(".")[0] for path in odd} <= {path.partition(".")[0] for path in changes}
