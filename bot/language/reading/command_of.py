"""The command that carries out a meaning, or what of it is not offered. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.commands import command as commands
from bot.commands.alert_question import EACH_DAY, as_watched, is_watchable
from bot.commands.answer_kind import AnswerKind, TrendMeasure
from bot.commands.command import (
    ChangeDigest,
    Clause,
    Command,
    DigestAction,
    Export,
    ExportForm,
    HandleDigest,
    Name,
    NewDigest,
    Usage,
)
from bot.commands.documents.document_values import DIGESTS_LIMIT, LARGEST_NUMBER
from bot.commands.meaning import Act, Meaning, Named, Unit
from bot.commands.run_condition import ALERT
from bot.domain.licensing import Dimension
from bot.domain.report_kind import SeatMeasure
from bot.language.composing.question import FILES
from bot.language.reading.limits.command_limits import amount_ranges, line_order, share_range
from bot.language.reading.limits.kind_limits import lists_by_kind, not_of_kind
from bot.language.reading.limits.seat_measures import in_figures, seats_of
from bot.language.reading.not_offered import Contradiction, NotOffered
from bot.language.reading.question_days import question_days
from bot.query.filters.share_filter import TopBottom

_CLAUSES = {
    Dimension.CUSTOMER: Clause.FOR,
    Dimension.WORKLOAD: Clause.ON,
    Dimension.SERVICE: Clause.ON,
    Dimension.PRODUCT: Clause.IN,
    Dimension.CHANNEL: Clause.VIA,
}
# Dimensions whose ids are not typed by accident. An id stays valid when the name changes.
BY_ID = frozenset({Dimension.CUSTOMER, Dimension.PRODUCT})
_FILED = frozenset({Act.USAGE, Act.COMPARE, Act.EXPORT})  # what a file may have
PAUSES = frozenset({"pause", "mute"})
_ACCOUNT: dict[str, Callable[[], Command]] = {
    "sign_in": commands.SignIn,
    "sign_out": commands.SignOut,
    "who_am_i": commands.WhoAmI,
    "forget_me": commands.ForgetMe,
}


def command_of(meaning: Meaning) -> Command | NotOffered | Contradiction:
    """Return what carries out `meaning`.

    A name that is several things' stays as it was typed.
    """
    made = _export if meaning.output in FILES and meaning.act in _FILED else _MADE.get(meaning.act)
    return NotOffered(meaning.act.value) if made is None else made(meaning)


def _digest(meaning: Meaning) -> Command | NotOffered | Contradiction:
    question = _usage(meaning)
    return NewDigest(question, meaning.schedule, meaning.only) if isinstance(question, Usage) else question


def _alert(meaning: Meaning) -> Command | NotOffered | Contradiction:
    question = _usage(replace(meaning, only=None))
    if not isinstance(question, Usage):
        return question
    schedule = meaning.schedule or EACH_DAY
    if schedule.once or not is_watchable(question):
        return NotOffered(Act.ALERT.value)
    return NewDigest(as_watched(question), schedule, ALERT)


def _export(meaning: Meaning) -> Command | NotOffered | Contradiction:
    if meaning.output not in FILES:
        return NotOffered(meaning.output or "export")  # "export a chart"
    shown = replace(meaning, output="")
    if meaning.kind not in (AnswerKind.FIGURES, AnswerKind.RENEWALS):
        return NotOffered("export")
    question = _compared(shown) if meaning.act is Act.COMPARE else _usage(shown)
    return Export(question, ExportForm(meaning.output)) if isinstance(question, Usage) else question


def _compared(meaning: Meaning) -> Usage | NotOffered | Contradiction:
    return NotOffered("compare") if meaning.versus is None else _usage(meaning)


def _trend(meaning: Meaning) -> Usage | NotOffered | Contradiction:
    if meaning.kind is not AnswerKind.TREND:
        return NotOffered("trend")
    if meaning.output in FILES:
        return NotOffered("export")
    shown = "" if meaning.output == "chart" else meaning.output  # the card draws one
    return _usage(replace(meaning, output=shown))


def _has_lines(meaning: Meaning) -> bool:
    """Return True if lines of an answer are asked for, each by itself: a trend has one line for everything."""
    return bool(meaning.by or meaning.keep or meaning.conditions or meaning.moved or meaning.versus)


def _account(meaning: Meaning) -> Command | NotOffered:
    if meaning.do == "language":
        known = meaning.language != "other"
        return commands.ChooseLanguage(meaning.language or None) if known else NotOffered("tongue")
    made = _ACCOUNT.get(meaning.do)
    return made() if made is not None else NotOffered(meaning.do)


def _followed(meaning: Meaning) -> Command | NotOffered:
    """Return the change of the list; only customers are in it, and one whose name is left out stays where it is."""
    customers = _names(meaning, Dimension.CUSTOMER)
    if len(customers) < len(dict.fromkeys(each.entries for each in meaning.names)):
        return NotOffered("follow")
    if not customers:
        return commands.MyCustomers()
    return commands.Follow(customers) if meaning.do == "follow" else commands.Unfollow(customers)


def _ignored(meaning: Meaning) -> Command | NotOffered:
    """Return the change of what is left out of every answer; only customers and trials are."""
    customers = _names(
        replace(meaning, names=tuple(replace(each, negative=False) for each in meaning.names)), Dimension.CUSTOMER
    )
    if len(customers) < len(dict.fromkeys(each.entries for each in meaning.names)):
        return NotOffered("ignore")
    if not (customers or meaning.trials):
        return commands.IgnoredList()
    if meaning.do == "ignore":
        return commands.Ignore(customers, meaning.trials, digests=bool(meaning.of))
    return commands.ShowAgain(customers, meaning.trials)


def _list(meaning: Meaning) -> Command | NotOffered:
    match meaning.of:
        case "customers":
            return commands.Customers(meaning.search or None)
        case "workloads":
            return commands.Workloads()
        case "digests":
            return commands.ListDigests()
        case "mine":
            return commands.MyCustomers()
    return NotOffered("list")


def _managed(meaning: Meaning) -> Command | NotOffered:
    numbers = meaning.target if isinstance(meaning.target, tuple) else ()
    if not meaning.target or any(not 0 < each <= LARGEST_NUMBER for each in numbers):
        return NotOffered("digest")
    timed = meaning.schedule is not None or meaning.clock is not None
    one = meaning.target != "all" and len(numbers) <= 1
    if meaning.do in ("change", DigestAction.OPEN) and not one:
        return NotOffered("several_digests")
    dated = meaning.day is not None or meaning.period is not None or meaning.versus is not None
    if dated or (timed and meaning.do != "change"):
        return NotOffered("later")  # "stop digest 3 on friday": it would be stopped now
    return _changed(meaning, numbers) if meaning.do == "change" else _handled(meaning, numbers)


def _changed(meaning: Meaning, numbers: tuple[int, ...]) -> Command | NotOffered:
    if meaning.until is not None or (meaning.schedule is not None and meaning.clock is not None):
        return NotOffered("later")
    number = numbers[0] if numbers else None
    return ChangeDigest(number, meaning.schedule, meaning.clock, last=not numbers, only=meaning.only)


def _handled(meaning: Meaning, numbers: tuple[int, ...]) -> Command | NotOffered:
    if meaning.until is not None and meaning.do not in PAUSES:
        return NotOffered("later")
    if len(numbers) > DIGESTS_LIMIT:
        return NotOffered("several_digests")
    act = DigestAction.PAUSE if meaning.do in PAUSES else DigestAction(meaning.do)
    first = numbers[0] if numbers else None
    last, every = meaning.target == "last", meaning.target == "all"
    return HandleDigest(act, first, numbers[1:], last=last, every=every, until=meaning.until)


def _usage(meaning: Meaning) -> Usage | NotOffered | Contradiction:
    if (missing := _not_shown(meaning) or not_of_kind(meaning)) is not None:
        return missing
    seats = seats_of(meaning)
    if seats is not None and meaning.kind is AnswerKind.TREND:  # of usage only
        return NotOffered("trend")
    figured = in_figures(meaning, seats)
    return figured if isinstance(figured, NotOffered) else _question(figured, seats)


def _question(meaning: Meaning, seats: SeatMeasure | None) -> Usage | NotOffered | Contradiction:
    limit = share_range(tuple(each for each in meaning.conditions if each.unit is Unit.PERCENT))
    amounts = amount_ranges(tuple(each for each in meaning.conditions if each.unit is Unit.LICENSES))
    if isinstance(limit, NotOffered | Contradiction):
        return limit
    if isinstance(amounts, NotOffered | Contradiction):
        return amounts
    order = line_order(meaning.keep, by_unused=meaning.kind is not AnswerKind.RENEWALS)
    if isinstance(order, NotOffered | Contradiction):
        return order
    days = question_days(meaning)
    if isinstance(days, NotOffered):
        return days
    return Usage(
        customers=_names(meaning, Dimension.CUSTOMER),
        mine=meaning.mine,
        subjects=_names(meaning, Dimension.WORKLOAD, Dimension.SERVICE),
        products=_names(meaning, Dimension.PRODUCT),
        channels=_names(meaning, Dimension.CHANNEL),
        excluded=tuple((_CLAUSES[each.dimension], _name(each)) for each in meaning.names if each.negative),
        by=() if lists_by_kind(meaning) else meaning.by or _lines(meaning, order),
        limit=limit,
        amounts=amounts,
        order=order,
        as_of=days.as_of,
        period=days.period,
        versus=days.versus,
        expression=meaning.expression,
        kind=meaning.kind,
        ahead=meaning.ahead,
        step=meaning.step,
        seats=seats,
        renewing=meaning.renewing,
        measure=_shown(meaning),
    )


def _shown(meaning: Meaning) -> TrendMeasure | None:
    """Return the number that a trend shows; None if it is not said, and for other answers, which show all."""
    said = meaning.measure if meaning.kind is AnswerKind.TREND else None
    return None if said is None else TrendMeasure(said.value)


def _not_shown(meaning: Meaning) -> NotOffered | None:
    """Return what the answer of one day cannot show, None if it shows everything."""
    if meaning.period is not None and meaning.act is Act.DIGEST:
        return NotOffered("range")  # a digest is about the newest figures each time
    if meaning.kind is AnswerKind.TREND and _has_lines(meaning):
        return NotOffered("trend_lines")
    return None if meaning.output in ("", "count", "table") else NotOffered(meaning.output)


def _lines(meaning: Meaning, order: TopBottom | None) -> tuple[Dimension, ...]:
    """Return a line for each customer for `most unused licenses`, which is no order of the command."""
    ranked = meaning.keep is not None and order is None
    return (Dimension.CUSTOMER,) if ranked and not meaning.called(Dimension.CUSTOMER) else ()


def _names(meaning: Meaning, *dimensions: Dimension) -> tuple[Name, ...]:
    return tuple(dict.fromkeys(_name(each) for each in meaning.called(*dimensions)))


def _name(named: Named) -> Name:
    if len(named.entries) > 1:
        # The next sentence may choose one of several: then they are looked up again, by how they are spelled.
        spelled = {entry.name for entry in named.entries}
        return Name(spelled.pop() if named.corrected and len(spelled) == 1 else named.text)
    entry = named.entries[0]
    # The id stays valid when the name changes. The code of a workload is no id that people see.
    return Name(entry.label, id=entry.id if entry.dimension in BY_ID and entry.id not in ("", entry.label) else None)


_MADE: Mapping[Act, Callable[[Meaning], Command | NotOffered | Contradiction]] = {
    Act.USAGE: _usage,
    Act.COMPARE: _compared,
    Act.TREND: _trend,
    Act.RENEWALS: _usage,
    Act.CALLS: _usage,
    Act.DIGEST: _digest,
    Act.ALERT: _alert,
    Act.EXPORT: _export,
    Act.LIST: _list,
    Act.MANAGE: _managed,
    Act.ACCOUNT: _account,
    Act.FOLLOW: _followed,
    Act.IGNORE: _ignored,
    Act.HELP: lambda _: commands.Help(),
}
