"""Which error the Bot Connector names in the body of a refusal. Pure, total on whatever the body is.

`{"error": {"code", "message"}}` mostly; from the chat service behind it `{"errorCode": 209, "message": "{…}"}`, whose
message is JSON once more and holds the telling `subCode`:
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
"""

from collections.abc import Iterator

import msgspec

LONGEST = 80


def error_code(body: bytes) -> str:
    """The innermost code, which is short and holds no secret; "" where there is none. Nothing else is repeated."""
    codes = [code for code in _codes(_decoded(body), 3) if 0 < len(code) <= LONGEST and code.isprintable()]
    return codes[-1] if codes else ""


def _codes(value: object, depth: int) -> Iterator[str]:
    """The codes in `value`, the more telling ones later."""
    if not isinstance(value, dict) or not depth:
        return
    for name in ("errorCode", "code", "subCode"):
        found = value.get(name)
        if isinstance(found, str):
            yield found
        elif isinstance(found, int) and not isinstance(found, bool) and -(10**9) < found < 10**9:
            yield str(found)
    for name in ("error", "message"):
        inner = value.get(name)
        if isinstance(inner, str) and inner.lstrip().startswith("{"):
            inner = _decoded(inner)
        yield from _codes(inner, depth - 1)


def _decoded(body: bytes | str) -> object:
    try:
        return msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
