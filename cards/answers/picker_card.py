"""Cards that ask which of several names is meant, or offer the nearest ones. Pure."""

from collections.abc import Sequence

from cards.elements import Element
from cards.parts.card_frame import BUTTONS, Rendered, button, fit, frame, heading, line, note, offer
from cards.parts.literal_text import literal
from cards.views.answer_views import Choice, NoMatchView, PickerView
from cards.wording.locale_keys import key
from cards.wording.locale_words import LocaleWords

SHORT = 26  # a title so long is not cut on a phone


def picker(view: PickerView, words: LocaleWords) -> Rendered:
    """Several are called that: a button for each, as many as a card may have."""
    return fit(lambda count: _picker(view, words, count), min(len(view.choices), BUTTONS))


def no_match(view: NoMatchView, words: LocaleWords) -> Rendered:
    """Nothing is called that: the nearest names as buttons."""
    return fit(lambda count: _no_match(view, words, count), min(len(view.choices), BUTTONS))


def picker_summary(view: PickerView, words: LocaleWords) -> str:
    """ "3 customers match “contoso”. Which one do you mean?" """
    return f"{_several(view, words)} {words.say('picker.title')}"


def no_match_summary(view: NoMatchView, words: LocaleWords) -> str:
    """ "I found no customer called “contso” among those you can see." """
    return words.say(key("nomatch", view.dimension, "any", words), typed=literal(view.typed))


def _picker(view: PickerView, words: LocaleWords, count: int) -> Rendered:
    body: list[Element] = [heading(words.say("picker.title")), line(_several(view, words), spacing="small")]
    body += choices(view.choices[:count], words)
    rest = max(view.total, len(view.choices)) - count
    if rest > 0:
        body.append(note(words.say("picker.rest", count=rest), spacing="medium"))
    return frame(body, words, picker_summary(view, words))


def _no_match(view: NoMatchView, words: LocaleWords, count: int) -> Rendered:
    told = no_match_summary(view, words)
    body: list[Element] = [heading(words.say("nomatch.title")), line(told, spacing="small")]
    buttons = choices(view.choices[:count], words)
    body.append(line(words.say("nomatch.nearest" if buttons else "nomatch.none"), spacing="medium"))
    return frame([*body, *buttons], words, told)


def choices(offered: Sequence[Choice], words: LocaleWords) -> list[Element]:
    """A button a choice, with its name on it; beside it where a name is long or needs more to tell it from others."""
    on_buttons = all(not choice.detail and len(choice.name) <= SHORT for choice in offered)
    elements = [
        button(choice.name, choice.ask)
        if on_buttons
        else offer(literal(choice.name), _detail(choice, words), words.say("picker.choose"), choice.ask)
        for choice in offered
        if literal(choice.name)
    ]
    return [each for each in elements if each is not None]


def _detail(choice: Choice, words: LocaleWords) -> str:
    """What tells it from others: an id, or the word for what kind of thing it is."""
    kind = f"dimension.{choice.detail}"
    return words.say(kind) if words.has(kind) else literal(choice.detail or "")


def _several(view: PickerView, words: LocaleWords) -> str:
    count = max(view.total, len(view.choices))
    return words.say(key("picker", view.dimension, "any", words), count=count, typed=literal(view.typed))
