"""The card that lists customers or workloads. Pure."""

from cards.elements import Column, ColumnSet, Element, TextRun
from cards.parts.card_frame import NAMELESS, Rendered, figures_line, frame, heading, line, note, tap
from cards.parts.literal_text import literal
from cards.parts.long_list import Paging, drawn, page_foot
from cards.parts.name_box import name_box
from cards.parts.row_text import TAPPABLE
from cards.views.answer_views import ENTRIES_AT_FIRST, ENTRIES_ON_CARD, ListView
from cards.views.button_payload import AskButton
from cards.views.page_window import skipped
from cards.wording.locale_keys import key
from cards.wording.locale_words import LocaleWords

PAGING = Paging(ENTRIES_AT_FIRST, ENTRIES_ON_CARD, "list.hidden")


def listing(view: ListView, words: LocaleWords) -> Rendered:
    """Draw one name and its id per row.

    If not all fit, draw as many of the new ones as fit.
    """
    return drawn(
        lambda before, count: _card(view, words, before, count),
        view.start,
        view.fresh,
        len(view.entries),
        ENTRIES_ON_CARD,
        words,
    )


def summary(view: ListView, words: LocaleWords) -> str:
    """Return the count and the search: '12 customers with “fabr” in the name'."""
    counted = words.say(key("list", view.dimension, "any", words), count=max(view.matched, len(view.entries)))
    if view.search:
        counted = f"{counted} {words.say('list.search', search=literal(view.search))}"
    return counted


def lines(view: ListView, words: LocaleWords) -> list[str]:
    """Return the names that are new as texts, and how many more there are."""
    new = view.entries[skipped(view.start, view.fresh, len(view.entries)) :][:ENTRIES_AT_FIRST]
    told = [f"{literal(name)} ({literal(identity)})" for name, identity in new]
    rest = max(view.matched, len(view.entries)) - view.fresh - len(new)
    return [*told, words.say("list.hidden", count=rest)] if rest > 0 else told


def _card(view: ListView, words: LocaleWords, before: int, count: int) -> Rendered:
    counted = summary(view, words)
    shown = view.entries[before : before + count]
    asks = [*view.asks, *[None] * len(view.entries)][before : before + count]
    first = view.start + before
    body: list[Element] = [
        heading(words.say("list.title"), size="small", weight="default", subtle=True),
        line(TextRun(text=counted, size="large", weight="bolder"), spacing="none"),
    ]
    if not view.entries:
        body.append(line(words.say("list.empty"), spacing="medium"))
    body += [
        _entry(name, identity, ask, words, first=index == 0)
        for index, ((name, identity), ask) in enumerate(zip(shown, asks, strict=False))
    ]
    if view.entries:
        matched = max(view.matched, view.start + len(view.entries))
        body += page_foot(view.more, first, first + len(shown), matched, PAGING, words)
    body += name_box(view.dimension, view.other, words)
    return frame(body, words, counted)


def _entry(name: str, identity: str, ask: AskButton | None, words: LocaleWords, *, first: bool) -> Element:
    """Draw a name and its id; as a row to tap if it asks something."""
    shown = literal(name) or NAMELESS
    pressed = tap(words.say("tile.ask", text=words.say("tile.named", name=shown)), ask)
    told = [line(TextRun(text=shown, weight="bolder" if pressed else None)), note(literal(identity), spacing="none")]
    columns = [Column(width="stretch", items=told)]
    if pressed:
        columns.append(
            Column(
                width="auto",
                items=[figures_line(words.say("tile.opens"), size="large", subtle=True)],
                vertical_content_alignment="center",
            )
        )
    spacing = "medium" if first else "small"
    return ColumnSet(
        columns=columns,
        spacing=spacing,
        separator=not first or None,
        select_action=pressed,
        min_height=TAPPABLE if pressed else None,
    )
