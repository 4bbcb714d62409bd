"""Messages without words: what they hold."""

from typing import Any

import pytest

from bot.teams.activity.wordless_content import wordless_content

FILE = {"contentType": "application/vnd.microsoft.teams.file.download.info", "name": "usage.xlsx", "content": {}}
IMAGE = {"contentType": "image/png", "contentUrl": "https://x.example/1"}
CARD = {"contentType": "application/vnd.microsoft.card.adaptive", "content": {"type": "AdaptiveCard"}}
SNIPPET = {"contentType": "application/vnd.microsoft.card.codesnippet", "content": {}}


def html(content: object) -> dict[str, Any]:
    return {"contentType": "text/html", "content": content}


EMOJI = '<p><img alt="😀" itemtype="http://schema.skype.com/Emoji" src="https://x.example/e.png"></p>'
GIF = '<p><img alt="cat" src="https://media.giphy.com/media/x/giphy.gif" itemtype="http://schema.skype.com/Giphy"></p>'


@pytest.mark.parametrize(
    ("text", "attachments", "expected"),
    [
        ("", [FILE], "file"),
        ("", [html("<div></div>"), FILE], "file"),
        ("", [IMAGE, FILE, html(GIF)], "file"),  # one answer, about the file
        ("", [{"contentType": "audio/mpeg; rate=1"}], "file"),
        ("", [IMAGE], "picture"),
        ("", [{"contentType": "image/*"}, html('<p><img src="x"></p>')], "picture"),
        ("", [html(GIF)], "picture"),
        ("", [html(f"{EMOJI}{GIF}")], "picture"),
        ("", [CARD, html("<attachment id='1'></attachment>")], "card"),
        ("", [SNIPPET], "card"),
        ("", [html(EMOJI)], "emoji"),
        ("", [html('<p><emoji id="smile" alt="😀" title="Smile"></emoji></p>')], "emoji"),
        ("", [{"contentType": "messageReference", "content": "{}"}], "forwarded"),
        ("😀", [html("<p>😀</p>")], "emoji"),
        ("👍🏽 👩‍💻 ❤️", None, "emoji"),
        ("🇭🇺", None, "emoji"),
    ],
)
def test_content_is_named_when_a_message_has_no_words(text: str, attachments: Any, expected: str) -> None:
    assert wordless_content(text, attachments) == expected


@pytest.mark.parametrize(
    ("text", "attachments"),
    [
        ("usage", [FILE]),
        ("usage", [html("<p>usage</p>")]),
        ("usage 😀", None),
        ("42", None),
        ("?", None),
        ("", None),
        ("", []),
        ("", [html("<p><at>License usage</at></p>")]),
        ("", "no list"),
        ("", [None, 7, {"contentType": None}, {"contentType": ""}, html(None), html(7)]),
    ],
)
def test_no_content_is_named_when_there_are_words_or_nothing(text: str, attachments: Any) -> None:
    assert wordless_content(text, attachments) is None
