"""Values in a body that are JSON, and cannot be decoded. Pure.

A text may have half of an emoji (a lone surrogate, as where a text was cut), and lists may be nested without end:
https://www.rfc-editor.org/rfc/rfc8259#section-8.2
The decoder refuses the body for one of them, wherever it is. Here such a value becomes a number that no field accepts,
so that only the field is odd.
"""

import re

# Nesting of more levels is cut. Cards have about thirty.
DEEPEST = 100
NO_VALUE = b"1e999"

# A text, with the colon if it is a name, or a bracket. An open text continues to the end.
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"?(\s*+:)?|[\[\]{}]', re.DOTALL)
_LONE = re.compile(
    rb"(?:[^\\]|\\[^u]|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4}|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})*+"
    rb"\\u[dD][89a-fA-F][0-9a-fA-F]{2}",
    re.DOTALL,
)


def without_unreadable_values(body: bytes) -> bytes:
    """Return the body with a number out of range for each unreadable value.

    An unreadable name becomes the empty one. A body that is no JSON stays so.
    """
    pieces: list[bytes] = []
    depth = kept = 0
    for token in _TOKEN.finditer(body):
        start, end = token.span()
        if token[0].startswith(b'"'):
            if depth <= DEEPEST and _LONE.match(token[0]):
                pieces += body[kept:start], b'"":' if token[1] else NO_VALUE
                kept = end
        elif token[0] in b"[{":
            depth += 1
            if depth == DEEPEST + 1:
                pieces.append(body[kept:start])
                kept = start
        else:
            if depth == DEEPEST + 1:
                pieces.append(NO_VALUE)
                kept = end
            depth -= 1
    return b"".join((*pieces, body[kept:]))
