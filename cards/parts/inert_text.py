"""Text in which no client finds a link, a picture or a mention. Pure.

Clients read Markdown in some fields, tags in others, and make links of addresses wherever they see one. A space without
width inside such a place prevents all of it, and the text reads as before.
"""

import re

BREAK = "\u200b"
# A break is behind a sign, because it is a letter for some clients: `contoso.` ends a word, `com` behind it begins one.
# Each place begins with one of a few signs, which are found fast.
_PLACES = re.compile(
    r"[.。．｡@:：/\\\]!<](?:"
    r"(?<=[.。．｡])(?=[^\W\d_])"  # contoso.com
    r"|(?<=@)(?=[^\s\u200b])"  # ada@contoso.com
    r"|(?<=:)(?=[^\W\d_]|\+)|(?<=[:：/\\])(?=[/\\])"  # mailto:ada, https://…, a path of Windows
    r"|(?<=\])(?=[(\[:])|(?<=!)(?=\[)"  # [text](address), ![picture]
    r"|(?<=<)(?=[^\s\u200b])"  # <at>Ada</at>
    r")"
)
_BROKEN = rf"\g<0>{BREAK}"


def inert(text: str) -> str:
    """Return `text` with breaks where a client would find a link or a mention.

    Also where it would find a picture or a tag.
    """
    return _PLACES.sub(_BROKEN, text)
