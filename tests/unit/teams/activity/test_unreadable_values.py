"""Halves of emoji and deep nesting make a field odd, never the whole activity."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.activity.incoming_activity import IncomingActivity, decode
from bot.teams.activity.request_refused import RequestRefusedError
from bot.teams.activity.unreadable_values import DEEPEST, without_unreadable_values
from tests.unit.teams.activity.test_odd_fields import MAY_BE_ODD, STRICT, USUAL, read, with_value

HALF = "\ud83d"
NESTED = ("[" * 1_000 + "]" * 1_000, '{"a":' * 1_000 + "1" + "}" * 1_000)


def nested(path: str, value: str) -> bytes:
    return with_value(path, "@@").replace(b'"@@"', value.encode())


def strict_parts(activity: IncomingActivity) -> tuple[object, ...]:
    return activity.text, activity.id, activity.service_url, activity.tenant_ids, activity.conversation_id


@pytest.mark.parametrize("path", sorted(MAY_BE_ODD - {path for path in MAY_BE_ODD if path.startswith("members")}))
@pytest.mark.parametrize("value", [HALF, f"Ada {HALF}", f"{HALF}{HALF}", "\ude00\ud83d"], ids=ascii)
def test_field_with_half_of_an_emoji_is_absent(path: str, value: str) -> None:
    activity, odd = read(with_value(path, value))
    assert odd == [path]
    assert strict_parts(activity) == strict_parts(read(with_value("locale", "en"))[0])


@pytest.mark.parametrize("path", ["attachments", "value", "timestamp", "entities", "locale"])
@pytest.mark.parametrize("value", NESTED, ids=["lists", "objects"])
def test_field_that_is_nested_too_deeply_is_absent(path: str, value: str) -> None:
    activity, odd = read(nested(path, value))
    assert (odd, activity.text) == ([path], "usage")


@pytest.mark.parametrize("path", ["unknown", "channelData.x", "from.x", "conversation.x"])
@pytest.mark.parametrize("value", [*NESTED, '"\\ud83d"', '{"\\ud83d": ["\\ud83d"]}'], ids=lambda text: text[:8])
def test_unknown_field_is_ignored_whatever_it_holds(path: str, value: str) -> None:
    activity, odd = read(nested(path, value))
    assert (odd, strict_parts(activity)) == ([], strict_parts(read(with_value("locale", "en"))[0]))


@pytest.mark.parametrize("path", sorted(STRICT))
@pytest.mark.parametrize("value", ['"a\\ud83d"', NESTED[0]], ids=lambda text: text[:8])
def test_strict_field_is_refused_when_it_cannot_be_read(path: str, value: str) -> None:
    with pytest.raises(RequestRefusedError) as caught:
        decode(nested(path, value))
    assert caught.value.status == 400


@pytest.mark.parametrize("text", ["\U0001f600", "\\ud83d", '\\"\\ud83d', "\\\\", 'a "b" \U0001f600'])
def test_readable_text_beside_an_unreadable_one_stays(text: str) -> None:
    body = json.loads(with_value("locale", HALF)) | {"text": text}
    activity, odd = read(json.dumps(body).encode())
    assert (activity.text, odd) == (text, ["locale"])


@pytest.mark.parametrize(
    "body", ["[" * 100_000, '{"a":' * 50_000, '"\\' * 90_000, '{"a":"\\ud83d"', '"\\ud83d"', '{"a":"\\u12']
)
def test_what_is_no_activity_is_refused(body: str) -> None:
    with pytest.raises(RequestRefusedError) as caught:
        decode(body.encode())
    assert caught.value.status == 400


readable = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=10,
)
texts = st.text(st.sampled_from('\\"u{}[]:,d8 \ud83d\ude00\U0001f600'), max_size=12)


@given(value=readable, ascii_only=st.booleans())
def test_body_that_can_be_read_stays_as_it_is(value: Any, ascii_only: bool) -> None:
    body = json.dumps(value, ensure_ascii=ascii_only).encode()
    assert without_unreadable_values(body) == body


@given(locale=texts, name=texts, unknown=st.dictionaries(texts, texts, max_size=3), depth=st.integers(1, 3 * DEEPEST))
def test_any_texts_and_depth_change_no_strict_field(
    locale: str, name: str, unknown: dict[str, str], depth: int
) -> None:
    body = json.dumps({"x": unknown, **USUAL, "locale": locale, "name": name, "y": "@@"})
    activity, odd = read(body.replace('"@@"', "[" * depth + "]" * depth).encode())
    assert strict_parts(activity) == strict_parts(read(json.dumps(USUAL).encode())[0])
    for path, text, found in (("locale", locale, activity.locale), ("name", name, activity.name)):
        assert (path in odd) == _has_half(text)
        assert found == (None if path in odd else _joined(text))


def _joined(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16")


def _has_half(text: str) -> bool:
    try:
        _joined(text)
    except UnicodeDecodeError:
        return True
    return False
