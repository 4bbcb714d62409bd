"""A tile: a choice of two lines that is tapped as a whole. Pure.

Clients cut the titles of buttons; a tile has room for a sentence, and is high enough for a thumb.
"""

from cards.elements import Column, ColumnSet, Container, TextRun
from cards.parts.card_frame import figures_line, line, note, tap
from cards.views.button_payload import Action
from cards.wording.locale_words import LocaleWords


def tile(
    title: str, detail: str | None, action: Action, words: LocaleWords, spoken: str = "tile.ask"
) -> Container | None:
    """Draw `title`, and `detail` below it in small letters.

    `spoken` is the text of what a tap does, for a screen reader. None if there is no title, or if `unpack` would refuse
    the payload of `action`.
    """
    pressed = tap(words.say(spoken, text=", ".join(filter(None, [title, detail]))), action) if title else None
    if pressed is None:
        return None
    told = [line(TextRun(text=title, weight="bolder")), *([note(detail, spacing="none")] if detail else [])]
    columns = [
        Column(width="stretch", items=told, vertical_content_alignment="center"),
        Column(
            width="auto",
            items=[figures_line(words.say("tile.opens"), size="large", subtle=True)],
            vertical_content_alignment="center",
        ),
    ]
    return Container(
        style="emphasis",
        rounded_corners=True,
        spacing="small",
        select_action=pressed,
        items=[ColumnSet(columns=columns)],
    )
