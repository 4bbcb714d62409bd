"""Text in which no client finds a link, a picture or a mention. Pure.

Clients read Markdown in some fields, tags in others, and make links of addresses wherever they see one. A space without
width inside such a place prevents all of it, and the text reads as before.
"""

import re

BREAK = "\u200b"
_PLACES = re.compile(
    r"(?<=\w[.。．｡])(?=[^\W\d_])"  # contoso.com: behind the dot, because a break is a letter for some clients
    r"|(?<=\S@)(?=[^\s\u200b])"  # ada@contoso.com
    r"|(?<=\w)(?=:[^\W\d_]|:\+)|(?<=[:：/\\])(?=[/\\])"  # mailto:ada, https://…, a path of Windows
    r"|(?<=\])(?=[(\[:])|(?<=!)(?=\[)"  # [text](address), ![picture]
    r"|(?<=<)(?=[^\s\u200b])"  # <at>Ada</at>
)


def inert(text: str) -> str:
    """Return `text` with breaks where a client would find a link or a mention.

    Also where it would find a picture or a tag.
    """
    return _PLACES.sub(BREAK, text)
