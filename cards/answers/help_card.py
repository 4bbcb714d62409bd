"""The help cards: what can be asked. Pure."""

from collections.abc import Sequence

from cards.elements import Element
from cards.parts.card_frame import BUTTONS, Rendered, entitled, frame, heading, line, note, offer
from cards.parts.card_size import fit
from cards.parts.literal_text import literal
from cards.views.answer_views import Example, HelpView
from cards.wording.locale_words import LocaleWords

SENTENCE_LIMIT = 200
EXAMPLES = 40  # more than this never fit


def help_card(view: HelpView, words: LocaleWords) -> Rendered:
    """Draw sentences that work and what they answer.

    As buttons if they are few enough.
    """
    return fit(lambda count: _card(view, words, count), min(len(view.examples), EXAMPLES), words)


def summary(view: HelpView, words: LocaleWords) -> str:
    """Return one sentence about the topic, or about the whole help."""
    if view.topic is not None and words.has(topic := f"help.topic.{view.topic}"):
        return words.say(topic)
    return words.say("help.text")


def _card(view: HelpView, words: LocaleWords, count: int) -> Rendered:
    body: list[Element] = [heading(words.say("help.title")), line(summary(view, words), spacing="small")]
    shown = view.examples[:count]
    as_buttons = len(view.examples) <= BUTTONS and all(each.ask is not None for each in view.examples)
    body += offers(shown, words) if as_buttons else sentences(shown, words)
    body += [note(text, spacing="medium") for text in lines(view, words)]
    return frame(body, words, summary(view, words))


def lines(view: HelpView, words: LocaleWords) -> list[str]:
    """Return the notices that must be read with the help."""
    return [words.say("help.keeps_misses")] if view.keeps_misses else []


def offers(examples: Sequence[Example], words: LocaleWords) -> list[Element]:
    """Draw each example with a button that asks it."""
    offered = [
        offer(literal(each.text, SENTENCE_LIMIT), _answers(each, words), words.say("help.ask"), each.ask)
        for each in examples[:BUTTONS]
        if each.ask is not None
    ]
    return [each for each in offered if each is not None]


def sentences(examples: Sequence[Example], words: LocaleWords) -> list[Element]:
    """Draw each example as a line of text, with what it answers below it."""
    drawn: list[Element] = []
    for each in examples:
        if sentence := literal(each.text, SENTENCE_LIMIT):
            entry = entitled(sentence, _answers(each, words), bold=True)
            entry.spacing = "medium"
            drawn.append(entry)
    return drawn


def _answers(example: Example, words: LocaleWords) -> str | None:
    return words.say(example.words) if words.has(example.words) else None
