"""What was understood of a sentence as chips, and what is open. Pure.

The state is a sign and the place, never a color alone.
"""

from collections.abc import Sequence

from cards.elements import Badge, Container, Element, Flow, TextRun
from cards.parts.card_frame import line
from cards.parts.literal_text import literal
from cards.wording.locale_words import LocaleWords

ON_CHIP = 24  # characters; a chip has one line, as wide as a phone at most
FACTS = 8
LONGEST = 120


def fact_chips(understood: Sequence[str], found: str, words: LocaleWords) -> list[Element]:
    """Draw each fact, then what was not understood; nothing if no fact was."""
    facts = [shown for each in understood[:FACTS] if (shown := literal(each, LONGEST))]
    if not facts:
        return []
    chips = [_chip(words.say("problem.fact", text=each), each, open_=False) for each in facts]
    if shown := literal(found, LONGEST):
        chips.append(_chip(words.say("problem.open", text=shown), shown, open_=True))
    flow = Flow(item_fit="Fit", horizontal_items_alignment="Left", column_spacing="Small", row_spacing="Small")
    return [Container(items=chips, layouts=[flow], spacing="small")]


def _chip(told: str, fact: str, *, open_: bool) -> Element:
    text = line(TextRun(text=told, weight="bolder" if open_ else None), spacing="none")
    if len(fact) > ON_CHIP:
        return text
    return Badge(
        text=told,
        style="Warning" if open_ else "Informative",
        appearance="Tint",
        size="Large",
        shape="Rounded",
        fallback=text,
    )
