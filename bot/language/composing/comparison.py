"""Read what a question is compared with. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.commands.meaning import Act, Meaning, Versus
from bot.domain.compared_days import Movement
from bot.domain.licensing import Dimension
from bot.language.composing.chosen_times import Since, TwoEnds, compares
from bot.language.marking.mark_stream import MarkStream
from bot.language.moments.time_values import OnDay, Period
from bot.language.moments.time_values import Versus as SaidVersus

_MONTH = timedelta(days=31)
BETTER = "better"  # "improve": also what a user wants to do, and what is beside something else
_DIRECTIONS = {"down": Movement.DROPPED, "up": Movement.IMPROVED, BETTER: Movement.IMPROVED}
_MOVERS = {"movers": Movement.CHANGED, "risers": Movement.IMPROVED, "fallers": Movement.DROPPED}
Moment = OnDay | Period | SaidVersus


def moments_of(found: Sequence[object]) -> list[Moment]:
    """Return the days and periods among the times of a sentence."""
    return [value for value in found if isinstance(value, OnDay | Period | SaidVersus)]


def compared(stream: MarkStream, meaning: Meaning, found: Sequence[object], today: date) -> Meaning:
    """Return the meaning with what it is compared with, if it is a comparison.

    `found` are the times of the sentence, in its order.
    """
    moments = moments_of(found)
    if not moments:
        return _timeless(stream, meaning, today)
    if meaning.act is Act.USAGE and stream.has("now") and stream.has("and", "versus"):
        meaning = replace(meaning, act=Act.COMPARE)
    said = next((value for value in moments if isinstance(value, SaidVersus)), None)
    if not compares(stream, meaning.act) and said is None and len(moments) < 2:
        return meaning
    asks = meaning.act in (Act.USAGE, Act.COMPARE, Act.TREND)  # an alert stays one
    meaning = replace(meaning, act=Act.COMPARE if asks else meaning.act, moved=_moved(stream))
    stream.take("day", *stream.all_of("versus"))
    if said is not None:
        return replace(meaning, versus=Versus(said.day, taken=said.day, ago=(today - said.day).days))
    return _dated(meaning, [each for each in moments if not isinstance(each, SaidVersus)], today)


def _moved(stream: MarkStream) -> Movement | None:
    """Return the direction that is asked for; None for all lines."""
    movers = [_MOVERS[value] for at, mark in enumerate(stream.marks) if mark.kind == "act"
              if (value := stream.value(at)) in _MOVERS]  # fmt: skip
    changes = {stream.value(at) for at, mark in enumerate(stream.marks) if mark.kind == "change"}
    if movers:
        return movers[0] if len(set(movers)) == 1 else Movement.CHANGED
    return _DIRECTIONS.get(changes.pop()) if len(changes) == 1 else None


def _timeless(stream: MarkStream, meaning: Meaning, today: date) -> Meaning:
    """Return a comparison without a day: of customers with each other, or with a month ago."""
    if meaning.act is not Act.COMPARE:
        return meaning
    named = {each.dimension for each in meaning.names if not each.negative}
    customers = meaning.called(Dimension.CUSTOMER)
    if stream.has("versus") and len(customers) == 1 and set(meaning.by) == {Dimension.CUSTOMER}:
        others = tuple(each for each in meaning.names if each not in customers)
        return replace(meaning, act=Act.USAGE, names=others)  # beside all the others
    several = next((each for each in sorted(named) if len(meaning.called(each)) > 1), None)
    if several is not None:
        return replace(meaning, act=Act.USAGE, by=meaning.by or (several,))
    moved = _moved(stream)
    asks = moved is not None or stream.has("change")
    ago = Versus(today - _MONTH, taken=today - _MONTH, ago=_MONTH.days)
    return replace(meaning, versus=ago, moved=moved) if asks and (named or meaning.by) else meaning


def _dated(meaning: Meaning, moments: list[OnDay | Period], today: date) -> Meaning:
    """Return what is compared with what: the last of `moments` is what the others are compared with."""
    moments = [each for each in moments if not isinstance(each, OnDay) or each.day != today] or moments
    *others, last = moments
    if not others and isinstance(last, TwoEnds):
        return replace(meaning, day=last.last, versus=Versus(last.first, taken=last.first))
    now = others[0] if others and not _goes_on(others[0], today) else None
    if isinstance(now, OnDay):
        meaning = replace(meaning, day=now.day)
    elif now is not None:
        meaning = replace(meaning, period=(now.first, now.last))
    return replace(meaning, versus=compared_with(last, today, over=now is not None))


def _goes_on(moment: OnDay | Period, today: date) -> bool:
    return isinstance(moment, Period) and moment.last >= today


def compared_with(moment: OnDay | Period, today: date, *, over: bool = False) -> Versus:
    """Return the comparison with a day, or with a day of a period.

    It is the day that corresponds to today. That of `last month` is the day a month ago, that of `since september` its
    first day. `over`: what is compared with it is over, so the ends of both are compared; what lasts until today is
    then its newest figures.
    """
    if isinstance(moment, OnDay):
        return Versus(moment.day, taken=moment.day, ago=_ago(moment, moment.day, today))
    if _goes_on(moment, today):  # since October: with its first day
        if over:
            return Versus(moment.first, moment.last)
        return Versus(moment.first, taken=moment.first, ago=_ago(moment, moment.first, today))
    day = moment.last if over else _corresponding(moment, today)
    return Versus(moment.first, moment.last, taken=day, ago=_ago(moment, day, today))


def _corresponding(period: Period, today: date) -> date:
    if isinstance(period, Since) and not period.relative:
        return period.first
    return min(period.first + (today - period.last) - timedelta(days=1), period.last)


def _ago(moment: OnDay | Period, day: date, today: date) -> int | None:
    return (today - day).days if moment.relative and day < today else None
