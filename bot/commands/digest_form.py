"""What a form says, as a command: that of a digest, or a calendar for one day.

Pure, except for the time zones that the machine knows.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from types import MappingProxyType

from bot.commands.command import ChangeDigest, Command, DigestAction, HandleDigest, NewDigest, Usage
from bot.commands.documents.condition_document import MOST_UNUSED
from bot.commands.list_shape import GROUPS, shaped
from bot.commands.run_condition import ALWAYS, RunCondition
from bot.domain.compared_days import Comparison
from bot.domain.recurrence import EVERY_DAY, LAST_DAY, WEEKDAYS, Monthly, Recurrence, Schedule, Weekly
from bot.domain.zone_names import zone_named
from cards.views.form_payload import DigestInputs

KEPT = "kept"  # the days that a digest has, and that no choice of the form says
DAYS: Mapping[str, Recurrence] = MappingProxyType(
    {
        "weekdays": Weekly(WEEKDAYS),
        "daily": Weekly(EVERY_DAY),
        **{f"day{each}": Weekly(frozenset({each})) for each in range(7)},
        "first": Monthly(1),
        "last": Monthly(LAST_DAY),
    }
)
ALWAYS_POSTED, CHANGED, DROPPED, BELOW, UNUSED = "always", "changed", "dropped", "below", "unused"
QUIET = (ALWAYS_POSTED, CHANGED, DROPPED, BELOW, UNUSED)
NUMBERED = (DROPPED, BELOW, UNUSED)
PRIVATE = "private"
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.h]([0-5]\d)(?::[0-5]\d)?")
_NUMBER = re.compile(r"(\d{1,9})(?:[.,](\d{1,2}))?\s*%?")


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What was typed on a form, and what of it cannot be meant.

    A mistake is a key `form.mistake.<name>`.
    """

    inputs: DigestInputs
    mistakes: tuple[str, ...] = ()


def is_open(question: Usage) -> bool:
    """Return True if the question says no more than what it lists.

    The form may ask for that.
    """
    return question in [Usage(), *(Usage(by=(dimension,)) for dimension in GROUPS.values())]


def opened(command: Command) -> Command:
    """Return the command that shows the form of `command`."""
    match command:
        case HandleDigest(number=number) | ChangeDigest(number=number) if number is not None:
            return ChangeDigest(number)
        case NewDigest(question=question, only=only):
            return NewDigest(question, only=only)
    return command


def filled(command: Command, inputs: DigestInputs) -> tuple[Command, tuple[str, ...]]:
    """Return the command with what a person chose, and the mistakes.

    With a mistake, it is the command that shows the form.
    """
    match command:
        case NewDigest():
            made, mistakes = _new(command, inputs)
        case ChangeDigest():
            made, mistakes = _changed(command, inputs)
        case HandleDigest(act=DigestAction.PAUSE):
            made, mistakes = _paused(command, inputs)
        case Usage():
            return _on_day(command, inputs), ()
        case _:
            return command, ()
    return (opened(command), mistakes) if mistakes else (made, ())


def inputs_of(schedule: Schedule, condition: RunCondition, zone: str = "") -> DigestInputs:
    """Return the inputs as they are set for what holds."""
    when = next((name for name, on in DAYS.items() if on == schedule.on), KEPT)
    at = "" if schedule.at is None else schedule.at.isoformat("minutes")
    quiet, amount = _quiet(condition)
    return DigestInputs(when=when, at=at, quiet=quiet, amount=amount, zone=zone)


def is_spare(inputs: DigestInputs, held: RunCondition) -> bool:
    """Return True if a number was typed that goes with no condition.

    It would be lost silently. The number of the condition that is `held` was not typed.
    """
    return bool(inputs.amount) and inputs.quiet not in NUMBERED and inputs.amount != _quiet(held)[1]


def _quiet(condition: RunCondition) -> tuple[str, str]:
    """Return the choice that is the condition, and its number."""
    if condition.crosses:
        return "", ""
    if condition.below is not None:
        return BELOW, _percent(condition.below)
    if condition.drops_below is not None:
        return DROPPED, _percent(condition.drops_below)
    if condition.unused_above is not None:
        return UNUSED, str(condition.unused_above)
    return (CHANGED if condition.changed else ALWAYS_POSTED), ""


def _percent(share: float) -> str:
    return format(round(share * 100, 2), "g")


def _new(command: NewDigest, inputs: DigestInputs) -> tuple[Command, tuple[str, ...]]:
    on, at, zone = DAYS.get(inputs.when), _time(inputs.at), _zone(inputs.zone)
    only, mistakes = _condition(inputs)
    spare = ("spare",) if is_spare(inputs, command.only or ALWAYS) else ()
    mistakes = (*_missing(on=on, at=at, zone=zone), *mistakes, *spare)
    if mistakes or on is None:
        return command, mistakes
    question = shaped(command.question, inputs.what, "", "") if is_open(command.question) else command.question
    made = replace(command, question=question, schedule=Schedule(on, at, zone or None))
    made = replace(made, only=None if only.is_always else only)
    return replace(made, private=inputs.where == PRIVATE), ()


def _changed(command: ChangeDigest, inputs: DigestInputs) -> tuple[Command, tuple[str, ...]]:
    """Return the change; with the input for a time zone alone, nothing else is changed."""
    zone = _zone(inputs.zone)
    if not (inputs.when or inputs.at or inputs.quiet):
        return replace(command, zone=zone or None), _missing(zone=zone or None)
    on, at = DAYS.get(inputs.when), _time(inputs.at)
    only, mistakes = _condition(inputs) if inputs.quiet else (None, ())  # that of an alert stays
    kept = inputs.when == KEPT
    timeless = kept and not inputs.at  # a single time, so many minutes after it was asked for
    mistakes = (*_missing(on=on or kept, at=at or timeless, zone=zone), *mistakes)
    if inputs.until:  # a day that is left out would look saved
        mistakes = (*mistakes, "pause")
    if mistakes:
        return command, mistakes
    if on is None:
        return replace(command, at=at, only=only, zone=zone or None), ()
    return replace(command, schedule=Schedule(on, at, zone or None), only=only), ()


def _paused(command: HandleDigest, inputs: DigestInputs) -> tuple[Command, tuple[str, ...]]:
    """Return the pause until the day; without a day, until it is resumed."""
    if not inputs.until:
        return command, ()
    try:
        return replace(command, until=date.fromisoformat(inputs.until.partition("T")[0])), ()
    except ValueError:
        return command, ("until",)


def _on_day(question: Usage, inputs: DigestInputs) -> Usage:
    """Return the question for the day; the day that it is compared with, if it compares two.

    What is no day changes nothing.
    """
    try:
        day = date.fromisoformat(inputs.until.partition("T")[0])
    except ValueError:
        return question
    if question.versus is not None:
        return replace(question, versus=Comparison(day, only=question.versus.only))
    return replace(question, as_of=day)


def _missing(**read: object) -> tuple[str, ...]:
    """Return the mistakes: what was read as None."""
    return tuple(_MISTAKES[name] for name, value in read.items() if value is None or value is False)


_MISTAKES = {"on": "when", "at": "at", "zone": "zone"}


def _time(text: str) -> time | None:
    found = _CLOCK.fullmatch(text)
    return None if found is None else time(int(found[1]), int(found[2]))


def _zone(text: str) -> str | None:
    """Return the zone; "" for none, None for one that does not exist."""
    return zone_named(text) if text else ""


def _condition(inputs: DigestInputs) -> tuple[RunCondition, tuple[str, ...]]:
    if inputs.quiet == CHANGED:
        return RunCondition(changed=True), ()
    if inputs.quiet not in NUMBERED:
        return ALWAYS, ()
    number = _number(inputs.amount)
    if inputs.quiet in (DROPPED, BELOW):
        if number is None or not 0 < number <= 100:
            return ALWAYS, ("below",)
        share = round(number / 100, 6)
        return RunCondition(below=share) if inputs.quiet == BELOW else RunCondition(drops_below=share), ()
    whole = number is not None and number == int(number) and number <= MOST_UNUSED and "%" not in inputs.amount
    return (RunCondition(unused_above=int(number)), ()) if whole and number is not None else (ALWAYS, ("unused",))


def _number(text: str) -> float | None:
    found = _NUMBER.fullmatch(text)
    return None if found is None else float(f"{found[1]}.{found[2] or 0}")


def choices_of(kept: bool) -> Iterator[str]:
    """Yield the choices of days.

    `kept`: the digest has days that no other choice says.
    """
    if kept:
        yield KEPT
    yield from DAYS
