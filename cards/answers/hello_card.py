"""The greeting, and the welcome after installation. Pure."""

from cards.answers.help_card import offers
from cards.elements import Element, TextRun
from cards.parts.card_frame import BUTTONS, Rendered, frame, line, note
from cards.parts.card_size import fit
from cards.parts.literal_text import literal
from cards.views.answer_views import HelloView
from cards.wording.locale_words import LocaleWords


def hello(view: HelloView, words: LocaleWords) -> Rendered:
    """Draw a greeting with example questions to tap."""
    return fit(lambda count: _card(view, words, count), min(len(view.examples), BUTTONS), words)


def summary(view: HelloView, words: LocaleWords) -> str:
    """Return greeting and text: "Hello, Robin! Ask me …"."""
    return f"{_greeting(view, words)} {_text(view, words)}"


def _card(view: HelloView, words: LocaleWords, count: int) -> Rendered:
    body: list[Element] = [
        # The name comes from outside. In a heading it would be read as Markdown.
        line(TextRun(text=_greeting(view, words), size="large", weight="bolder")),
        line(_text(view, words), spacing="small"),
        *offers(view.examples[:count], words),
        note(words.say("hello.help"), spacing="medium"),
    ]
    return frame(body, words, summary(view, words))


def _greeting(view: HelloView, words: LocaleWords) -> str:
    name = literal(view.name, 60)
    return words.say("hello.title.name", name=name) if name else words.say("hello.title")


def _text(view: HelloView, words: LocaleWords) -> str:
    return words.say("hello.welcome" if view.welcome else "hello.text")
