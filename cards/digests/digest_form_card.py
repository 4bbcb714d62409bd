"""The card on which a digest is set up: what, when, where, and only if. Pure."""

from collections.abc import Iterator

from cards.digests.schedule_inputs import mistakes, mistakes_in_words, when_inputs, zone_input
from cards.elements import ChoiceSet, Element, InputChoice, TextRun
from cards.parts.card_frame import Rendered, buttons, frame, heading, line, note, press
from cards.parts.correction_text import corrections, corrections_in_words
from cards.parts.literal_text import literal
from cards.parts.scope_text import kept_limits
from cards.views.digest_form_views import DigestFormView
from cards.wording.locale_words import LocaleWords

QUESTION = 160
PLACES = ("here", "private")


def digest_form(view: DigestFormView, words: LocaleWords) -> Rendered:
    """Draw the question, the inputs as they are chosen, and one button."""
    body: list[Element] = [
        *_head(view, words),
        *corrections(view.corrected, words),
        *(note(each, spacing="small") for each in kept_limits(view.kept, words)),
        *when_inputs(view.choices, words),
        *_where(view, words),
        *zone_input(view.choices, words, "form.zone.yours"),
    ]
    if row := buttons(press(words.say("form.set_up"), view.save)):
        body.append(row)
    body.append(note(words.say("schedule.type", question=literal(view.question, QUESTION)), spacing="medium"))
    return frame(body, words, " ".join([f"{summary(view, words)}.", *lines(view, words)]))


def _head(view: DigestFormView, words: LocaleWords) -> list[Element]:
    """Return the title, and the question if it is settled."""
    if view.choices.groups:
        return [heading(words.say("form.new"))]
    asked = TextRun(text=literal(view.question, QUESTION), size="large", weight="bolder")
    return [note(words.say("form.new")), line(asked, spacing="none")]


def summary(view: DigestFormView, words: LocaleWords) -> str:
    """Return what is set up: "New digest: usage on Exchange"."""
    return words.say("form.summary", question=literal(view.question, QUESTION))


def lines(view: DigestFormView, words: LocaleWords) -> list[str]:
    """Return what is wrong, and how a digest is set up without the form."""
    typed = words.say("schedule.type", question=literal(view.question, QUESTION))
    return [*mistakes_in_words(view.choices, words), *_told(view, words), typed]


def _told(view: DigestFormView, words: LocaleWords) -> list[str]:
    return [*corrections_in_words(view.corrected, words), *kept_limits(view.kept, words)]


def _where(view: DigestFormView, words: LocaleWords) -> Iterator[Element]:
    """Yield the choice of the conversation. In a 1:1 chat there is none."""
    if not view.shared:
        return
    chosen = view.choices.inputs.where if view.choices.inputs.where in PLACES else PLACES[0]
    choices = [InputChoice(title=words.say(f"form.where.{each}"), value=each) for each in PLACES]
    yield ChoiceSet(id="where", label=words.say("form.where"), style="compact", value=chosen, choices=choices)
    yield from mistakes("where", view.choices, words)
