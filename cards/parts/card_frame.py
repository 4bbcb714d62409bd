"""What all cards have in common: their frame, their lines of text, their buttons, and that they are never too large.

Limits: https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages
"""

import json
from collections.abc import Callable, Sequence
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
from cards.parts.literal_text import breakable, literal
from cards.views.button_payload import Action, pack, unpack
from cards.wording.locale_words import LocaleWords

# The smallest limit in any of Microsoft's pages is 28 KB; the rest of the message needs room too.
BUDGET = 25_000
BUTTONS = 6
# A button's payload is there twice, for clients with and without Action.Execute; a very long one only once.
TWICE = 2_000
TITLE_LIMIT = 60
NAMELESS = "–"

Rendered = dict[str, Any]


def frame(body: Sequence[Element], words: LocaleWords, spoken: str) -> Rendered:
    """The card as plain dicts. `spoken` is what a screen reader says for the whole of it."""
    return Card(
        body=list(body),
        # "<speak" would make it SSML.
        speak=spoken.replace("<", "< "),
        lang=words.language,
        fallback_text=words.say("card.fallback"),
    ).render()


def size(card: Rendered) -> int:
    """Bytes of `card` in the largest of the forms it may travel in: escaped to ASCII, or counted in UTF-16."""
    unescaped = json.dumps(card, ensure_ascii=False)
    return max(len(json.dumps(card)), len(unescaped.encode("utf-16-le", "surrogatepass")))


def fit(make: Callable[[int], Rendered], most: int) -> Rendered:
    """`make(n)` with the largest n up to `most` that stays within the budget. `make` must grow with n."""
    card = make(most)
    if size(card) < BUDGET:
        return card
    fits, too_large = 0, most
    while too_large - fits > 1:
        middle = (fits + too_large) // 2
        if size(make(middle)) < BUDGET:
            fits = middle
        else:
            too_large = middle
    return make(fits)


def heading(text: str, **style: object) -> TextBlock:
    """Words of ours as a heading, which a screen reader can jump to."""
    return TextBlock(**{"text": text, "style": "heading", "wrap": True, "size": "large", "weight": "bolder", **style})


def line(*runs: TextRun | str, **properties: object) -> RichTextBlock:
    """A paragraph of literal text that wraps; a dash where there is nothing to read, which clients would drop."""
    every = [TextRun(text=run) if isinstance(run, str) else run for run in runs]
    inlines = [run for run in every if run.text.strip()] or [TextRun(text=NAMELESS)]
    for run in inlines:
        run.text = breakable(run.text)
    return RichTextBlock(inlines=inlines, **properties)


def small(text: str) -> TextRun:
    """Small, quiet letters."""
    return TextRun(text=text, size="small", subtle=True)


def note(text: str, **properties: object) -> RichTextBlock:
    """A paragraph in small, quiet letters."""
    return line(small(text), **properties)


def entitled(title: str, detail: str | None, *, bold: bool = False) -> RichTextBlock:
    """A title, and below it in small letters what else is to be said."""
    runs = [TextRun(text=title, weight="bolder" if bold else None)]
    if detail:
        runs.append(small("\n" + detail))
    return line(*runs)


def press(title: str, action: Action, *, about: str | None = None, secondary: bool = False) -> Execute | None:
    """A button for `buttons`, `about` the rest of what it stands for; None for a payload that `unpack` would refuse.

    Action.Execute within an ActionSet falls back to Action.Submit on clients that do not know it:
    https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/universal-action-model#backward-compatibility
    `secondary`: in the menu behind the three dots, see https://adaptivecards.io/explorer/Action.Execute.html
    """
    data = pack(action)
    shown = literal(title, TITLE_LIMIT)
    if not shown or unpack(data) is None:
        return None
    mode = "secondary" if secondary else None
    fallback = Submit(title=shown, data=data, mode=mode) if len(json.dumps(data)) <= TWICE else None
    return Execute(
        title=shown,
        verb=data["do"],
        data=data,
        mode=mode,
        tooltip=literal(about, 2 * TITLE_LIMIT) if about else None,
        fallback=fallback,
    )


def buttons(*presses: Execute | None) -> ActionSet | None:
    """Buttons in a row, those that are; None for none."""
    every = [each for each in presses if each is not None]
    return ActionSet(actions=every, spacing="small") if every else None


def button(title: str, action: Action, *, about: str | None = None) -> ActionSet | None:
    """One button on a line of its own; None for a payload that `unpack` would refuse."""
    return buttons(press(title, action, about=about))


def offer(title: str, detail: str | None, word: str, action: Action) -> ColumnSet | None:
    """A line to read in full and a short button beside it: clients cut long titles of buttons on a phone."""
    press = button(word, action, about=title)
    if press is None or not title:
        return None
    columns = [
        Column(width="stretch", items=[entitled(title, detail, bold=True)], vertical_content_alignment="center"),
        Column(width="auto", items=[press], vertical_content_alignment="center"),
    ]
    return ColumnSet(columns=columns, spacing="medium")
