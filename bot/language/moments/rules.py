"""The rules of the grammar: what a frame builds, and what all languages share.

A frame belongs to one rule. Templates of the file of a language say how it is worded.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from bot.language.moments import clock_rules, day_rules, period_rules, phrase_rules, recurrence_rules
from bot.language.moments.calendar_spans import Reading
from bot.language.moments.readings import Context, Recur

DOUBTFUL = 0.3
_TO_COME = 0.2  # figures are of days that were; only what ends is asked of those to come
_ONWARD = 0.05  # below what a number costs: the year of `after 1 march 2027` belongs to it
TOP = "phrase"  # the rule of whole phrases


class Frame(NamedTuple):
    """The rule of a frame, its builder, and what a doubtful wording costs."""

    rule: str
    build: Callable[..., Any]
    cost: float = 0.0


def _same(_: Context, value: Any) -> Any:
    return value


def _point(_: Context, value: Any) -> Any:
    return value if isinstance(value, Reading) else None


def _days(_: Context, days: Any) -> Any:
    return days


def _loose(context: Context, recur: Recur, **rest: Any) -> Any:
    return phrase_rules.recurring(context, recur, **rest) if recur.loose and "but" not in rest else None


def _firm(context: Context, recur: Recur, **rest: Any) -> Any:
    return None if recur.loose and "but" not in rest else phrase_rules.recurring(context, recur, **rest)


Builders = Mapping[str, Callable[..., Any]]

_DAYS: Builders = {
    "relative_day": day_rules.relative,
    "ago": day_rules.ago,
    "ahead": day_rules.ahead,
    "weekday": day_rules.weekday,
    "last_weekday": day_rules.last_weekday,
    "next_weekday": day_rules.next_weekday,
    "weekday_of_week": day_rules.weekday_of_week,
    "day_month": day_rules.day_month,
    "day_month_of_year": day_rules.day_month_of_year,
    "holiday": day_rules.holiday_in,
    "holiday_of_year": day_rules.holiday_of_year,
    "start_of": day_rules.start_of,
    "end_of": day_rules.end_of,
    "middle_of": day_rules.middle_of,
    "start_of_unit": day_rules.start_of_unit,
    "end_of_unit": day_rules.end_of_unit,
    "figures": _same,
}
_PLAIN_PERIODS: Builders = {
    "unit_shifted": period_rules.unit_shifted,
    "year_named": period_rules.year_named,
    "unit_before": period_rules.unit_before,
    "last_few": period_rules.last_few,
    "last_one": period_rules.last_one,
    "to_date": period_rules.to_date,
    "month": period_rules.month,
    "month_of_year": period_rules.month_of_year,
    "last_month_named": period_rules.last_month_named,
    "quarter": period_rules.quarter,
    "quarter_of_year": period_rules.quarter_of_year,
    "half_year": period_rules.half,
    "in_year": period_rules.in_year,
    "weekend": period_rules.weekend,
    "week_number": period_rules.week_number,
}
_PERIODS: Builders = {
    "plain_period": _same,
    "week_of": period_rules.week_of,
    "since": period_rules.since,
    "between": period_rules.between,
    "days_of_month": period_rules.days_of_month,
    "figures_of_month": period_rules.figures_of_month,
}
_CLOCKS: Builders = {
    "hour_minute": clock_rules.hour_minute,
    "hour_minute_half": clock_rules.hour_minute_half,
    "hour": clock_rules.hour,
    "hour_half": clock_rules.hour_half,
    "hour_and_minute": clock_rules.hour_and_minute,
    "minutes_past": clock_rules.minutes_past,
    "minutes_to": clock_rules.minutes_to,
    "half_past": clock_rules.half_past,
    "quarter_past": clock_rules.quarter_past,
    "quarter_to": clock_rules.quarter_to,
    "half_to": clock_rules.half_to,
    "quarter_into": clock_rules.quarter_into,
    "minutes_to_half": clock_rules.minutes_to_half,
    "minutes_past_half": clock_rules.minutes_past_half,
    "named_time": clock_rules.named,
}
_RECURRENCES: Builders = {
    "every": recurrence_rules.every,
    "on_days": recurrence_rules.on_days,
    "every_named": recurrence_rules.every_named,
    "every_part": recurrence_rules.every_part,
    "weekly": recurrence_rules.weekly,
    "few_weeks": recurrence_rules.few_weeks,
    "few_days": recurrence_rules.few_days,
    "monthly": recurrence_rules.monthly,
    "monthly_on": recurrence_rules.monthly_on,
    "nth_weekday": recurrence_rules.nth_weekday,
}

FRAMES: Mapping[str, Frame] = MappingProxyType(
    {name: Frame("day", build) for name, build in _DAYS.items()}
    | {name: Frame("plain_period", build) for name, build in _PLAIN_PERIODS.items()}
    | {name: Frame("period", build) for name, build in _PERIODS.items()}
    | {name: Frame("plain_clock", build) for name, build in _CLOCKS.items()}
    | {name: Frame("plain_recur", build) for name, build in _RECURRENCES.items()}
    | {
        "bare_year": Frame("plain_period", period_rules.in_year, DOUBTFUL),
        "day_of_this_month": Frame("day", day_rules.day_of_this_month, 0.5),
        "count": Frame("count", _same),
        "day_number": Frame("dom", _same),
        "day_number_th": Frame("th", _same),
        "point": Frame("point", _point),
        "clock": Frame("clock", _same),
        "clock_in_part": Frame("clock", clock_rules.in_part),
        "said_hour": Frame("said_clock", clock_rules.said_hour),
        "bare_hour": Frame("bare_clock", clock_rules.bare_hour),
        "said_compact": Frame("said_clock", clock_rules.compact),
        "part_phrase": Frame("part_phrase", _same),
        "zone": Frame("zone", _same),
        "lead": Frame("lead", _same),
        "lead_in": Frame("lead_in", _same),
        "tail": Frame("tail", clock_rules.tail),
        "tail_in_part": Frame("tail", clock_rules.tail_in_part),
        "tail_of_part": Frame("tail", clock_rules.tail_of_part),
        "any_tail": Frame("any_tail", _same),
        "bare_tail": Frame("any_tail", clock_rules.tail, DOUBTFUL),
        "weekday_item": Frame("weekday_item", recurrence_rules.one_weekday),
        "weekday_range": Frame("weekday_item", recurrence_rules.weekday_range),
        "habit": Frame("habit_item", recurrence_rules.one_weekday),
        "habit_days": Frame("habit_item", recurrence_rules.named_days),
        "except_days": Frame("but", _days),
        "except_named": Frame("but", recurrence_rules.named_days),
        "recur_but": Frame("recur", recurrence_rules.except_days),
        "recur": Frame("recur", _same),
        "until": Frame("until", phrase_rules.until_point),
        "until_through": Frame("until", phrase_rules.until_through),
        "until_after": Frame("until", phrase_rules.until_after),
        "on_day": Frame(TOP, phrase_rules.on_day),
        "a_period": Frame(TOP, phrase_rules.period),
        "a_coming_period": Frame(TOP, phrase_rules.coming_period, _TO_COME),
        "onward": Frame(TOP, phrase_rules.onward, _ONWARD),
        "afterward": Frame(TOP, phrase_rules.afterward, _ONWARD),
        "next_few": Frame(TOP, phrase_rules.next_few, _TO_COME),
        "days_before": Frame(TOP, phrase_rules.days_before, _TO_COME),
        "next_one": Frame(TOP, phrase_rules.next_one, _TO_COME),
        "once": Frame(TOP, phrase_rules.once),
        "once_in_part": Frame(TOP, phrase_rules.once_in_part),
        "once_within": Frame(TOP, phrase_rules.once_within),
        "at_time": Frame(TOP, phrase_rules.at_time),
        "starting": Frame("starting", phrase_rules.starting),
        "recurring": Frame(TOP, _firm),
        "loosely_recurring": Frame(TOP, _loose, 0.4),
        "several_times": Frame(TOP, phrase_rules.unoffered),
        "times_a_day": Frame(TOP, phrase_rules.times_a_day),
        "unoffered": Frame(TOP, phrase_rules.unoffered),
        "unoffered_days": Frame(TOP, phrase_rules.unoffered_days),
        "an_end": Frame(TOP, _same),
        "step": Frame(TOP, phrase_rules.step),
        "over": Frame(TOP, phrase_rules.over),
    }
)

# `{start}`: the first week of every few weeks.
_RECURRING = (
    "[{_:lead}] {recur}",
    "[{_:lead}] {recur} [,] {tail:any_tail}",
    "{tail} [,] [{_:lead}] {recur}",
    "[{_:lead}] {recur:plain_recur} [,] {tail:any_tail} [,] {but}",
    "[{_:lead}] {recur} [,] {until}",
    "[{_:lead}] {recur} [,] {tail:any_tail} [,] {until}",
    "[{_:lead}] {recur} [,] {until} [,] {tail}",
    "{tail} [,] {recur} [,] {until}",
    "[{_:lead}] {recur} [[,] {tail:any_tail}] [,] {start:starting} [[,] {until}]",
    "[{_:lead}] {recur} [,] {start:starting} [,] {tail}",
)

# The templates of every language, which hold no word.
SHARED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "count": ("{value:number}", "{value:counted}"),
        "day_number": ("{value:number}", "{value:nth}", "{value:th}"),
        "figures": ("{value:date_figures}",),
        "relative_day": ("{days:relative}",),
        "weekday": ("{weekday}",),
        "holiday": ("{holiday}", "{holiday} {year}"),
        "month": ("{month}", "{month} {year}", "{year} - {month:number}", "{month:number} / {year}"),
        "quarter": ("{quarter:quarter_number} / {year}",),
        "bare_year": ("{year}",),
        "weekend": ("{weekend}",),
        "plain_period": ("{value:plain_period}",),
        "point": ("{value:day}", "{value:plain_period}"),
        "hour_minute": ("{figures:clock_figures}",),
        "named_time": ("{named}",),
        "clock": ("{value:plain_clock}",),
        "clock_in_part": ("{clock:plain_clock} {part:part_phrase}",),
        "zone": ("{value:zone_name}",),
        "tail": ("{clock}", "{clock} {zone}"),
        "tail_in_part": ("{part:part_phrase} [,] {clock}", "{part:part_phrase} [,] {clock} {zone}"),
        "tail_of_part": ("{part:part_phrase}",),
        "any_tail": ("{value:tail}",),
        "bare_hour": ("{hour:number}",),
        "bare_tail": ("{clock:bare_clock}",),
        "said_hour": ("{hour:number}", "{hour:counted}"),
        "said_compact": ("{number}",),
        "weekday_item": ("{weekday}",),
        "habit": ("{weekday:weekday_habit}",),
        "habit_days": ("{named:habit_named}",),
        "on_days": ("{days:weekdays}",),
        "every": ("{days:habits}",),
        "every_named": ("{named:every_named}",),
        "recur": ("{value:plain_recur}",),
        "recur_but": ("{recur:plain_recur} [,] {but}",),
        "on_day": ("[{_:lead}] {day}",),
        "a_period": ("[{_:lead_in}] {span:period}",),
        "a_coming_period": ("[{_:lead_in}] {span:period}",),
        "once": (
            "[{_:lead}] {day}",
            "[{_:lead}] {day} [,] {tail:any_tail}",
            "{tail} [,] [{_:lead}] {day}",
        ),
        "once_in_part": ("{today_part}", "{today_part} [,] {clock}"),
        "at_time": ("{tail}",),
        "recurring": _RECURRING,
        "loosely_recurring": _RECURRING[:3],
        "several_times": (
            "[{_:lead}] {_:recur} {_:tail} {_:and} {_:tail}",
            "[{_:lead}] {_:recur} {_:tail} {_:and} {_:bare_clock}",
            "{_:tail} {_:and} ({_:tail}|{_:bare_clock}) {_:recur}",
            "[{_:lead}] {_:recur} {_:tail} {_:and} [{_:lead}] {_:recur} {_:tail}",
        ),
        "an_end": ("{value:until}",),
        "step": ("{step}",),
        "over": ("{over}",),
    }
)
