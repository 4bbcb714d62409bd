"""Build the view of a digest from an answer and the totals of the run before.

The view is short, and the changes come first. Pure.
"""

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.commands.command import ChangeDigest, DigestAction, HandleDigest
from bot.digests.content.previous_totals import PreviousTotals, key_of
from bot.digests.content.share_changes import ShareChange, ShareChanges, changes
from bot.digests.schedule.due_times import zone_of
from bot.digests.schedule.schedule_view import schedule_view
from bot.errors import ZoneError
from bot.store.digests.digest_record import Digest
from bot.usage.command_buttons import ask_button
from bot.usage.onward.drilled_row import about_row, mark_of_row, with_row_questions
from bot.usage.shown_figures import shown_figures
from bot.usage.usage_answer import UsageAnswer, figures_view, question_in_words
from bot.usage.usage_view import selected
from cards.views import digest_views
from cards.views.answer_views import UsageView
from cards.views.button_payload import AskButton
from cards.views.digest_views import BecauseView, DigestView

ROWS = 5
CHANGES = 5  # listed by name, of all kinds together


def digest_view(
    digest: Digest,
    answered: UsageAnswer,
    before: PreviousTotals | None,
    now: PreviousTotals,
    *,
    late_for: float | None = None,
    skipped: bool = False,
    today: date | None = None,
    because: BecauseView | None = None,
) -> DigestView:
    """Return the view of `digest`.

    It is a record, and stays: what its buttons ask is answered on another card.

    `now` is `PreviousTotals.of(answered.report)`, `before` the totals of the last run, None if there are none.
    `late_for` is when the digest was due (Unix seconds) if it is noticeably late, otherwise None. `skipped`: earlier
    occurrences were skipped. `today`: say how old the figures are. `because`: why it is posted.

    The work grows with the number of rows. Call it in a thread if there are more than ten thousand.
    """
    view = DigestView(
        number=digest.number,
        usage=_shortened(answered, today, digest.locale),
        when=schedule_view(digest.schedule),
        owner=digest.owner_name,
        late_for=None if late_for is None else moment_in_zone(late_for, digest),
        skipped=skipped,
        largest=_largest_first(answered),
        open=ask_button(HandleDigest(DigestAction.OPEN, digest.number)),
        settings=ask_button(ChangeDigest(digest.number)),
        because=because,
    )
    found = changes(before, now)
    if found is None or digest.previous_at is None:
        return view
    return _with(replace(view, since=moment_in_zone(digest.previous_at, digest)), found, answered)


def _with(view: DigestView, found: ShareChanges, answered: UsageAnswer) -> DigestView:
    """Return the view with the most important changes, and the number of changes of each kind."""
    every = foremost((found.idle, found.adopted, found.moves, found.came, found.gone))
    asking = _questions({each.key for kind in every for each in kind}, answered)
    idle, adopted, moves, came, gone = (tuple(_change(each, asking.get(each.key)) for each in kind) for kind in every)
    return replace(
        view,
        total_before=None if found.total_before is None else shown_figures(found.total_before),
        matched_before=found.matched_before,
        idle=idle,
        adopted=adopted,
        moves=moves,
        came=came,
        gone=gone,
        idle_total=len(found.idle),
        adopted_total=len(found.adopted),
        moves_total=len(found.moves),
        came_total=len(found.came),
        gone_total=len(found.gone),
        same_day=found.same_day,
        certain=found.certain,
    )


def foremost(kinds: Sequence[Sequence[ShareChange]]) -> list[tuple[ShareChange, ...]]:
    """Return the first changes of each kind, `CHANGES` in all.

    They are taken one of each kind in turn, so that no kind crowds out another.
    """
    counts = [0] * len(kinds)
    for _ in range(CHANGES):
        for index, kind in enumerate(kinds):
            if counts[index] < len(kind) and sum(counts) < CHANGES:
                counts[index] += 1
    return [tuple(kind[:count]) for kind, count in zip(kinds, counts, strict=True)]


def _questions(keys: Set[str], answered: UsageAnswer) -> dict[str, AskButton]:
    """Return the buttons that ask about the rows with these keys.

    What is not listed any more has none, and a single row is the whole question.
    """
    report, asking = answered.report, dict[str, AskButton]()
    for row in report.rows if len(report.rows) > 1 else ():
        if len(asking) == len(keys):
            break
        if (key := key_of(row, report.by)) in keys and mark_of_row(row, report.by):
            asking[key] = ask_button(about_row(answered.command, answered.plan, row, report.by))
    return asking


def _shortened(answered: UsageAnswer, today: date | None, language: str) -> UsageView:
    """Return the card of the question with the first `ROWS` rows.

    A tap on a row asks about it anew, with the rights of who taps: a digest is a record, and stays.
    """
    shown = figures_view(answered, ROWS, question=question_in_words(answered, language), today=today)
    return replace(with_row_questions(shown, answered.command, answered.plan, answered.report), more=None)


def _largest_first(answered: UsageAnswer) -> bool:
    ordered = selected(answered.command) or answered.compared is not None
    return len(answered.report.rows) > ROWS and not ordered


def moment_in_zone(seconds: float, digest: Digest) -> datetime:
    """Return the time in the zone of the schedule.

    It is in UTC if the zone data no longer has this zone.
    """
    at = datetime.fromtimestamp(seconds, UTC)
    try:
        return at.astimezone(zone_of(digest.schedule))
    except ZoneError:
        return at


def _change(change: ShareChange, asking: AskButton | None) -> digest_views.ChangeView:
    return digest_views.ChangeView(
        change.name,
        None if change.before is None else shown_figures(change.before),
        None if change.after is None else shown_figures(change.after),
        asking,
    )
