"""What is offered in place of what there is not. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from bot.commands.command import ChangeDigest, ChooseLanguage, Command, NewDigest
from bot.language.composing.reason import Reason
from bot.language.composing.times import DATED_SCHEDULE
from bot.language.reading.command_of import command_of
from bot.language.reading.only_if.conditioned import CONDITION, ONCE
from bot.language.reading.only_if.watched import ALERT, watched
from bot.language.reading.reading import Reading
from bot.language.vocabulary.vocabulary import languages

_TONGUE = "tongue"


def offered_instead(reading: Reading) -> Sequence[Command]:
    """Return what is offered instead; nothing for most sentences.

    They ask for a language, a time zone, an alert, or a condition or a day of a digest.
    """
    meaning, what = reading.meaning, reading.what
    if what == _TONGUE:
        return [ChooseLanguage(each) for each in languages()]
    condition = reading.reason is Reason.NOT_OFFERED and what in (CONDITION, ONCE)
    if meaning is None:
        return ()
    if reading.reason is Reason.NOT_OFFERED and what == ALERT:
        return watched(meaning)
    if is_timed_twice(reading):
        meaning = replace(meaning, day=None, period=None, versus=None, moved=None)
    elif not condition and reading.reason is not Reason.NO_SUCH_ZONE:
        return ()
    made = command_of(meaning)  # in the person's own zone
    if condition and isinstance(made, NewDigest):  # without the condition; or the form, which has those that there are
        return tuple(dict.fromkeys((made, replace(made, schedule=None))))
    return (made,) if isinstance(made, NewDigest | ChangeDigest) else ()


def is_timed_twice(reading: Reading) -> bool:
    """Return True for a digest whose question is about a day or a period."""
    return reading.reason is Reason.CONFLICT and reading.what == DATED_SCHEDULE
