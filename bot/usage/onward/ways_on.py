"""Where a card leads that could not answer.

The next step of each problem is a button. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from bot.commands.command import (
    ChangeDigest,
    Clause,
    Command,
    Customers,
    Export,
    Help,
    ListDigests,
    SignIn,
    Usage,
    WhoAmI,
    Workloads,
)
from bot.domain.compared_days import Comparison
from bot.domain.figures import LicenseMeasure
from bot.domain.licensing import Dimension
from bot.query.filters.share_filter import TopBottom
from bot.usage.command_buttons import ask_button
from bot.usage.onward.next_questions import DAYS_BEFORE, whole_of
from cards.views.answer_views import ErrorView, NoMatchView, NotUnderstoodView, View
from cards.views.way_views import Way

HELP: tuple[str, Command] = ("way.help", Help())
CUSTOMERS: tuple[str, Command] = ("way.customers", Customers())
WORKLOADS: tuple[str, Command] = ("way.workloads", Workloads())
DIGESTS: tuple[str, Command] = ("digests.all", ListDigests())
SIGN_IN: tuple[str, Command] = ("sign_in.button", SignIn())
ACCOUNT: tuple[str, Command] = ("way.account", WhoAmI())

# Of each problem, what leads on whatever was asked.
WAYS: Mapping[str, tuple[tuple[str, Command], ...]] = MappingProxyType(
    {
        "no_such_digest": (DIGESTS,),
        "digest_not_yours": (DIGESTS,),
        "digest_owner_left": (DIGESTS,),
        "too_many_digests": (DIGESTS,),
        "unknown_zone": (DIGESTS, HELP),
        "not_your_customer": (CUSTOMERS,),
        "not_found_here": (CUSTOMERS,),
        "no_rows": (CUSTOMERS, WORKLOADS),
        "no_rows_fit": (CUSTOMERS, WORKLOADS),
        "seats_without_workloads": (CUSTOMERS,),
        "nothing_sold": (CUSTOMERS,),
        "sold_unknown": (CUSTOMERS,),
        "too_broad": (CUSTOMERS, WORKLOADS),
        "endpoint_missing": (HELP,),
        "bad_request": (HELP,),
        "expired": (HELP,),
        "too_long": (HELP,),
        "only_file": (HELP,),
        "only_picture": (HELP,),
        "only_card": (HELP,),
        "only_emoji": (HELP,),
        "only_forwarded": (HELP,),
        "role_missing": (ACCOUNT,),
        "access_denied": (ACCOUNT,),
        "conditional_access": (ACCOUNT,),
        "token_refused": (ACCOUNT,),
        "factor_not_passed_on": (SIGN_IN, ACCOUNT),
        "still_challenged": (SIGN_IN, ACCOUNT),
        "app_only_refused": (SIGN_IN,),
        "declined": (SIGN_IN,),
        "admin_consent": (SIGN_IN,),
        "other_person": (SIGN_IN,),
        "other_browser": (SIGN_IN,),
        "entra_down": (SIGN_IN,),
        "entra_refused": (SIGN_IN,),
    }
)
MOST = 3  # beside those that know the question
TOP = 100


def with_ways(view: View) -> View:
    """Return the view of a problem with the buttons that lead on from it."""
    match view:
        case ErrorView():
            known = [*(each.action for each in view.ways), view.again]
            further = [each for each in _further(view) if each.action not in known]
            return replace(view, ways=(*view.ways, *further[: max(MOST - len(view.ways), 0)])) if further else view
        case NotUnderstoodView(suggestions=(), other=None):
            return replace(view, ways=tuple(_ways(DIGESTS if view.problem.endswith("digests") else HELP)))
        case NoMatchView(choices=()):
            return replace(view, ways=tuple(_ways(CUSTOMERS if view.dimension == "customer" else WORKLOADS, HELP)))
    return view


def _further(view: ErrorView) -> Iterator[Way]:
    number = str(view.values.get("number", ""))
    if view.problem in ("digest_never_due", "digest_always_posted", "alert_limit") and number.isdecimal():
        yield Way("digest.settings", ask_button(ChangeDigest(int(number))))
    yield from _ways(*WAYS.get(view.problem, ()))


def _ways(*told: tuple[str, Command]) -> Iterator[Way]:
    yield from (Way(title, ask_button(command)) for title, command in told)


def ways_wider(problem: str, command: Usage, newest: date | None = None) -> tuple[Way, ...]:
    """Return the ways from a question without figures to those that there are.

    Each asks the same without what keeps the figures away. `newest` is the newest day there is.
    """
    return tuple(Way(title, ask_button(made)) for title, made in _wider(problem, command, newest) if made != command)


def _wider(problem: str, command: Usage, newest: date | None) -> Iterator[tuple[str, Usage]]:
    match problem:
        case "none_within" | "none_within_known":
            yield "way.no_limits", replace(command, limit=None, amounts=())
        case "none_dropped" | "none_improved" | "none_changed" if command.versus is not None:
            yield "way.all_lines", replace(command, versus=replace(command.versus, only=None))
        case "same_days" if newest is not None:
            earlier = Comparison(Comparison(days=DAYS_BEFORE).day_before(newest))
            yield "compare.earlier", replace(command, versus=earlier, period=None, as_of=None)
        case "no_rows_on_day" | "nothing_sold_on_day":
            yield "way.newest", replace(command, as_of=None, period=None)
        case "no_rows" | "no_rows_fit":
            yield from _with_fewer_names(command)
        case "nothing_sold" | "sold_unknown":
            yield from _with_fewer_names(command)
            yield "usage.to_used", replace(command, seats=None, by=(), limit=None, amounts=(), order=None)


def _with_fewer_names(command: Usage) -> Iterator[tuple[str, Usage]]:
    if command.expression is not None:
        yield "way.no_filter", replace(command, expression=None)
        return
    if command.seats is None and whole_of(command) is not None:
        yield "usage.whole", Usage(customers=command.customers, as_of=command.as_of)
    if (command.customers or command.mine) and (command.subjects or command.products):
        yield "way.all_customers", replace(command, customers=(), mine=False)


def ways_smaller(problem: str, command: Command | None) -> tuple[Way, ...]:
    """Return the way to a question that can be answered.

    To a file that is not too large, or to what was sold without its workload.
    """
    if problem == "seats_without_workloads" and isinstance(command, Usage):
        return tuple(Way(title, ask_button(made)) for title, made in _by_product(command))
    if problem != "export_too_large" or not isinstance(command, Export):
        return ()
    smaller = replace(command, question=replace(command.question, order=TopBottom(TOP, measure=LicenseMeasure.UNUSED)))
    return (Way("way.top", ask_button(smaller)),)


def _by_product(command: Usage) -> Iterator[tuple[str, Usage]]:
    excluded = tuple(each for each in command.excluded if each[0] is not Clause.ON)
    by = tuple(each for each in command.by if each is not Dimension.WORKLOAD)
    yield "usage.to_sold", replace(command, subjects=(), excluded=excluded, by=by, expression=None)
    yield "usage.to_used", replace(command, seats=None, limit=None, amounts=(), order=None)
