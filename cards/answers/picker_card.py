"""Cards that ask which of several names is meant, or offer the most similar ones.

Pure.
"""

from collections.abc import Sequence

from cards.elements import Element
from cards.parts.card_frame import BUTTONS, Rendered, frame, heading, line, note, ways_on
from cards.parts.card_size import fit
from cards.parts.literal_text import literal
from cards.parts.name_box import name_box
from cards.parts.tile import tile
from cards.views.answer_views import Choice, NoMatchView, PickerView
from cards.wording.locale_keys import key
from cards.wording.locale_words import LocaleWords


def picker(view: PickerView, words: LocaleWords) -> Rendered:
    """Draw a tile for each entry that matches, as many as a card may have."""
    return fit(lambda count: _picker(view, words, count), _most(view), words)


def no_match(view: NoMatchView, words: LocaleWords) -> Rendered:
    """Draw the most similar names as tiles, if no entry matches."""
    return fit(lambda count: _no_match(view, words, count), _most(view), words)


def picker_summary(view: PickerView, words: LocaleWords) -> str:
    """Return the question: '3 customers match “contoso”. Which one do you mean?'."""
    return f"{_several(view, words)} {words.say('picker.title')}"


def picker_lines(view: PickerView, words: LocaleWords) -> list[str]:
    """Return the names that match as texts, and how many more there are."""
    told = [" · ".join(filter(None, [literal(each.name), _detail(each, words)])) for each in view.choices]
    rest = view.total - len(view.choices)
    return [*told, words.say("picker.rest", count=rest)] if rest > 0 else told


def no_match_summary(view: NoMatchView, words: LocaleWords) -> str:
    """Return the result.

    'I found no customer called “contso” among those you can see.'.
    """
    return words.say(key("nomatch", view.dimension, "any", words), typed=literal(view.typed))


def _picker(view: PickerView, words: LocaleWords, count: int) -> Rendered:
    body: list[Element] = [heading(words.say("picker.title")), line(_several(view, words), spacing="small")]
    offered = choices(view.choices[:count], words)
    body += offered
    rest = max(view.total, len(view.choices)) - len(offered)
    if rest > 0:
        body.append(note(words.say("picker.rest", count=rest), spacing="medium"))
    body += name_box(view.dimension, view.other, words)
    return frame(body, words, picker_summary(view, words))


def _no_match(view: NoMatchView, words: LocaleWords, count: int) -> Rendered:
    not_found = no_match_summary(view, words)
    body: list[Element] = [heading(words.say("nomatch.title")), line(not_found, spacing="small")]
    buttons = choices(view.choices[:count], words)
    body.append(line(words.say("nomatch.nearest" if buttons else "nomatch.none"), spacing="medium"))
    box = name_box(view.dimension, view.other, words)
    return frame([*body, *buttons, *box, *ways_on(view.ways, words)], words, not_found)


def choices(offered: Sequence[Choice], words: LocaleWords) -> list[Element]:
    """Draw a tile per choice: its name, and what distinguishes it from others.

    A tile shows the whole name, which a button on a phone does not.
    """
    tiles = (tile(literal(each.name), _detail(each, words), each.ask, words, "picker.choose.name") for each in offered)
    return [each for each in tiles if each is not None]


def _most(view: PickerView | NoMatchView) -> int:
    """Return how many choices have room beside the button of the box."""
    return min(len(view.choices), BUTTONS - (view.other is not None))


def _detail(choice: Choice, words: LocaleWords) -> str:
    """Return what distinguishes the choice from others.

    An id, or the name of its dimension.
    """
    kind = f"dimension.{choice.detail}"
    return words.say(kind) if words.has(kind) else literal(choice.detail or "")


def _several(view: PickerView, words: LocaleWords) -> str:
    count = max(view.total, len(view.choices))
    return words.say(key("picker", view.dimension, "any", words), count=count, typed=literal(view.typed))
