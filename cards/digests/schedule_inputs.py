"""The inputs on which the schedule of a digest is chosen, and their mistakes.

Pure.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from cards.elements import ChoiceSet, Element, InputChoice, TextInput, TextRun, TimeInput
from cards.parts.card_frame import line
from cards.parts.literal_text import literal
from cards.views.digest_form_views import FormChoices
from cards.wording.locale_keys import key
from cards.wording.locale_words import LocaleWords

TYPED = 40
SHORT = 12  # characters of a number, a time of day, a day or a choice
# The mistakes, each with the input below which it is shown.
MISTAKES = {
    "when": "when",
    "at": "at",
    "below": "amount",
    "unused": "amount",
    "once": "amount",
    "spare": "amount",
    "zone": "zone",
    "until": "until",
    "never": "when",
    "past": "until",
    "pause": "until",
    "unsaved": "until",
    "private": "where",
}
CHOSEN = ("when", "never", "unsaved", "once")  # mistakes whose texts do not need what was typed
WEEKDAY = "day"


def when_inputs(form: FormChoices, words: LocaleWords) -> Iterator[Element]:
    """Yield the inputs for days, time of day and condition.

    An alert has its own condition. Before them comes that for what is asked, if it is open.
    """
    if form.groups:
        yield _choice("what", form.groups, form.inputs.what, lambda each: _group(each, words), words)
    yield _choice("when", form.days, form.inputs.when, lambda each: _day(each, words), words)
    yield from mistakes("when", form, words)
    at = literal(form.inputs.at, SHORT) or None
    yield TimeInput(id="at", label=words.say("form.at"), value=at, spacing="small")
    yield from mistakes("at", form, words)
    if form.quiet:
        yield from _quiet_inputs(form, words)


def _quiet_inputs(form: FormChoices, words: LocaleWords) -> Iterator[Element]:
    """Yield the inputs for the condition and its number."""
    yield _choice(
        "quiet", form.quiet, form.inputs.quiet, lambda each: words.say(key("form.quiet", each, "always", words)), words
    )
    yield TextInput(
        id="amount",
        label=words.say("form.amount"),
        placeholder=words.say("form.amount.example"),
        value=literal(form.inputs.amount, SHORT) or None,
        max_length=SHORT,
        spacing="small",
    )
    yield from mistakes("amount", form, words)


def _choice(
    name: str, offered: Sequence[str], chosen: str, title: Callable[[str], str], words: LocaleWords
) -> ChoiceSet:
    choices = [InputChoice(title=title(each), value=literal(each, SHORT)) for each in offered]
    value = literal(chosen, SHORT) if chosen in offered else None
    return ChoiceSet(id=name, label=words.say(f"form.{name}"), style="compact", value=value, choices=choices)


def zone_input(form: FormChoices, words: LocaleWords, label: str = "form.zone") -> Iterator[Element]:
    """Yield the input for a city, which names a time zone.

    `label` is the key of the text above it.
    """
    yield city_input(words, label, literal(form.inputs.zone, TYPED) or None)
    yield from mistakes("zone", form, words)


def city_input(words: LocaleWords, label: str = "form.zone", value: str | None = None) -> TextInput:
    """Return the input for a city."""
    return TextInput(
        id="zone",
        label=words.say(label),
        placeholder=words.say("form.zone.example"),
        value=value,
        max_length=60,
        spacing="small",
    )


def mistakes(name: str, form: FormChoices, words: LocaleWords) -> Iterator[Element]:
    """Yield what is wrong with the input, and how it is mended."""
    for told in (_told(each, form, words) for each in form.mistakes if MISTAKES.get(each) == name):
        yield line(TextRun(text=told, weight="bolder"), spacing="none")


def mistakes_in_words(form: FormChoices | None, words: LocaleWords) -> list[str]:
    """Return all mistakes as texts."""
    return [] if form is None else [_told(each, form, words) for each in form.mistakes]


def _told(mistake: str, form: FormChoices, words: LocaleWords) -> str:
    name = MISTAKES.get(mistake, "when")
    typed = literal(getattr(form.inputs, name), TYPED)
    if not typed and mistake in MISTAKES and mistake not in CHOSEN:
        return words.say("form.mistake.nothing", field=words.say(key("form", name, "when", words)))
    shown = _day_in_words(typed, words) if name == "until" else typed
    return words.say(key("form.mistake", mistake, "when", words), typed=shown)


def _day_in_words(typed: str, words: LocaleWords) -> str:
    """Return the day of an input as the reader writes days; what is no day stays as it is."""
    try:
        return words.date(date.fromisoformat(typed.partition("T")[0]))
    except ValueError:
        return typed


def _group(name: str, words: LocaleWords) -> str:
    return words.say(key("shape.group", name, "kept", words))


def _day(name: str, words: LocaleWords) -> str:
    number = name.removeprefix(WEEKDAY)
    if name.startswith(WEEKDAY) and number.isdecimal():
        return words.say("form.when.weekday", day=words.weekday(int(number) % 7))
    return words.say(key("form.when", name, "kept", words))
