"""The error code in the body of a refusal of the Bot Connector.

Pure; accepts any body.

Mostly it is `{"error": {"code", "message"}}`. The chat service behind it sends `{"errorCode": 209, "message": "{…}"}`,
whose message is JSON again and holds the most specific code, `subCode`:
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
"""

from collections.abc import Iterator

import msgspec

LONGEST = 80


def error_code(body: bytes) -> str:
    """Return the innermost code, or "" if there is none.

    The code is short and holds no secret. Nothing else of the body is returned.
    """
    codes = [code for code in _codes(_decoded(body), 3) if 0 < len(code) <= LONGEST and code.isprintable()]
    return codes[-1] if codes else ""


def _codes(value: object, depth: int) -> Iterator[str]:
    """Yield the codes in `value`; the more specific ones come later."""
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
