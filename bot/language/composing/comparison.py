"""Read what a question is compared with. Pure."""

from dataclasses import replace
from datetime import date, timedelta

from bot.commands.meaning import Act, Meaning, Versus
from bot.domain.licensing import Dimension
from bot.language.marking.mark_stream import MarkStream
from bot.language.moments.time_values import OnDay, Period
from bot.language.moments.time_values import Versus as SaidVersus

_MONTH = timedelta(days=31)
Moment = OnDay | Period | SaidVersus


def compared(stream: MarkStream, meaning: Meaning, found: list[object], today: date) -> Meaning:
    """Return the meaning with what it is compared with, if it is a comparison.

    `found` are the times of the sentence, in its order.
    """
    moments = [value for value in found if isinstance(value, OnDay | Period | SaidVersus)]
    if not moments:
        return _timeless(stream, meaning, today)
    if stream.has("now") and stream.has("and", "versus"):
        meaning = replace(meaning, act=Act.COMPARE)
    said = next((value for value in moments if isinstance(value, SaidVersus)), None)
    wants = meaning.act is Act.COMPARE or said is not None or len(moments) > 1 or stream.has("versus", "change")
    if not wants:
        return meaning
    meaning = replace(meaning, act=Act.COMPARE)
    stream.take("day", *stream.all_of("versus"))
    return replace(meaning, versus=Versus(said.day)) if said is not None else _dated(stream, meaning, moments, today)


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
    moved = stream.has("change") or stream.has("act", value="movers")
    return replace(meaning, versus=Versus(today - _MONTH)) if moved and (named or meaning.by) else meaning


def _dated(stream: MarkStream, meaning: Meaning, moments: list[Moment], today: date) -> Meaning:
    first, last = moments[0], moments[-1]
    if isinstance(last, OnDay):
        is_other = len(moments) > 1 and isinstance(first, OnDay) and first.day != today
        return replace(
            meaning, versus=Versus(last.day), day=first.day if is_other and isinstance(first, OnDay) else None
        )
    if not isinstance(last, Period):
        return meaning
    if last.last >= today:  # since October: with its first day
        return replace(meaning, versus=Versus(last.first))
    if len(moments) == 1 and stream.has("between"):
        return replace(meaning, versus=Versus(last.first), day=last.last)
    if isinstance(first, Period) and first is not last and first.last < today:
        meaning = replace(meaning, period=(first.first, first.last))
    return replace(meaning, versus=Versus(last.first, last.last))
