"""The card about the language in which sentences are read. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from cards.elements import Element
from cards.parts.card_frame import Rendered, button, frame, heading, line, note
from cards.views.answer_views import LanguageView
from cards.wording.locale_words import LocaleWords

# The text for each state.
STATES: Mapping[str, str] = MappingProxyType(
    {
        "changed": "language.changed",
        "chosen": "language.chosen",
        "client": "language.client",
        "foreign": "language.foreign",
        "unknown": "language.unknown",
    }
)


def language(view: LanguageView, words: LocaleWords) -> Rendered:
    """Draw the language that is used, with a button for each of the others."""
    body: list[Element] = [
        heading(words.say("language.title")),
        line(summary(view, words), spacing="small"),
        note(words.say("language.english"), spacing="medium"),
    ]
    drawn = (button(_called(each.code, words), each.ask) for each in view.others)
    return frame([*body, *(each for each in drawn if each is not None)], words, summary(view, words))


def summary(view: LanguageView, words: LocaleWords) -> str:
    """Return which language is used, and why."""
    return words.say(STATES.get(view.state, STATES["client"]), language=_called(view.used, words))


def lines(view: LanguageView, words: LocaleWords) -> list[str]:
    """Return the languages that can be chosen, for the text without a card."""
    return [words.say("language.choice", code=each.code, language=_called(each.code, words)) for each in view.others]


def _called(code: str, words: LocaleWords) -> str:
    """Return the name of a language; its code if the reader's words have none."""
    return words.say(f"language.{code}") if words.has(f"language.{code}") else code
