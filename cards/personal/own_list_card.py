"""The card of the customers that a person follows. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from cards.elements import Element
from cards.parts.card_frame import NAMELESS, Rendered, button, buttons, frame, heading, line, note, press
from cards.parts.card_size import fit
from cards.parts.literal_text import literal
from cards.parts.name_box import name_box
from cards.parts.tile import tile
from cards.views.personal.own_list_view import MOST_ON_CARD, OwnCustomerView, OwnListView
from cards.wording.locale_words import LocaleWords

# The text for each state.
STATES: Mapping[str, str] = MappingProxyType(
    {
        "listed": "own.listed",
        "added": "own.added",
        "removed": "own.removed",
        "there": "own.there",
        "not_there": "own.not_there",
        "full": "own.full",
        "empty": "own.empty",
        "unseen": "own.unseen",
        "ignored": "own.ignored",
    }
)


def own_list(view: OwnListView, words: LocaleWords) -> Rendered:
    """Draw a tile and a button for each customer, as many as fit."""
    return fit(lambda count: _card(view, words, count), min(len(view.customers), MOST_ON_CARD), words)


def summary(view: OwnListView, words: LocaleWords) -> str:
    """Return what was done, and how many customers are in the list."""
    names = words.all_of([literal(each) for each in view.changed])
    told = words.say(STATES.get(view.state, STATES["listed"]), names=names, count=view.total)
    if view.state in ("listed", "empty", "unseen", "ignored"):
        return told
    return f"{told} {words.say('own.listed', count=view.total, names='')}" if view.total else told


def lines(view: OwnListView, words: LocaleWords) -> list[str]:
    """Return the names of the list, for the text without a card."""
    told = [_named(each, words) for each in view.customers[:MOST_ON_CARD]]
    rest = view.total - len(told)
    how = [] if view.customers or view.ignored is not None else [words.say("own.how")]
    return [*told, *([words.say("list.hidden", count=rest)] if rest > 0 else []), *how]


def _card(view: OwnListView, words: LocaleWords, count: int) -> Rendered:
    body: list[Element] = [heading(words.say("own.title")), line(summary(view, words), spacing="small")]
    for each in view.customers[:count]:
        body += _customer(each, words)
    if (rest := view.total - count) > 0:
        body.append(note(words.say("list.hidden", count=rest), spacing="small"))
    if not view.customers and view.ignored is None:
        body.append(note(words.say("own.how"), spacing="small"))
    asked = (("own.usage", view.usage), ("own.every", view.every), ("ignored.again", view.ignored))
    if row := buttons(*(press(words.say(title), action) for title, action in asked if action is not None)):
        body.append(row)
    return frame([*body, *name_box("customer", view.other, words)], words, summary(view, words))


def _customer(each: OwnCustomerView, words: LocaleWords) -> list[Element]:
    """Draw a customer, which is tapped as a whole, and the button that takes it from the list."""
    name = literal(each.name) or NAMELESS
    shown = None if each.ask is None else tile(name, None, each.ask, words)
    drop = button(words.say("own.drop"), each.drop, about=name)
    return [shown or line(_named(each, words), spacing="medium"), *([drop] if drop is not None else [])]


def _named(each: OwnCustomerView, words: LocaleWords) -> str:
    name = literal(each.name) or NAMELESS
    return name if each.ask is not None else words.say("own.gone", name=name)
