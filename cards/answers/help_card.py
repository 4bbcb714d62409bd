"""The help cards: what can be asked. Pure."""

from collections.abc import Sequence

from cards.elements import Element
from cards.parts.card_frame import BUTTONS, Rendered, buttons, entitled, frame, heading, line, note, press
from cards.parts.card_size import fit
from cards.parts.literal_text import literal
from cards.parts.share_text import unused_in_words
from cards.parts.tile import tile
from cards.views.answer_views import Example, HelpView
from cards.wording.locale_words import LocaleWords

SENTENCE_LIMIT = 200
EXAMPLES = 40  # more than this never fit
BETWEEN = " · "


def help_card(view: HelpView, words: LocaleWords) -> Rendered:
    """Draw a few questions to tap, with a button to all sentences.

    Without questions to tap, draw all sentences: as tiles if they are few enough.
    """
    if view.tiles:
        return fit(lambda count: _first(view, words, count), min(len(view.tiles), BUTTONS), words)
    return fit(lambda count: _card(view, words, count), min(len(view.examples), EXAMPLES), words)


def summary(view: HelpView, words: LocaleWords) -> str:
    """Return one sentence about the topic, or about the whole help."""
    if view.topic is not None and words.has(topic := f"help.topic.{view.topic}"):
        return words.say(topic)
    return words.say("help.text")


def lines(view: HelpView, words: LocaleWords) -> list[str]:
    """Return the sentences of the tiles, and the notices to be read with the help."""
    return [*filter(None, (literal(each.text) for each in view.tiles)), *_notices(view, words)]


def tiles(examples: Sequence[Example], words: LocaleWords) -> list[Element]:
    """Draw each example as a tile that asks it."""
    drawn = [tile(_title(each, words), _answers(each, words), each.ask, words) for each in examples if each.ask]
    return [each for each in drawn if each is not None]


def tiles_in_words(examples: Sequence[Example], words: LocaleWords) -> list[str]:
    """Return the titles of the tiles, for the sentence that a screen reader says."""
    titles = [title for each in examples if each.ask and (title := _title(each, words))]
    return [BETWEEN.join(titles)] if titles else []


def sentences(examples: Sequence[Example], words: LocaleWords) -> list[Element]:
    """Draw each example as a line of text, with what it answers below it."""
    drawn: list[Element] = []
    for each in examples:
        if sentence := literal(each.text, SENTENCE_LIMIT):
            entry = entitled(sentence, _answers(each, words), bold=True)
            entry.spacing = "medium"
            drawn.append(entry)
    return drawn


def _first(view: HelpView, words: LocaleWords, count: int) -> Rendered:
    shown = view.tiles[:count]
    more = buttons(press(words.say("help.more"), view.more)) if view.more is not None else None
    explained = [line(summary(view, words), spacing="small")] if view.topic is not None else []
    title = f"help.title.{view.topic}"
    tap = line(words.say("help.tap"), spacing="medium" if explained else "small")
    body: list[Element] = [
        heading(words.say(title if words.has(title) else "help.title")),
        *explained,
        tap,
        *tiles(shown, words),
        *(note(text, spacing="medium") for text in _notices(view, words)),
        *([more] if more else []),
    ]
    told = [summary(view, words)] if explained else []
    return frame(body, words, " ".join([*told, words.say("help.tap"), *tiles_in_words(shown, words)]))


def _card(view: HelpView, words: LocaleWords, count: int) -> Rendered:
    body: list[Element] = [heading(words.say("help.title")), line(summary(view, words), spacing="small")]
    shown = view.examples[:count]
    tappable = len(view.examples) <= BUTTONS and all(each.ask is not None for each in view.examples)
    body += tiles(shown, words) if tappable else sentences(shown, words)
    body += [note(text, spacing="medium") for text in _notices(view, words)]
    return frame(body, words, summary(view, words))


def _notices(view: HelpView, words: LocaleWords) -> list[str]:
    return [words.say("help.keeps_misses")] if view.keeps_misses else []


def _title(example: Example, words: LocaleWords) -> str:
    name = literal(example.name, SENTENCE_LIMIT)
    if words.has(example.title):
        return words.say(example.title, name=name)
    return name or literal(example.text, SENTENCE_LIMIT)


def _answers(example: Example, words: LocaleWords) -> str | None:
    if example.figures is not None:
        return BETWEEN.join(filter(None, [unused_in_words(example.figures, words), literal(example.about, 60)])) or None
    return words.say(example.words) if words.has(example.words) else None
