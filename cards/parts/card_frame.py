"""What all cards have in common.

The frame, lines of text, and buttons.
"""

import json
from collections.abc import Sequence
from typing import Any

from cards.elements import (
    ActionSet,
    Card,
    Element,
    Execute,
    Refresh,
    RichTextBlock,
    ShowCard,
    Submit,
    TextBlock,
    TextRun,
)
from cards.parts.inert_text import BREAK, inert
from cards.parts.literal_text import is_plain, literal, with_breaks
from cards.views.button_payload import Action, ListAction, RowButton, pack, unpack
from cards.views.way_views import Way
from cards.wording.locale_words import LocaleWords

BUTTONS = 6
IN_SIGHT = 3  # the other buttons are behind the dots
# A payload up to this length is sent twice, for clients with and without Action.Execute; a longer one only once.
TWICE = 2_000
TITLE_LIMIT = 60
NAMELESS = "–"

Rendered = dict[str, Any]


def frame(body: Sequence[Element], words: LocaleWords, spoken: str, again: Action | None = None) -> Rendered:
    """Return the card as plain dicts, in which wide words may be broken.

    `spoken` is what a screen reader says for the whole card. `again` is what the menu of the message offers: figures
    change once a day, so no client asks by itself.
    """
    anew = tap(words.say("card.refresh"), again)
    card = Card(
        body=list(body),
        refresh=None if anew is None else Refresh(action=anew, user_ids=[]),
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


def row_name(name: str) -> TextBlock | RichTextBlock:
    """Draw the name of a row in bold letters.

    A name without any sign is a block of text, which has fewer bytes than a paragraph of runs.
    """
    if is_plain(name):
        return TextBlock(text=name, wrap=True, weight="bolder")
    return line(TextRun(text=name, weight="bolder"))


def figures_line(text: str, *, wrap: bool = True, **style: object) -> TextBlock:
    """Draw a short text of the bot itself, such as numbers.

    It has half as many bytes as a paragraph of runs, and a long list has many.
    """
    return TextBlock(**{"text": unquoted(inert(text)), "wrap": wrap or None, **style})


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


def press(
    title: str, action: Action, *, about: str | None = None, secondary: bool = False, brief: bool = False
) -> Execute | None:
    """Return a button for `buttons`; None if `unpack` would refuse its payload.

    `about` is the rest of its meaning, for the tooltip. Action.Execute in an ActionSet falls back to Action.Submit on
    clients that do not support it:
    https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/universal-action-model#backward-compatibility
    What leads on from a list has no fallback: only Action.Execute replaces a card. If `secondary`, it is in the menu
    behind the three dots, which is newer than Action.Execute: https://adaptivecards.io/explorer/Action.Execute.html
    `brief`: it is on a card with many rows, which are as new.
    """
    brief = brief or secondary or isinstance(action, ListAction)
    data = pack(action, brief=brief)
    shown = literal(title, TITLE_LIMIT)
    if not shown or unpack(data) is None:
        return None
    fallback = None if brief or len(json.dumps(data)) > TWICE else Submit(title=shown, data=data)
    return Execute(
        title=shown,
        verb=_verb(action),
        data=data,
        mode="secondary" if secondary else None,
        tooltip=literal(about, 2 * TITLE_LIMIT) if about else None,
        fallback=fallback,
    )


def tap(title: str, action: Action | None) -> Execute | None:
    """Return what a tap on a whole row does.

    None if `unpack` would refuse its payload. `title` is what a screen reader says in place of the row. It has no
    fallback: a card has many rows, and its buttons lead on where clients are too old for it.
    """
    data = {} if action is None else pack(action, brief=True)
    shown = literal(title, 2 * TITLE_LIMIT)
    if not shown or action is None or unpack(data) is None:
        return None
    return Execute(title=shown, verb=_verb(action), data=data)


def _verb(action: Action) -> str:
    return "row" if isinstance(action, RowButton) else "more" if isinstance(action, ListAction) else "ask"


def buttons(*presses: Execute | ShowCard | None) -> ActionSet | None:
    """Draw the buttons that are not None in a row; None if there are none."""
    every = [each for each in presses if each is not None]
    return ActionSet(actions=every, spacing="small") if every else None


def button(title: str, action: Action, *, about: str | None = None) -> ActionSet | None:
    """Draw one button on its own line; None if `unpack` would refuse its payload."""
    return buttons(press(title, action, about=about))


def ways_on(ways: Sequence[Way], words: LocaleWords, again: Action | None = None) -> list[Element]:
    """Draw the buttons that lead on from a card that could not answer, `again` first."""
    every = [*([] if again is None else [Way("support.again", again)]), *ways][:BUTTONS]
    made = [press(words.say(each.title), each.action, secondary=at >= IN_SIGHT) for at, each in enumerate(every)]
    row = buttons(*made)
    return [row] if row else []
