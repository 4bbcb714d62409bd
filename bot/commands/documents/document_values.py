"""The values in a command document. Pure.

Each kind of clause is written as JSON and read back.
Limits are stated in the types, so that the published schema states them too. They admit whatever a sentence of 2,000
characters can say. A reader of a value raises ValueError (FilterError for a filter) for one that no sentence says.
"""

from collections.abc import Callable
from datetime import date, time
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

from msgspec import UNSET, Meta, UnsetType

from bot.commands.answer_kind import AnswerKind, TrendMeasure, TrendStep
from bot.commands.command import Clause, DigestAction, ExportForm, Name
from bot.commands.documents.clause_document import ClauseDocument, Id, encodable, legible_text, or_none, unless_none
from bot.commands.documents.condition_document import ConditionDocument, read_condition, write_condition
from bot.commands.documents.schedule_document import ScheduleDocument, WallClock, read_schedule, write_schedule
from bot.commands.run_condition import RunCondition
from bot.domain.compared_days import Comparison, DayRange, Movement
from bot.domain.figures import LicenseMeasure
from bot.domain.licensing import Dimension
from bot.domain.recurrence import Schedule
from bot.domain.report_kind import SeatMeasure
from bot.domain.subscriptions import Renewing
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.expression import Expression
from bot.query.filters.filter_compiler import compile_filter
from bot.query.filters.filter_parser import parse_filter
from bot.query.filters.share_filter import ShareRange, TopBottom

TEXT_LIMIT = 2_000  # characters of a name or a search text
NAMES_LIMIT = 250  # names behind one keyword
LARGEST_NUMBER = 999_999_999  # of a digest
DIGESTS_LIMIT = 100  # digests in one command: as many as one person has

MOST_DAYS_AHEAD = 3_660  # ten years: no term is longer

Value = TypeVar("Value")
Text = Annotated[str, Meta(min_length=1, max_length=TEXT_LIMIT)]
FilterText = Annotated[str, Meta(min_length=1, max_length=3 * TEXT_LIMIT, description="as the API's filter parameter")]
Fraction = Annotated[float, Meta(ge=0, le=10_000, description="0.5 is 50%")]
Amount = Annotated[int, Meta(ge=0, le=10**15)]
# As many as a card needs that shows all rows in another order; a sentence may say 10,000.
MOST_ROWS = 100_000
Count = Annotated[int, Meta(ge=1, le=MOST_ROWS)]
DaysAgo = Annotated[int, Meta(ge=1, le=36_600)]
DaysAhead = Annotated[int, Meta(ge=0, le=MOST_DAYS_AHEAD, description="from today")]
Number = Annotated[int, Meta(ge=1, le=LARGEST_NUMBER, description="the number of a digest")]


class NameDocument(ClauseDocument, frozen=True, kw_only=True):
    """A name as typed or as the report spells it.

    The id has priority: the name means the thing that has this id, as long as it exists.
    """

    name: Text
    id: Id | UnsetType = UNSET


class ExcludedDocument(NameDocument, frozen=True, kw_only=True):
    """A name that is left out, and the keyword that it follows."""

    clause: Clause


class ShareDocument(ClauseDocument, frozen=True, kw_only=True, rename="camel"):
    """Only rows with a ratio within the bounds: at most one lower and one upper."""

    above: Fraction | UnsetType = UNSET
    at_least: Fraction | UnsetType = UNSET
    below: Fraction | UnsetType = UNSET
    at_most: Fraction | UnsetType = UNSET


class AmountDocument(ClauseDocument, frozen=True, kw_only=True, rename="camel"):
    """Only rows with so many licenses in one workload: at least one bound."""

    measure: LicenseMeasure
    at_least: Amount | UnsetType = UNSET
    at_most: Amount | UnsetType = UNSET


class OrderDocument(ClauseDocument, frozen=True, kw_only=True):
    """Only so many rows: either those with the highest ratio or with the lowest.

    With a measure, those with the highest or lowest number of licenses; with `name`, the first by name.
    """

    top: Count | UnsetType = UNSET
    bottom: Count | UnsetType = UNSET
    measure: LicenseMeasure | UnsetType = UNSET
    name: bool | UnsetType = UNSET


class PeriodDocument(ClauseDocument, frozen=True, kw_only=True, rename="camel"):
    """The figures at the end of a range of days, compared with those at its start.

    Without an end it lasts until today.
    """

    first: date
    last: date | UnsetType = UNSET


class ComparisonDocument(ClauseDocument, frozen=True, kw_only=True, rename="camel"):
    """The day with which figures are compared: either a day, or so many days ago."""

    day: date | UnsetType = UNSET
    days_ago: DaysAgo | UnsetType = UNSET
    only: Movement | UnsetType = UNSET


class ValueCodec(NamedTuple):
    """How one kind of value is written and read.

    `shape` is the type that msgspec decodes; `write` and `read` convert between it and the value in a command.
    """

    shape: Any
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def legible(text: str) -> bool:
    """Return True if a document can hold `text` as a name.

    It cannot hold control characters, or half of a surrogate pair.
    """
    return len(text) <= TEXT_LIMIT and bool(text.strip()) and encodable(text) == text


def _name(name: Name) -> NameDocument:
    return NameDocument(name=encodable(name.text), id=UNSET if name.id is None else encodable(name.id))


def _read_name(name: NameDocument) -> Name:
    return Name(legible_text(name.name), id=None if isinstance(name.id, UnsetType) else legible_text(name.id))


def _excluded(pair: tuple[Clause, Name]) -> ExcludedDocument:
    name = _name(pair[1])
    return ExcludedDocument(clause=pair[0], name=name.name, id=name.id)


def _share(share: ShareRange) -> ShareDocument:
    low, high = unless_none(share.low), unless_none(share.high)
    return ShareDocument(
        above=UNSET if share.low_included else low,
        at_least=low if share.low_included else UNSET,
        below=UNSET if share.high_included else high,
        at_most=high if share.high_included else UNSET,
    )


def _read_share(share: ShareDocument) -> ShareRange:
    lows = [each for each in (share.above, share.at_least) if not isinstance(each, UnsetType)]
    highs = [each for each in (share.below, share.at_most) if not isinstance(each, UnsetType)]
    if not (lows or highs) or len(lows) > 1 or len(highs) > 1:
        raise ValueError("no share, or two bounds on one side")
    return ShareRange(
        low=lows[0] if lows else None,
        high=highs[0] if highs else None,
        low_included=share.above is UNSET,
        high_included=share.below is UNSET,
    )


def _amount(amount: AmountRange) -> AmountDocument:
    return AmountDocument(measure=amount.measure, at_least=unless_none(amount.low), at_most=unless_none(amount.high))


def _read_amounts(amounts: list[AmountDocument]) -> tuple[AmountRange, ...]:
    found = tuple(AmountRange(each.measure, or_none(each.at_least), or_none(each.at_most)) for each in amounts)
    if any(each.is_empty or (each.low is None and each.high is None) for each in found):
        raise ValueError("no number, or the highest is below the lowest")
    if len({each.measure for each in found}) < len(found):
        raise ValueError("two ranges of one measure")
    return found


def _order(order: TopBottom) -> OrderDocument:
    measure, name = unless_none(order.measure), unless_none(True if order.by_name else None)
    if order.lowest:
        return OrderDocument(bottom=order.count, measure=measure, name=name)
    return OrderDocument(top=order.count, measure=measure, name=name)


def _read_order(order: OrderDocument) -> TopBottom:
    if isinstance(order.top, UnsetType) == isinstance(order.bottom, UnsetType):
        raise ValueError("neither top nor bottom, or both")
    lowest = isinstance(order.top, UnsetType)
    count = order.bottom if lowest else order.top
    return TopBottom(count, lowest, or_none(order.measure), or_none(order.name) is True)  # type: ignore[arg-type]


def _period(period: DayRange) -> PeriodDocument:
    return PeriodDocument(first=period.first, last=unless_none(period.last))


def _comparison(versus: Comparison) -> ComparisonDocument:
    return ComparisonDocument(
        day=unless_none(versus.day), days_ago=unless_none(versus.days), only=unless_none(versus.only)
    )


def _read_comparison(versus: ComparisonDocument) -> Comparison:
    return Comparison(or_none(versus.day), or_none(versus.days_ago), or_none(versus.only))


def _same(value: Value) -> Value:
    return value


def _list_of(shape: Any, most: int) -> Any:
    return Annotated[list[shape], Meta(max_length=most)]


# An `int | None` that is no number of a digest.
DAYS_AHEAD = ValueCodec(DaysAhead, _same, _same)

# By the annotation of a command's field: a new clause of one of these kinds needs nothing here.
CODECS: dict[Any, ValueCodec] = {
    int | None: ValueCodec(Number, _same, _same),
    tuple[int, ...]: ValueCodec(_list_of(Number, DIGESTS_LIMIT - 1), list, tuple),
    bool: ValueCodec(bool, _same, _same),
    AnswerKind: ValueCodec(AnswerKind, _same, _same),
    TrendStep | None: ValueCodec(TrendStep, _same, _same),
    TrendMeasure | None: ValueCodec(TrendMeasure, _same, _same),
    Renewing | None: ValueCodec(Literal["auto", "off"], str, Renewing),
    time | None: ValueCodec(WallClock, _same, _same),
    str | None: ValueCodec(Text, encodable, legible_text),
    date | None: ValueCodec(date, _same, _same),
    DigestAction: ValueCodec(DigestAction, _same, _same),
    ExportForm: ValueCodec(ExportForm, _same, _same),
    tuple[Name, ...]: ValueCodec(
        _list_of(NameDocument, NAMES_LIMIT),
        lambda names: [_name(each) for each in names],
        lambda names: tuple(map(_read_name, names)),
    ),
    tuple[tuple[Clause, Name], ...]: ValueCodec(
        _list_of(ExcludedDocument, NAMES_LIMIT),
        lambda pairs: [_excluded(each) for each in pairs],
        lambda pairs: tuple((each.clause, _read_name(each)) for each in pairs),
    ),
    tuple[Dimension, ...]: ValueCodec(
        _list_of(Dimension, len(Dimension)), list, lambda each: tuple(dict.fromkeys(each))
    ),
    ShareRange | None: ValueCodec(ShareDocument, _share, _read_share),
    tuple[AmountRange, ...]: ValueCodec(
        _list_of(AmountDocument, len(LicenseMeasure)), lambda each: [_amount(one) for one in each], _read_amounts
    ),
    TopBottom | None: ValueCodec(OrderDocument, _order, _read_order),
    DayRange | None: ValueCodec(PeriodDocument, _period, lambda each: DayRange(each.first, or_none(each.last))),
    Comparison | None: ValueCodec(ComparisonDocument, _comparison, _read_comparison),
    Expression | None: ValueCodec(
        FilterText, lambda each: encodable(compile_filter(each)), lambda each: parse_filter(legible_text(each))
    ),
    SeatMeasure | None: ValueCodec(Literal["sold", "assigned", "unassigned"], str, SeatMeasure),
    Schedule | None: ValueCodec(ScheduleDocument, write_schedule, read_schedule),
    RunCondition | None: ValueCodec(ConditionDocument, write_condition, read_condition),
}
