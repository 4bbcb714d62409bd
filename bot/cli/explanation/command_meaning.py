"""The meaning of a command, as plain data for programs. Pure; the keys are stable.

A field is present only if the sentence says it, except `by`: the lines of the answer are always present. Ratios are in
percent, days in ISO format.
"""

from collections.abc import Mapping
from decimal import Decimal

from bot.cli.explanation.person_clock import PersonClock
from bot.cli.explanation.resolved_question import ResolvedQuestion
from bot.commands.command import (
    Account,
    ChangeDigest,
    ChooseLanguage,
    Command,
    HandleDigest,
    Hello,
    Help,
    ListDigests,
    NewDigest,
)
from bot.commands.verbs import verb_of
from bot.digests.schedule.due_times import upcoming
from bot.domain.recurrence import (
    EVERY_DAY,
    EveryFewWeeks,
    Monthly,
    MonthlyWeekday,
    OneDay,
    OneTime,
    Schedule,
    Weekly,
)
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.filter_compiler import compile_filter
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.usage.query_plan import default_by

Meaning = Mapping[str, object]
MOMENTS = 3


def simple_meaning(command: Command, clock: PersonClock) -> Meaning:
    """Return the meaning of a command that holds no usage question. Raises ZoneError."""
    verb = verb_of(command)
    searched = {"search": getattr(command, "search", None)}
    match command:
        case Hello() | Help():
            return _said({"act": "help", "topic": command.topic if isinstance(command, Help) else None})
        case HandleDigest(action):
            target = "all" if command.every else list(command.numbers) or "last"
            until = {"until": command.until.isoformat()} if command.until else {}
            return {"act": "manage", "do": action.value, "target": target, **until}
        case ChangeDigest(number, schedule, at):
            when = {"schedule": {"time": at.isoformat("minutes")}} if at else scheduled(schedule, clock)
            return {"act": "manage", "do": "change", "target": "last" if number is None else [number], **when}
        case ChooseLanguage(code):
            return _said({"act": "account", "do": verb.name, "language": code})
        case _ if isinstance(command, Account):
            return {"act": "account", "do": verb.name}
    is_list = verb.lists is not None or isinstance(command, ListDigests)
    return _said(({"act": "list", "of": verb.name} if is_list else {"act": verb.name}) | searched)


def _said(meaning: Mapping[str, object]) -> Meaning:
    """Without the fields that were not said."""
    return {key: value for key, value in meaning.items() if value is not None}


def usage_meaning(resolved: ResolvedQuestion) -> Meaning:
    """Return the meaning of a usage question.

    There is no `filter` if no name is left that could narrow it.
    """
    question, expression = resolved.question, resolved.plan.query.expression
    meaning: dict[str, object] = {"act": "usage"}
    if expression is not None or resolved.unresolved is None:
        meaning["filter"] = compile_filter(expression) if expression else ""
    meaning["by"] = [dimension.value for dimension in question.by or default_by(question)]
    if conditions := [*_conditions(question.limit), *_amounts(question.amounts)]:
        meaning["conditions"] = conditions
    if question.order:
        meaning["keep"] = _keep(question.order)
    if question.as_of:
        meaning["day"] = question.as_of.isoformat()
    return meaning


def digest_meaning(command: NewDigest, resolved: ResolvedQuestion, clock: PersonClock) -> Meaning:
    """Return the meaning of a digest: its question's, and its schedule.

    Raises ZoneError.
    """
    return {**usage_meaning(resolved), "act": "digest", **scheduled(command.schedule, clock)}


def scheduled(schedule: Schedule | None, clock: PersonClock) -> Meaning:
    if schedule is None:
        return {}
    count = 1 if schedule.once else MOMENTS
    due = upcoming(clock.on_this_clock(schedule), clock.now, count, since=clock.now)
    return {"schedule": {"kind": _kind(schedule), "next": [moment.isoformat() for moment in due]}}


def _kind(schedule: Schedule) -> str:
    match schedule.on:
        case OneTime() | OneDay():
            return "once"
        case Monthly() | MonthlyWeekday():
            return "monthly"
        case EveryFewWeeks():
            return "other"
        case Weekly(days):
            return "daily" if days == EVERY_DAY else "weekly"


def _conditions(limit: ShareRange | None) -> list[Meaning]:
    if limit is None:
        return []
    bounds = ((limit.low, ">", limit.low_included), (limit.high, "<", limit.high_included))
    return [
        {"measure": "share", "operator": operator + "=" * included, "value": _percent(bound), "unit": "%"}
        for bound, operator, included in bounds
        if bound is not None
    ]


def _amounts(amounts: tuple[AmountRange, ...]) -> list[Meaning]:
    return [
        {"measure": amount.measure.value, "operator": operator, "value": bound, "unit": "licenses"}
        for amount in amounts
        for bound, operator in ((amount.low, ">="), (amount.high, "<="))
        if bound is not None
    ]


def _percent(fraction: float) -> int | float:
    """Exact: 0.07 is 7, not 7.000000000000001."""
    percent = Decimal(repr(fraction)).scaleb(2)
    return int(percent) if percent == percent.to_integral_value() else float(percent)


def _keep(order: TopBottom) -> Meaning:
    return {"end": "bottom" if order.lowest else "top", "n": order.count, "measure": order.measure or "share"}
