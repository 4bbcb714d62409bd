"""A meaning as plain data for programs: the keys of `explain --lines`. Pure."""

from collections.abc import Iterable

from bot.cli.explanation.person_clock import PersonClock
from bot.cli.explanation.schedule_fields import scheduled
from bot.commands.answer_kind import AnswerKind
from bot.commands.documents.condition_document import only_fields
from bot.commands.meaning import Act, Condition, Meaning, Named, Versus
from bot.digests.schedule.due_times import upcoming
from bot.domain.licensing import Dimension
from bot.domain.recurrence import EVERY_DAY, Schedule, Weekly
from bot.language.reading.limits.seat_measures import seats_of
from bot.names.offline_names import by_what_is_known
from bot.query.filters.expression import And, Eq, Expression, Ne, Or
from bot.query.filters.filter_compiler import compile_filter

_QUESTIONS = frozenset({Act.USAGE, Act.COMPARE, Act.TREND, Act.RENEWALS, Act.CALLS, Act.DIGEST, Act.ALERT, Act.EXPORT})

_LINES = {
    AnswerKind.RENEWALS: (Dimension.CUSTOMER, Dimension.PRODUCT),
    AnswerKind.CALLS: (Dimension.CUSTOMER,),
}


def meaning_fields(meaning: Meaning, clock: PersonClock) -> dict[str, object]:
    """Return the fields that were said, and `by` of a question. Raises ZoneError."""
    fields: dict[str, object] = {"act": meaning.act.value}
    if meaning.act in _QUESTIONS:
        expression = filter_of(meaning)
        fields["filter"] = compile_filter(expression) if expression is not None else ""
        fields["by"] = [each.value for each in _LINES.get(meaning.kind) or meaning.by or default_lines(meaning)]
    fields |= _selected(meaning)
    fields |= _dated(meaning)
    fields |= scheduled(meaning.schedule, clock)
    if meaning.clock is not None:
        daily = clock.on_this_clock(Schedule(Weekly(EVERY_DAY), meaning.clock))
        first = upcoming(daily, clock.now, 1, since=clock.now)  # its days are those of the digest
        fields["schedule"] = {"kind": "other", "next": [moment.isoformat() for moment in first]}
    if meaning.only is not None:
        fields["only"] = only_fields(meaning.only)
    return fields | _other(meaning)


def _selected(meaning: Meaning) -> dict[str, object]:
    fields: dict[str, object] = {}
    if meaning.measure is not None:
        fields["measure"] = meaning.measure.value
    if meaning.keep is not None:
        end = "top" if meaning.keep.top else "bottom"
        fields["keep"] = {"end": end, "n": meaning.keep.n, "measure": meaning.keep.measure.value}
    if meaning.conditions:
        fields["conditions"] = [_condition(each) for each in meaning.conditions]
    return fields


def _dated(meaning: Meaning) -> dict[str, object]:
    fields: dict[str, object] = {}
    if meaning.day is not None:
        fields["day"] = meaning.day.isoformat()
    if meaning.kind is not AnswerKind.FIGURES:
        fields["kind"] = meaning.kind.value
    if meaning.ahead is not None:
        fields["ahead"] = meaning.ahead
    if meaning.renewing is not None:
        fields["renewing"] = meaning.renewing.value
    if meaning.period is not None:
        fields["from"], fields["to"] = (each.isoformat() for each in meaning.period)
    if (versus := meaning.versus) is not None:
        fields["versus"] = _versus(versus)
    if meaning.step is not None:
        fields["step"] = meaning.step.value
    if meaning.moved is not None:
        fields["moved"] = meaning.moved.value
    return fields


def _versus(versus: Versus) -> dict[str, object]:
    if versus.first is None:
        return {"days_ago": versus.ago}
    first = versus.first.isoformat()
    return {"day": first} if versus.last is None else {"from": first, "to": versus.last.isoformat()}


def _other(meaning: Meaning) -> dict[str, object]:
    said = {
        "output": meaning.output,
        "do": meaning.do,
        "target": meaning.target if isinstance(meaning.target, str) else list(meaning.target),
        "customers": [each.entries[0].label for each in meaning.names]
        if meaning.act in (Act.FOLLOW, Act.IGNORE)
        else [],
        "until": "" if meaning.until is None else meaning.until.isoformat(),
        "of": meaning.of,
        "search": meaning.search,
        "mine": meaning.mine,
        "trials": meaning.trials,
        "topic": meaning.topic,
        "language": meaning.language,
    }
    return {key: value for key, value in said.items() if value}


def _condition(condition: Condition) -> dict[str, object]:
    value = int(condition.value) if condition.value == int(condition.value) else condition.value
    return {
        "measure": condition.measure.value,
        "operator": condition.operator,
        "value": value,
        "unit": condition.unit.value,
    }


def filter_of(meaning: Meaning) -> Expression | None:
    """Return the filter that keeps the rows of what was named; None for everything."""
    groups = (
        (Dimension.CUSTOMER,),
        (Dimension.WORKLOAD, Dimension.SERVICE),
        (Dimension.PRODUCT,),
        (Dimension.CHANNEL,),
    )
    every = ([_is(each) for each in meaning.called(*group) if len(each.entries) == 1] for group in groups)
    terms: list[Expression] = [found[0] if len(found) == 1 else Or(tuple(found)) for found in every if found]
    if meaning.expression is not None:
        terms.append(meaning.expression)
    terms += [Ne(term.field, term.value) for term in map(_is, _excluded(meaning))]
    if len(terms) > 1:
        return And(tuple(terms))
    return terms[0] if terms else None


def _excluded(meaning: Meaning) -> Iterable[Named]:
    return (each for each in meaning.names if each.negative and len(each.entries) == 1)


def _is(named: Named) -> Eq:
    return by_what_is_known(named.entries[0])


def default_lines(meaning: Meaning) -> tuple[Dimension, ...]:
    """Return by what the answer is listed if the sentence does not say so."""
    customers = meaning.called(Dimension.CUSTOMER)
    if seats_of(meaning) is not None or meaning.kind is AnswerKind.SOLD_USE:
        return (Dimension.PRODUCT,) if len(customers) == 1 else (Dimension.CUSTOMER,)
    if len(customers) == 1 and not meaning.mine:
        return (Dimension.WORKLOAD, Dimension.PRODUCT)
    if customers or meaning.mine:
        return (Dimension.CUSTOMER,)
    narrowed = meaning.called(Dimension.WORKLOAD, Dimension.SERVICE, Dimension.PRODUCT)
    return (Dimension.CUSTOMER,) if narrowed or meaning.conditions or meaning.keep else (Dimension.WORKLOAD,)
