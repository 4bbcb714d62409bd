"""The greeting, and the welcome after installation. Pure."""

from cards.answers.help_card import tiles, tiles_in_words
from cards.elements import Element
from cards.parts.card_frame import Rendered, buttons, frame, heading, line, note, press
from cards.parts.card_size import fit
from cards.parts.literal_text import literal
from cards.views.answer_views import HelloView
from cards.wording.locale_words import LocaleWords

TILES = 3


def hello(view: HelloView, words: LocaleWords) -> Rendered:
    """Draw what the bot is for, and questions to tap."""
    return fit(lambda count: _card(view, words, count), min(len(view.examples), TILES), words)


def summary(view: HelloView, words: LocaleWords) -> str:
    """Return the text of the card: "Hello, Robin! Are the licenses …"."""
    return " ".join([_greeting(view, words), words.say("hello.question"), words.say("hello.tap")])


def lines(view: HelloView, words: LocaleWords) -> list[str]:
    """Return the sentences to try, and whose rights count."""
    sentences = [sentence for each in view.examples[:TILES] if (sentence := literal(each.text))]
    return [*sentences, words.say("hello.rights")]


def _card(view: HelloView, words: LocaleWords, count: int) -> Rendered:
    shown = view.examples[:count]
    more = buttons(press(words.say("help.more"), view.more)) if view.more is not None else None
    body: list[Element] = [
        heading(words.say("hello.question")),
        # The name comes from outside. In a heading it would be read as Markdown.
        line(f"{_greeting(view, words)} {words.say('hello.tap')}", spacing="small"),
        *tiles(shown, words),
        note(words.say("hello.rights"), spacing="medium"),
        *([more] if more else []),
    ]
    return frame(body, words, " ".join([summary(view, words), *tiles_in_words(shown, words)]))


def _greeting(view: HelloView, words: LocaleWords) -> str:
    name = literal(view.name, 60)
    return words.say("hello.title.name", name=name) if name else words.say("hello.title")
