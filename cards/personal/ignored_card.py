"""The card of what is left out of every answer. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from cards.elements import Element
from cards.parts.card_frame import Rendered, button, buttons, frame, heading, line, note, press
from cards.parts.card_size import fit
from cards.parts.literal_text import literal
from cards.parts.name_box import name_box
from cards.views.personal.ignored_view import IgnoredItem, IgnoredView
from cards.views.personal.own_list_view import MOST_ON_CARD
from cards.wording.locale_words import LocaleWords

# The text for each state.
STATES: Mapping[str, str] = MappingProxyType(
    {
        "listed": "ignored.listed",
        "added": "ignored.added",
        "added_digests": "ignored.added_digests",
        "back": "ignored.back",
        "there": "ignored.there",
        "not_there": "ignored.not_there",
        "not_yours": "ignored.not_yours",
        "full": "ignored.full",
        "no_id": "ignored.no_id",
        "empty": "ignored.empty",
    }
)
_ALONE = ("listed", "empty")  # states that say how many there are


def ignored(view: IgnoredView, words: LocaleWords) -> Rendered:
    """Draw a line and a button for each thing that is left out, as many as fit."""
    return fit(lambda count: _card(view, words, count), min(len(view.items), MOST_ON_CARD), words)


def summary(view: IgnoredView, words: LocaleWords) -> str:
    """Return what was done, and how much is left out."""
    names = [*map(literal, view.changed), *([words.say("ignored.trials")] if view.trials else [])]
    names += [words.say("ignored.changed_unseen", count=view.changed_unseen)] if view.changed_unseen else []
    told = words.say(STATES.get(view.state, STATES["listed"]), names=words.all_of(names), count=view.total)
    if view.state in _ALONE or not view.total:
        return told
    return f"{told} {words.say('ignored.listed', count=view.total, names='')}"


def lines(view: IgnoredView, words: LocaleWords) -> list[str]:
    """Return what is left out, for the text without a card."""
    told = [_named(each, words) for each in view.items[:MOST_ON_CARD]]
    rest = len(view.items) - len(told)
    return [*told, *([words.say("list.hidden", count=rest)] if rest > 0 else []), *_notes(view, words)]


def _card(view: IgnoredView, words: LocaleWords, count: int) -> Rendered:
    body: list[Element] = [heading(words.say("ignored.title")), line(summary(view, words), spacing="small")]
    for each in view.items[:count]:
        body.append(line(_named(each, words), spacing="medium"))
        if (back := button(words.say("ignored.again"), each.show, about=_named(each, words))) is not None:
            body.append(back)
    if (rest := len(view.items) - count) > 0:
        body.append(note(words.say("list.hidden", count=rest), spacing="small"))
    body.extend(note(each, spacing="small") for each in _notes(view, words))
    if view.usage is not None and (row := buttons(press(words.say("ignored.usage"), view.usage))):
        body.append(row)
    return frame([*body, *name_box("customer", view.other, words)], words, summary(view, words))


def _notes(view: IgnoredView, words: LocaleWords) -> list[str]:
    """Return how much cannot be named, for whom it is so, and how something is left out."""
    notes = [words.say("ignored.here" if view.shared else "ignored.yours")]
    if view.unseen:
        more = "ignored.unseen_more" if view.items else "ignored.unseen"
        return [words.say(more, count=view.unseen), *notes]
    return notes if view.items else [*notes, words.say("ignored.how")]


def _named(each: IgnoredItem, words: LocaleWords) -> str:
    name = literal(each.name) or words.say("ignored.trials")
    return words.say("ignored.in_digests", name=name) if each.digests else name
