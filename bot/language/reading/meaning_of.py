"""The meaning of a command, so that the next sentence can change it. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.commands.answer_kind import AnswerKind
from bot.commands.clauses import DIMENSIONS, names_of
from bot.commands.command import Clause, Command, Name, NewDigest, Usage
from bot.commands.documents.document_values import MOST_ROWS
from bot.commands.meaning import Act, Condition, Keep, Meaning, Measure, Named, Unit
from bot.domain.compared_days import DayRange
from bot.domain.licensing import Entry
from bot.language.reading.limits.seat_measures import in_seats
from bot.language.reading.question_days import said_versus
from bot.names.span_lookup import SpanLookup
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.share_filter import ShareRange, TopBottom

_ACTS = {
    AnswerKind.TREND: Act.TREND,
    AnswerKind.RENEWALS: Act.RENEWALS,
    AnswerKind.CALLS: Act.CALLS,
    AnswerKind.SOLD_USE: Act.USAGE,
}


def meaning_of(command: Command, lookup: SpanLookup) -> Meaning | None:
    """Return what `command` means with the names of `lookup`.

    None if it is no question, or if one of its names is no entry's any more.
    """
    if isinstance(command, NewDigest):
        asked = meaning_of(command.question, lookup)
        return None if asked is None else _scheduled(asked, command)
    if not isinstance(command, Usage):
        return None
    names = tuple(_named(command, lookup))
    if any(not each.entries for each in names):
        return None
    said = Meaning(
        act=_act(command),
        names=names,
        expression=command.expression,
        by=command.by,
        keep=_keep(command.order),
        conditions=(*_conditions(command.limit), *_amounts(command.amounts)),
        day=command.as_of,
        period=_period(command.period),
        goes_on=command.period is not None and command.period.last is None,
        versus=said_versus(command.versus),
        moved=None if command.versus is None else command.versus.only,
        kind=command.kind,
        ahead=command.ahead,
        step=command.step,
        renewing=command.renewing,
        mine=command.mine,
        measure=None if command.measure is None else Measure(command.measure.value),
    )
    return in_seats(said, command.seats)


def _act(command: Usage) -> Act:
    if command.kind is not AnswerKind.FIGURES:
        return _ACTS[command.kind]
    return Act.USAGE if command.versus is None else Act.COMPARE


def _scheduled(asked: Meaning, command: NewDigest) -> Meaning:
    if command.is_alert:
        return replace(asked, act=Act.ALERT, schedule=command.schedule)
    return replace(asked, act=Act.DIGEST, schedule=command.schedule, only=command.only)


def _named(command: Usage, lookup: SpanLookup) -> Iterator[Named]:
    for clause, names in names_of(command):
        for name in names:
            yield Named(name.text, _entries(clause, name, lookup))
    for clause, name in command.excluded:
        yield Named(name.text, _entries(clause, name, lookup), negative=True)


def _entries(clause: Clause, name: Name, lookup: SpanLookup) -> tuple[Entry, ...]:
    """Return the entries that the name means: the one with its id, else those that are called so."""
    wanted = DIMENSIONS[clause]
    for text in filter(None, (name.id, name.text)):
        found = [match for match in lookup.find(text) if match.dimension in wanted]
        if found:
            return min(found, key=lambda match: match.likeness).entries
    return ()


def _keep(order: TopBottom | None) -> Keep | None:
    if order is None or order.count >= MOST_ROWS:  # all rows in another order: no sentence says that
        return None
    measure = Measure.SHARE if order.measure is None else Measure(order.measure.value)
    return Keep(not order.lowest, order.count, measure)


def _period(period: DayRange | None) -> tuple[date, date] | None:
    """Return the range; one that lasts until today has the last day of all days."""
    return None if period is None else (period.first, period.last or date.max)


def _conditions(limit: ShareRange | None) -> Iterator[Condition]:
    if limit is None:
        return
    if limit.low is not None:
        yield Condition(Measure.SHARE, ">=" if limit.low_included else ">", round(limit.low * 100, 10), Unit.PERCENT)
    if limit.high is not None:
        yield Condition(Measure.SHARE, "<=" if limit.high_included else "<", round(limit.high * 100, 10), Unit.PERCENT)


def _amounts(amounts: tuple[AmountRange, ...]) -> Iterator[Condition]:
    for amount in amounts:
        measure = Measure(amount.measure.value)
        if amount.low is not None:
            yield Condition(measure, ">=", amount.low, Unit.LICENSES)
        if amount.high is not None:
            yield Condition(measure, "<=", amount.high, Unit.LICENSES)
