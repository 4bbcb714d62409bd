from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.commands.command import ChangeDigest, DigestAction, HandleDigest, Name, Usage
from bot.digests.content.digest_content import CHANGES, ROWS, digest_view, foremost
from bot.digests.content.previous_totals import PreviousTotals
from bot.digests.content.share_changes import ShareChange
from bot.domain.conversation import ConversationKind
from bot.domain.figures import LicenseFigures, Licenses
from bot.domain.licensing import Dimension, Entry, ServiceDate
from bot.domain.recurrence import Schedule, Weekly
from bot.query.filters.share_filter import ShareRange
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.query.usage_query import UsageQuery
from bot.store.digests.digest_record import Digest, DigestState
from bot.usage.command_buttons import ask_button
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_answer import UsageAnswer
from cards.draw import draw, summary
from cards.views.digest_views import DigestView, ScheduleView
from cards.wording.locale_words import LocaleWords
from tests.compared_answers import compared_answer
from tests.shown_figures import of, shown

ZONE = ZoneInfo("Europe/Amsterdam")
LAST_TIME = datetime(2018, 10, 8, 8, 30, tzinfo=ZONE)
DIGEST = Digest(
    number=3,
    tenant_id="tenant",
    owner_id="ann",
    owner_name="Ann",
    locale="en-GB",
    time_zone="Europe/Amsterdam",
    question="usage on Exchange by customer",
    command='{"v": 1, "verb": "usage", "on": [{"name": "Exchange"}], "by": ["customer"]}',
    schedule=Schedule(Weekly(frozenset({0})), time(8, 30), "Europe/Amsterdam"),
    conversation_id="19:a",
    kind=ConversationKind.CHANNEL,
    team_id="",
    reference="",
    state=DigestState.ACTIVE,
    reason="",
    next_due=None,
    requested=None,
    misses=0,
    created=0.0,
    previous=None,
    previous_at=LAST_TIME.timestamp(),
    last="sent",
    last_at=None,
    version=1,
)


def answer(*rows: tuple[str, int, int], day: date = date(2018, 10, 14), limit: ShareRange | None = None) -> UsageAnswer:
    made = tuple(
        ReportRow(
            {Dimension.CUSTOMER: Entry(Dimension.CUSTOMER, f"id-{name}", name)},
            of(active, qualified),
            key=(f"id-{name}",),
        )
        for name, active, qualified in rows
    )
    total = LicenseFigures(sum((row.figures.sums for row in made), Licenses()))
    as_of = (ServiceDate("Exchange", day),) if rows else ()
    report = UsageReport((Dimension.CUSTOMER,), made, len(made), total, as_of, frozenset(), len(made))
    return UsageAnswer(Usage(limit=limit), QueryPlan(UsageQuery(), (Dimension.CUSTOMER,), ()), report)


def view(before: UsageAnswer | None, now: UsageAnswer, digest: Digest = DIGEST) -> DigestView:
    earlier = None if before is None else PreviousTotals.of(before.report)
    return digest_view(digest, now, earlier, PreviousTotals.of(now.report))


def test_view_has_changes_and_earlier_total_in_the_schedules_time_zone() -> None:
    told = view(answer(("Contoso", 5, 10), ("Gent", 0, 10)), answer(("Contoso", 0, 10), ("Gent", 2, 10)))
    assert told.when == ScheduleView("weekly", time(8, 30), "Europe/Amsterdam", days=(0,))
    assert told.since == LAST_TIME
    assert told.since.tzinfo == ZONE
    assert told.total_before == shown(5, 20)
    assert told.matched_before == 2
    assert [change.name for change in told.idle] == ["Contoso"]
    assert [(change.before, change.after) for change in told.adopted] == [(shown(0, 10), shown(2, 10))]
    assert told.owner == "Ann"
    assert told.open == ask_button(HandleDigest(DigestAction.OPEN, 3))


def test_no_button_takes_the_place_of_a_posted_digest() -> None:
    told = view(answer(("Contoso", 5, 10), ("Gent", 0, 10)), answer(("Contoso", 0, 10), ("Gent", 2, 10)))
    assert told.settings == ask_button(ChangeDigest(3))
    assert not any(each.replace for each in (told.open, told.settings, told.idle[0].open) if each is not None)


def test_view_has_no_since_when_there_are_no_earlier_figures() -> None:
    assert view(None, answer(("Contoso", 1, 2))).since is None
    never = replace(DIGEST, previous_at=None)
    assert view(answer(("Contoso", 1, 2)), answer(("Contoso", 1, 2)), never).since is None


def test_view_has_the_first_rows_when_there_are_many() -> None:
    rows = [(f"Customer {number}", 1, number) for number in range(19, 0, -1)]
    told = view(None, answer(*rows))
    assert [item.figures.qualified for item in told.usage.items] == [19, 18, 17, 16, 15]
    assert len(told.usage.items) == ROWS
    assert told.usage.matched == 19
    assert told.usage.more is None
    assert told.usage.digest is None
    assert told.largest


def test_view_keeps_the_order_of_rows_when_the_question_picked_them() -> None:
    rows = [(f"Customer {number}", 1, 100 + number) for number in range(1, 20)]
    told = view(None, answer(*rows, limit=ShareRange(high=0.5)))
    assert [item.name for item in told.usage.items] == [f"Customer {number}" for number in range(1, 6)]
    assert told.usage.selected
    assert not told.largest


def test_view_keeps_the_order_when_there_are_few_rows() -> None:
    told = view(None, answer(("A", 1, 2), ("B", 1, 9)))
    assert [item.name for item in told.usage.items] == ["A", "B"]
    assert not told.largest


def test_change_asks_about_its_row_while_it_is_listed() -> None:
    told = view(
        answer(("Contoso", 5, 10), ("Gent", 0, 10), ("Lost", 1, 1)), answer(("Contoso", 0, 10), ("Gent", 2, 10))
    )
    (idle,), (adopted,), (gone,) = told.idle, told.adopted, told.gone
    assert idle.open == ask_button(Usage(customers=(Name("Contoso", id="id-Contoso"),)))
    assert adopted.open == ask_button(Usage(customers=(Name("Gent", id="id-Gent"),)))
    assert gone.open is None


def test_only_row_of_a_digest_is_the_whole_question() -> None:
    told = view(answer(("Contoso", 5, 10)), answer(("Contoso", 0, 10)))
    assert [each.open for each in told.idle] == [None]


def test_each_kind_of_change_is_listed_when_there_are_many_changes() -> None:
    def many(count: int) -> list[ShareChange]:
        return [ShareChange(f"{number}", of(1, 2), of(0, 2)) for number in range(count)]

    assert [len(kind) for kind in foremost([many(90), many(90), many(90), many(90), many(90)])] == [1, 1, 1, 1, 1]
    assert [len(kind) for kind in foremost([many(90), [], many(1), [], []])] == [4, 0, 1, 0, 0]
    assert [len(kind) for kind in foremost([many(90), [], [], [], []])] == [CHANGES, 0, 0, 0, 0]
    assert [len(kind) for kind in foremost([[], [], [], [], []])] == [0] * 5


def test_view_lists_what_is_gone_when_the_question_finds_nothing() -> None:
    below = ShareRange(high=0.5, high_included=False)
    told = view(answer(("Contoso", 1, 10), limit=below), answer(limit=below))
    assert told.usage.items == ()
    assert [change.name for change in told.gone] == ["Contoso"]
    card = draw(told, LocaleWords.load("en-GB"))
    assert "Nothing is within the limits of this question right now." in str(card)


def test_summary_says_no_new_figures_when_the_day_is_the_same() -> None:
    told = view(answer(("Contoso", 1, 10)), answer(("Contoso", 1, 10)))
    assert told.same_day
    assert "has no new figures" in summary(told, LocaleWords.load("en-GB"))
    newer = view(answer(("Contoso", 1, 10)), answer(("Contoso", 1, 10), day=date(2018, 10, 21)))
    assert summary(newer, LocaleWords.load("en-GB")).endswith("No change since Monday, 8 October 2018, 08:30.")


def test_view_says_late_and_skipped_in_the_schedules_time_zone() -> None:
    now = answer(("Contoso", 1, 10))
    told = digest_view(DIGEST, now, None, PreviousTotals.of(now.report), late_for=LAST_TIME.timestamp(), skipped=True)
    assert told.late_for == LAST_TIME
    assert told.late_for is not None
    assert told.late_for.tzinfo == ZONE
    assert told.skipped


def test_view_uses_utc_when_the_time_zone_is_unknown() -> None:
    lost = replace(DIGEST, schedule=replace(DIGEST.schedule, zone="Europe/Atlantis"))
    told = view(answer(("Contoso", 1, 10)), answer(("Contoso", 2, 10)), lost)
    assert told.since is not None
    assert told.since.tzname() == "UTC"
    assert "6:30 (UTC)" in str(draw(told, LocaleWords.load("en-GB")))


def test_digest_that_compares_two_days_shows_both() -> None:
    now = compared_answer([("A", "Exchange", 62, 100), ("B", "Exchange", 1, 2)], [("A", "Exchange", 48, 100)])
    told = digest_view(DIGEST, now, None, PreviousTotals.of(now.report), today=date(2018, 10, 14))
    assert told.usage.items[0].before == shown(62, 100)
    assert not told.largest
    text = str(draw(told, LocaleWords.load("en-US")))
    assert "'▼\N{NO-BREAK SPACE}14'" in text.replace("\\xa0", "\N{NO-BREAK SPACE}")
    assert "active, was 62" in text
    assert "1 is not in the later figures" in text
    assert "Figures of October 14, 2018, compared with September 14, 2018" in text
