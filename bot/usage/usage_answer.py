"""Use case: answer a usage question with figures."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from bot.commands.command import Usage
from bot.concurrency.first_failure import gather_or_first_failure
from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension
from bot.errors import EndpointMissingError
from bot.language.marking.worded_sentence import ENGLISH
from bot.language.sentence.command_sentence import sentence_of
from bot.names.name_index import NameIndex
from bot.names.offline_names import OfflineNames, by_what_is_known
from bot.partner_center.usage_client import Progress
from bot.query.reports.usage_report import Remark, UsageReport
from bot.usage.compared.compared_figures import ComparedFigures, compared_report, with_shared_details
from bot.usage.compared.compared_view import with_comparison
from bot.usage.compared.day_progress import joined_progress
from bot.usage.distinct_entries import with_details
from bot.usage.memory.recent_reports import RecentReport
from bot.usage.memory.seen_figures import keep_seen, scope_of, seen_in
from bot.usage.onward.drilled_row import with_row_buttons
from bot.usage.onward.no_figures import no_figures
from bot.usage.personal.personal_plan import ignored_by, personal_plan
from bot.usage.query_plan import QueryPlan, Unresolved, plan
from bot.usage.shown_figures import named_by_product
from bot.usage.stable_names import readable_question
from bot.usage.usage_services import UsageServices
from bot.usage.usage_view import usage_view
from cards.views.answer_views import NoMatchView, PickerView, UsageView, View
from cards.views.personal.own_list_view import OwnListView
from cards.views.usage_views import ROWS_ON_CARD

# The rows that a card shows at first; its buttons show the others.
ROWS_AT_FIRST = ROWS_ON_CARD
# The most rows that are sorted on the event loop.
ROWS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class UsageAnswer:
    """The question, the plan that was carried out for it, and the figures.

    `compared` has those of the earlier day, if the question compares two days. `begun` is when it began, for
    `RecentReports.keep`.
    """

    command: Usage
    plan: QueryPlan
    report: UsageReport
    compared: ComparedFigures | None = None
    begun: int | None = None


async def ask(
    command: Usage, caller: Caller, names: NameIndex, services: UsageServices, progress: Progress | None = None
) -> UsageAnswer | PickerView | NoMatchView | OwnListView:
    """Return the answer to a usage question, or a view that asks what a name means.

    Raises PartnerCenterError, NotSignedInError and StoreError.
    """
    planned = await personal_plan(command, caller, names, services)
    if not isinstance(planned, QueryPlan):
        return planned
    return await _figures(command, planned, caller, services, progress, names)


async def ask_by_id(
    command: Usage,
    caller: Caller,
    services: UsageServices,
    missing: EndpointMissingError,
    progress: Progress | None = None,
) -> UsageAnswer:
    """Return the answer from the superseded report, for one tenant id.

    It is used if Partner Center does not have the report that also provides the names. Raises `missing` when no
    customer is named by tenant id, and otherwise what `ask` raises.
    """
    planned = plan(command, OfflineNames(), by_what_is_known)
    if (
        command.mine
        or isinstance(planned, Unresolved)
        or not any(entry.dimension is Dimension.CUSTOMER and entry.id for entry in planned.scope)
    ):
        raise missing
    planned = (await ignored_by(caller, command, planned, None, services)).applied(planned)
    answered = await _figures(command, planned, caller, services, progress)
    found = {entry.id.casefold(): entry for row in answered.report.rows for entry in row.entries.values()}
    scope = tuple(found.get(entry.id.casefold(), entry) for entry in planned.scope)
    return replace(answered, plan=replace(answered.plan, scope=scope))


async def _figures(
    command: Usage,
    planned: QueryPlan,
    caller: Caller,
    services: UsageServices,
    progress: Progress | None,
    names: NameIndex | None = None,
) -> UsageAnswer:
    begun = services.recent.begin()
    day = command.compared_day(services.today(caller))
    queries = [planned.query, *([] if day is None else [replace(planned.query, processed=day)])]
    fetch = services.partner_center.tally
    keep, tells = planned.query.expression, joined_progress(progress, len(queries))
    every = await gather_or_first_failure(
        fetch(caller, query, planned.by, keep=keep, progress=tell) for query, tell in zip(queries, tells, strict=True)
    )
    planned = planned.with_trials(max(each.tally.trials for each in every))
    remarks = ((Remark.SUPERSEDED_API,) if every[0].superseded else ()) + (
        () if command.seats is None else (Remark.ALL_SUPPLIERS,)
    )

    def summed() -> tuple[UsageReport, ComparedFigures | None]:
        later = every[0].tally
        if day is None:
            return with_details(later.report(command.selection, command.order, remarks), names), None
        return with_shared_details(*compared_report(command, day, every[1].tally, later, remarks), names)

    # Sorting 50,000 items takes half a second, and on the event loop it would block all other callers.
    large = sum(each.rows for each in every) > ROWS_AT_ONCE
    report, compared = await asyncio.to_thread(summed) if large else summed()
    if report.as_of:
        services.directories.saw(caller, max(as_of.day for as_of in report.as_of))
    seen, scope = seen_in(command, report), scope_of(planned)
    if seen is not None and scope is not None:
        is_forgotten = partial(services.recent.is_forgotten, caller, begun)
        await keep_seen(services.memory.figures, caller, scope, (seen,), is_forgotten)
    return UsageAnswer(command, planned, report, compared, begun)


async def answer(
    command: Usage,
    caller: Caller,
    names: NameIndex,
    services: UsageServices,
    progress: Progress | None = None,
    shown: int = ROWS_AT_FIRST,
    start: int = 0,
) -> View:
    """Return the view that answers a usage question.

    It is the usage card with the rows up to `shown`, of which those from `start` are new, a picker, or a line that says
    why there are no figures.
    """
    answered = await ask(command, caller, names, services, progress)
    return kept_view(answered, caller, services, shown, start) if isinstance(answered, UsageAnswer) else answered


async def lately(
    command: Usage, caller: Caller, names: NameIndex, services: UsageServices, progress: Progress | None = None
) -> UsageAnswer | PickerView | NoMatchView | OwnListView:
    """Return the answer that the caller saw lately, else fetch it.

    It is kept for a while. Raises what `ask` raises.
    """
    recent = services.recent.find(caller, command)
    if recent is not None:
        return UsageAnswer(command, recent.plan, recent.report, recent.compared)
    answered = await ask(command, caller, names, services, progress)
    if isinstance(answered, UsageAnswer):
        kept_view(answered, caller, services)
    return answered


def more(command: Usage, caller: Caller, services: UsageServices, shown: int, start: int = 0) -> View | None:
    """Return the same answer up to row `shown`, from what the caller saw lately.

    None if that report is not kept any more.
    """
    recent = services.recent.find(caller, command)
    if recent is None:
        return None
    answered = UsageAnswer(command, recent.plan, recent.report, recent.compared)
    question = question_in_words(answered, caller.locale)  # they may have asked in another language before
    made = figures_view(answered, shown, start, question, digests=services.posts_digests, today=services.today(caller))
    return with_row_buttons(made, command, recent.report)


def kept_view(
    answered: UsageAnswer, caller: Caller, services: UsageServices, shown: int = ROWS_AT_FIRST, start: int = 0
) -> View:
    """`view`, and the answer is kept for a while: this caller may ask for more rows."""
    today = services.today(caller)
    made = view(answered, shown, start, digests=services.posts_digests, today=today, language=caller.locale)
    if isinstance(made, UsageView):
        recent = RecentReport(answered.plan, answered.report, answered.compared)
        services.recent.keep(caller, answered.command, recent, answered.begun)
        return with_row_buttons(made, answered.command, answered.report)
    return made


def view(
    answered: UsageAnswer,
    shown: int,
    start: int = 0,
    *,
    digests: bool = False,
    today: date | None = None,
    language: str = ENGLISH,
) -> View:
    """Return the rows of the answer up to `shown`, or why there are none.

    `digests`: offer to post the answer regularly. `today`: say how old the figures are. The question is
    in `language`.
    """
    question = question_in_words(answered, language)
    if not answered.report.rows and not (answered.compared and answered.compared.gone):
        found = RecentReport(answered.plan, answered.report, answered.compared)
        return no_figures(answered.command, found, question)
    return figures_view(answered, shown, start, question, digests=digests, today=today)


def figures_view(
    answered: UsageAnswer,
    shown: int,
    start: int = 0,
    question: str = "",
    *,
    digests: bool = False,
    today: date | None = None,
) -> UsageView:
    """Return the rows of the answer up to `shown`, see `usage_view`.

    If two days are compared, they have the figures of the earlier one.
    """
    command, report = answered.command, answered.report
    made = usage_view(question, command, answered.plan, report, shown, start, digests=digests, today=today)
    made = with_comparison(made, command, report, answered.compared, today)
    subjects = [entry for entry in answered.plan.scope if entry.dimension in (Dimension.WORKLOAD, Dimension.SERVICE)]
    return named_by_product(made) if [each.dimension for each in subjects] == [Dimension.WORKLOAD] else made


def question_in_words(answered: UsageAnswer, language: str = ENGLISH) -> str:
    """Return the sentence that was answered, with names in place of ids."""
    entries = (*answered.plan.scope, *answered.plan.excluded)
    return sentence_of(readable_question(answered.command, entries), language)
