"""What all cards have in common.

The frame, lines of text, and buttons.
"""

import json
from collections.abc import Sequence
from typing import Any

from cards.elements import (
    ActionSet,
    Card,
    Column,
    ColumnSet,
    Element,
    Execute,
    RichTextBlock,
    Submit,
    TextBlock,
    TextRun,
)
from cards.parts.inert_text import BREAK, inert
from cards.parts.literal_text import literal, with_breaks
from cards.views.button_payload import Action, pack, unpack
from cards.wording.locale_words import LocaleWords

BUTTONS = 6
# A payload up to this length is sent twice, for clients with and without Action.Execute; a longer one only once.
TWICE = 2_000
TITLE_LIMIT = 60
NAMELESS = "–"

Rendered = dict[str, Any]


def frame(body: Sequence[Element], words: LocaleWords, spoken: str) -> Rendered:
    """Return the card as plain dicts, in which wide words may be broken.

    `spoken` is what a screen reader says for the whole card.
    """
    card = Card(
        body=list(body),
        # "<speak" would turn it into SSML.
        speak=spoken.replace("<", "< "),
        lang=words.language,
        fallback_text=words.say("card.fallback"),
    ).render()
    return card | {"body": with_breaks(card["body"])}


def heading(text: str, **style: object) -> TextBlock:
    """Draw a text of the bot as a heading, which a screen reader can navigate to."""
    # Clients read Markdown in it. A name in a heading is text all the same.
    return TextBlock(
        **{
            "text": unquoted(inert(text)),
            "style": "heading",
            "wrap": True,
            "size": "large",
            "weight": "bolder",
            **style,
        }
    )


def line(*runs: TextRun | str, **properties: object) -> RichTextBlock:
    """Draw a wrapping paragraph of literal text.

    A dash if it is blank, because clients would drop it.
    """
    every = [TextRun(text=run) if isinstance(run, str) else run for run in runs]
    inlines = [run for run in every if run.text.strip()] or [TextRun(text=NAMELESS)]
    return RichTextBlock(inlines=inlines, **properties)


def figures_line(text: str, **style: object) -> TextBlock:
    """Draw a short text of the bot itself, such as numbers.

    It has half as many bytes as a paragraph of runs, and a long list has many.
    """
    return TextBlock(**{"text": unquoted(inert(text)), "wrap": True, **style})


def unquoted(text: str) -> str:
    """Return `text` in which Markdown finds no quotation.

    A number that is too large begins with ">".
    """
    return f"{BREAK}{text}" if text.startswith(">") else text


def small(text: str) -> TextRun:
    """Return a run of small, subtle letters."""
    return TextRun(text=text, size="small", subtle=True)


def note(text: str, **properties: object) -> RichTextBlock:
    """Draw a paragraph in small, subtle letters."""
    return line(small(text), **properties)


def entitled(title: str, detail: str | None, *, bold: bool = False) -> RichTextBlock:
    """Draw a title, and the detail below it in small letters."""
    runs = [TextRun(text=title, weight="bolder" if bold else None)]
    if detail:
        runs.append(small("\n" + detail))
    return line(*runs)


def press(title: str, action: Action, *, about: str | None = None, secondary: bool = False) -> Execute | None:
    """Return a button for `buttons`; None if `unpack` would refuse its payload.

    `about` is the rest of its meaning, for the tooltip. Action.Execute in an ActionSet falls back to Action.Submit on
    clients that do not support it:
    https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/universal-action-model#backward-compatibility
    If `secondary`, it is in the menu behind the three dots: https://adaptivecards.io/explorer/Action.Execute.html
    """
    data = pack(action)
    shown = literal(title, TITLE_LIMIT)
    if not shown or unpack(data) is None:
        return None
    mode = "secondary" if secondary else None
    fallback = Submit(title=shown, data=data, mode=mode) if len(json.dumps(data)) <= TWICE else None
    return Execute(
        title=shown,
        verb=_verb(data),
        data=data,
        mode=mode,
        tooltip=literal(about, 2 * TITLE_LIMIT) if about else None,
        fallback=fallback,
    )


def tap(title: str, action: Action | None) -> Execute | None:
    """Return what a tap on a whole row does.

    None if `unpack` would refuse its payload. `title` is what a screen reader says in place of the row. It has no
    fallback: a card has many rows, and its buttons lead on where clients are too old for it.
    """
    data = {} if action is None else pack(action)
    shown = literal(title, 2 * TITLE_LIMIT)
    return Execute(title=shown, verb=_verb(data), data=data) if shown and unpack(data) is not None else None


def _verb(data: dict[str, Any]) -> str:
    return "row" if "row" in data else "more" if "rows" in data else "ask"


def buttons(*presses: Execute | None) -> ActionSet | None:
    """Draw the buttons that are not None in a row; None if there are none."""
    every = [each for each in presses if each is not None]
    return ActionSet(actions=every, spacing="small") if every else None


def button(title: str, action: Action, *, about: str | None = None) -> ActionSet | None:
    """Draw one button on its own line; None if `unpack` would refuse its payload."""
    return buttons(press(title, action, about=about))


def offer(title: str, detail: str | None, word: str, action: Action, *, below: bool = False) -> ColumnSet | None:
    """Draw a line of text with a short button beside it, or below it.

    Clients cut long button titles on a phone.
    """
    press = button(word, action, about=title)
    if press is None or not title:
        return None
    if below:
        return ColumnSet(
            columns=[Column(width="stretch", items=[entitled(title, detail, bold=True), press])], spacing="medium"
        )
    columns = [
        Column(width="stretch", items=[entitled(title, detail, bold=True)], vertical_content_alignment="center"),
        Column(width="auto", items=[press], vertical_content_alignment="center"),
    ]
    return ColumnSet(columns=columns, spacing="medium")
