"""The view of a trend. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.commands.answer_kind import AnswerKind, TrendMeasure, TrendStep
from bot.commands.command import NewDigest, Usage
from bot.domain.compared_days import DayRange
from bot.domain.licensing import Dimension
from bot.language.sentence.command_sentence import sentence_of
from bot.query.reports.day_figures import DayFigures
from bot.usage.command_buttons import ask_button
from bot.usage.kinds.kind_answer import ShownPart
from bot.usage.kinds.trend.trend_days import TrendPlan, stepped_back
from bot.usage.kinds.trend.trend_points import GapKind, TrendPoint, came_and_went, is_of_several
from bot.usage.personal.ignored_customers import shown_again
from bot.usage.query_plan import QueryPlan
from bot.usage.question_scope import corrections, narrowed, scope_names
from bot.usage.shown_figures import age_of, shown_figures
from bot.usage.stable_names import readable_question
from cards.views.button_payload import AskButton
from cards.views.kinds.trend_view import TrendPointView, TrendView
from cards.views.usage_views import Figures

# Steps of a range: what a longer one may have at most, and a shorter one at least.
MOST_STEPS = {TrendStep.MONTH: 24, TrendStep.WEEK: 26}
FEWEST_STEPS = 3


def trend_view(
    command: Usage, plan: QueryPlan, days: TrendPlan, points: Sequence[TrendPoint], part: ShownPart
) -> TrendView:
    """Return what a card shows of a trend.

    Figures that only this person has seen are in no digest: what is posted can be fetched today.
    """
    points = [_fetched(each) if part.posted else each for each in points]
    several = is_of_several(points)
    changes = [came_and_went(points, each) for each in (Dimension.WORKLOAD, Dimension.PRODUCT)]
    newest = days.days[-1]
    return TrendView(
        question=sentence_of(readable_question(command, (*plan.scope, *plan.excluded)), part.language),
        scope=scope_names(plan),
        narrowed=narrowed(command, plan, part.today),
        corrected=corrections(plan),
        points=tuple(_point(each, several=several) for each in points),
        step=days.step.value,
        every=days.every,
        several=several,
        came=tuple(dict.fromkeys(entry.label for came, _ in changes for entry in came)),
        gone=tuple(dict.fromkeys(entry.label for _, gone in changes for entry in gone)),
        outside=newest < days.first,
        shorter=_with_steps(command, days, newest, -1),
        longer=_with_steps(command, days, newest, 1),
        stepped=_stepped(command, days),
        usage=ask_button(
            replace(command, kind=AnswerKind.FIGURES, step=None, measure=None, period=None, as_of=command.day)
        ),
        digest=ask_button(NewDigest(replace(command, as_of=None, period=None))) if part.digests else None,
        again=ask_button(command, replace=True),
        ignored=shown_again(plan),
        measure=(command.measure or TrendMeasure.ACTIVE).value,
        age=age_of(_newest_days(points), part.today),
    )


def _newest_days(points: Sequence[TrendPoint]) -> list[date]:
    """Return the days of the newest figures that there are."""
    last = next((each.found for each in reversed(points) if each.found is not None), None)
    return [] if last is None else [last.day, *([last.oldest] if last.oldest is not None else [])]


def _fetched(point: TrendPoint) -> TrendPoint:
    kept = point.found is not None and point.found.seen is not None
    return replace(point, found=None, gap=GapKind.NONE) if kept else point


def _point(point: TrendPoint, *, several: bool) -> TrendPointView:
    found = point.found
    if found is None:
        return TrendPointView(point.day, gap="" if point.gap is None else point.gap.value)
    return TrendPointView(found.day, _figures(found, several=several), seen=found.seen, oldest=found.oldest)


def _figures(found: DayFigures, *, several: bool) -> Figures:
    """Return the figures of a day: as those of several workloads if other days have them."""
    only = found.workloads[0].label if several and found.workloads and len(found.workloads) == 1 else ""
    return replace(shown_figures(found.figures, only), several=several)


def _with_steps(command: Usage, days: TrendPlan, newest: date, direction: int) -> AskButton | None:
    """Return the button for a range half as long, or twice as long; None if there is none."""
    length = max(_steps(days, newest), 1)
    wanted = length * 2 if direction > 0 else length // 2
    if not FEWEST_STEPS <= wanted <= MOST_STEPS[days.step] or days.first > newest:
        return None
    period = DayRange(stepped_back(newest, days.step, wanted), command.day)
    return ask_button(replace(command, as_of=None, period=period, step=days.step))


def _steps(days: TrendPlan, newest: date) -> int:
    """Return how many whole steps the range has."""
    count = 0
    while count <= MOST_STEPS[days.step] and stepped_back(newest, days.step, count + 1) >= days.first:
        count += 1
    return count


def _stepped(command: Usage, days: TrendPlan) -> AskButton:
    """Return the button for the same question with the other step."""
    other = TrendStep.MONTH if days.step is TrendStep.WEEK else TrendStep.WEEK
    return ask_button(replace(command, step=other))
