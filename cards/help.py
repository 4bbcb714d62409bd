"""The cards that say what can be asked, and the greeting. Pure."""

from collections.abc import Sequence

from cards.actions import Ask
from cards.elements import Element, TextRun
from cards.frame import BUTTONS, Rendered, button, fit, frame, heading, line, note
from cards.literal import literal
from cards.views import Example, HelpView
from cards.words import Words

SENTENCE_LIMIT = 200


def help_card(view: HelpView, words: Words) -> Rendered:
    """Sentences that work and what they answer; few enough of them are buttons."""
    return fit(lambda count: _card(view, words, count), len(view.examples))


def summary(view: HelpView, words: Words) -> str:
    """What the card is about, in one sentence."""
    if view.topic is not None and words.has(topic := f"help.topic.{view.topic}"):
        return words.say(topic)
    return words.say("help.text")


def _card(view: HelpView, words: Words, count: int) -> Rendered:
    body: list[Element] = [heading(words.say("help.title")), line(summary(view, words), spacing="small")]
    shown = view.examples[:count]
    body += buttons(shown, words) if len(view.examples) <= BUTTONS else sentences(shown, words)
    return frame(body, words, summary(view, words))


def buttons(examples: Sequence[Example], words: Words) -> list[Element]:
    """Each example as a button, below what it answers."""
    elements: list[Element] = []
    for example in examples[:BUTTONS]:
        press = button(example.text, Ask(example.text))
        if press is None:
            continue
        if words.has(example.words):
            elements.append(note(words.say(example.words), spacing="medium"))
        elements.append(press)
    return elements


def sentences(examples: Sequence[Example], words: Words) -> list[Element]:
    """Each example as a line to read, what it answers below it."""
    elements: list[Element] = []
    for example in examples:
        runs: list[TextRun | str] = [TextRun(text=literal(example.text, SENTENCE_LIMIT), weight="bolder")]
        if words.has(example.words):
            runs.append(TextRun(text="\n" + words.say(example.words), size="small", subtle=True))
        elements.append(line(*runs, spacing="medium"))
    return elements
