"""What is offered in place of what there is not. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import ChangeDigest, ChooseLanguage, Command, NewDigest, Usage
from bot.commands.meaning import Act, Meaning, Measure, Versus
from bot.domain.licensing import Dimension
from bot.language.composing.kinds.kind_times import ENDED
from bot.language.composing.reason import Reason
from bot.language.composing.times import DATED_SCHEDULE, STEP
from bot.language.reading.command_of import command_of
from bot.language.reading.limits.seat_measures import SOLD_OVER_DAYS, WORKLOAD, without_workloads
from bot.language.reading.only_if.conditioned import CONDITION, ONCE
from bot.language.reading.only_if.watched import ALERT, watched
from bot.language.reading.reading import Reading
from bot.language.vocabulary.vocabulary import languages

_TONGUE, COPILOT, _TERM = "tongue", "copilot", "term"
ONLY_SOLD = "only_sold"  # a product that was sold, and that the usage report does not have


def offered_instead(reading: Reading) -> Sequence[Command]:
    """Return what is offered instead; nothing for most sentences.

    They ask for a language, a time zone, an alert, a condition or a day of a digest, or another change of one.
    """
    meaning, what = reading.meaning, reading.what
    if what == _TONGUE:
        return [ChooseLanguage(each) for each in languages()]
    condition = reading.reason is Reason.NOT_OFFERED and what in (CONDITION, ONCE)
    if meaning is None:
        return ()
    if reading.reason is Reason.NOT_OFFERED and what in _NEAREST:
        return _NEAREST[what](meaning)
    if is_timed_twice(reading):
        meaning = replace(meaning, day=None, period=None, versus=None, moved=None)
    elif not condition and reading.reason is not Reason.NO_SUCH_ZONE:
        return _settings(meaning) if reading.reason is Reason.NOT_UNDERSTOOD else ()
    made = command_of(meaning)  # in the person's own zone
    if condition and isinstance(made, NewDigest):  # without the condition; or the form, which has those that there are
        return tuple(dict.fromkeys((made, replace(made, schedule=None))))
    return (made,) if isinstance(made, NewDigest | ChangeDigest) else ()


def _without_workloads(meaning: Meaning) -> Sequence[Command]:
    """Return what was sold without the workload, the same by product, and the usage of the workload."""
    sold = command_of(without_workloads(meaning))
    used = command_of(replace(meaning, measure=None, conditions=(), keep=None))
    offered = [sold, replace(sold, by=(Dimension.PRODUCT,)) if isinstance(sold, Usage) else sold, used]
    return tuple(dict.fromkeys(each for each in offered if isinstance(each, Command)))


def is_timed_twice(reading: Reading) -> bool:
    """Return True for a digest whose question is about a day or a period."""
    return reading.reason is Reason.CONFLICT and reading.what == DATED_SCHEDULE


def _by_usual_step(meaning: Meaning) -> Sequence[Command]:
    made = command_of(replace(meaning, act=Act.TREND))
    return (made,) if isinstance(made, Usage) else ()


def _settings(meaning: Meaning) -> Sequence[Command]:
    """Return the settings of the digest that is to be changed.

    Nothing if it is not certain which one.
    """
    made = command_of(meaning) if meaning.act is Act.MANAGE else None
    return (ChangeDigest(made.number),) if isinstance(made, ChangeDigest) and made.number is not None else ()


def _sold_by_product(meaning: Meaning) -> Sequence[Command]:
    """Return what was sold, product by product: its report has products that the usage report has not."""
    return _sold(replace(meaning, by=() if meaning.called(Dimension.PRODUCT) else (Dimension.PRODUCT,)))


def _sold(meaning: Meaning) -> Sequence[Command]:
    """Return how many licenses of the same were sold."""
    asked = replace(without_workloads(meaning), measure=Measure.SOLD, conditions=(), keep=None, versus=None, moved=None)
    made = command_of(replace(asked, act=Act.USAGE, kind=AnswerKind.FIGURES, schedule=None, only=None, output=""))
    return (made,) if isinstance(made, Command) else ()


def _what_renews(meaning: Meaning) -> Sequence[Command]:
    """Return what ends in days to come, in place of what has ended."""
    made = command_of(replace(meaning, act=Act.RENEWALS, kind=AnswerKind.RENEWALS, period=None, ahead=None, day=None))
    return (made,) if isinstance(made, Usage) else ()


def _sold_on_a_day(meaning: Meaning) -> Sequence[Command]:
    """Return what was held on the last day, and what changed since the first one."""
    if meaning.period is None:
        return ()
    first, last = meaning.period
    held = replace(meaning, act=Act.USAGE, period=None, goes_on=False, day=None if meaning.goes_on else last)
    changed = replace(held, act=Act.COMPARE, versus=Versus(first, taken=first))
    return [made for each in (held, changed) if isinstance(made := command_of(each), Usage)]


# What is offered first in place of something by its name.
_NEAREST: Mapping[str, Callable[[Meaning], Sequence[Command]]] = {
    ALERT: watched,
    STEP: _by_usual_step,
    WORKLOAD: _without_workloads,
    COPILOT: _sold_by_product,
    ONLY_SOLD: _sold,
    ENDED: _what_renews,
    _TERM: _what_renews,
    SOLD_OVER_DAYS: _sold_on_a_day,
}
