"""Digests in everyday words: schedule, question, and actions on existing digests."""

from collections.abc import Callable
from datetime import date, time

import pytest

from bot.commands.command import (
    ChangeDigest,
    Command,
    DigestAction,
    ForgetMe,
    HandleDigest,
    Hello,
    Help,
    ListDigests,
    NewDigest,
    Usage,
)
from bot.domain.recurrence import EVERY_DAY, WEEKDAYS, Monthly, OneDay, OneTime, Schedule, Weekly
from bot.language.sentence.command_sentence import sentence_of
from cards.views.answer_views import NotUnderstoodView, View

Read = Callable[[str], Command | View]


def on(*days: int) -> Weekly:
    return Weekly(frozenset(days))


NINE = time(9)
MONDAYS = Schedule(on(0), NINE)
DAILY, WORKING = Weekly(EVERY_DAY), Weekly(WEEKDAYS)
WHEN = {
    "every monday 8:30": Schedule(on(0), time(8, 30)),
    "every Monday at 08:30": Schedule(on(0), time(8, 30)),
    "Every MONDAY, 8:30,": Schedule(on(0), time(8, 30)),
    "every monday": MONDAYS,
    "every week": MONDAYS,
    "weekly": MONDAYS,
    "once a week": MONDAYS,
    "on mondays": MONDAYS,
    "mondays at 9": MONDAYS,
    "at 9 every monday": MONDAYS,
    "at 9:00 on mondays": MONDAYS,
    "every monday morning": MONDAYS,
    "every monday in the afternoon": Schedule(on(0), time(14)),
    "weekly on friday": Schedule(on(4), NINE),
    "every week on friday at 16:00": Schedule(on(4), time(16)),
    "every mon, wed and fri at 8.30": Schedule(on(0, 2, 4), time(8, 30)),
    "every tuesday and thursday": Schedule(on(1, 3), NINE),
    "each tuesday & thursday": Schedule(on(1, 3), NINE),
    "every weekday at 9": Schedule(WORKING, NINE),
    "every working day at 9": Schedule(WORKING, NINE),
    "every monday to friday at 9": Schedule(WORKING, NINE),
    "every mon-fri at 9": Schedule(WORKING, NINE),
    "every friday to monday": Schedule(on(4, 5, 6, 0), NINE),
    "every weekend": Schedule(on(5, 6), NINE),
    "every day": Schedule(DAILY, NINE),
    "daily at 7am": Schedule(DAILY, time(7)),
    "every day at 5pm": Schedule(DAILY, time(17)),
    "every day at 5:15 p.m.": Schedule(DAILY, time(17, 15)),
    "every day at 12am": Schedule(DAILY, time(0)),
    "every day at 12 pm": Schedule(DAILY, time(12)),
    "every day at noon": Schedule(DAILY, time(12)),
    "every day at midnight": Schedule(DAILY, time(0)),
    "every day 17h30": Schedule(DAILY, time(17, 30)),
    "every day at 17h": Schedule(DAILY, time(17)),
    "every day at 9 o'clock": Schedule(DAILY, NINE),
    "every day at 8 in the evening": Schedule(DAILY, time(20)),
    "every evening": Schedule(DAILY, time(18)),
    "every morning at 8": Schedule(DAILY, time(8)),
    "every day at 17:00 Europe/Amsterdam": Schedule(DAILY, time(17), "Europe/Amsterdam"),
    "every day at 9 america/new_york": Schedule(DAILY, NINE, "America/New_York"),
    "every day at 9 new york time": Schedule(DAILY, NINE, "America/New_York"),
    "every day at 9 Amsterdam time": Schedule(DAILY, NINE, "Europe/Amsterdam"),
    "every day at 9 (Europe/Amsterdam)": Schedule(DAILY, NINE, "Europe/Amsterdam"),
    "every day at 9 in Europe/Amsterdam": Schedule(DAILY, NINE, "Europe/Amsterdam"),
    "every day at 9 UTC": Schedule(DAILY, NINE, "UTC"),
    "every day at 9 gmt": Schedule(DAILY, NINE, "UTC"),
    "at 9 UTC every day": Schedule(DAILY, NINE, "UTC"),
    "every month": Schedule(Monthly(1), NINE),
    "monthly at 8": Schedule(Monthly(1), time(8)),
    "on the 1st of each month": Schedule(Monthly(1), NINE),
    "on the first day of every month": Schedule(Monthly(1), NINE),
    "every month on the 15th at 8": Schedule(Monthly(15), time(8)),
    "every 15th": Schedule(Monthly(15), NINE),
    "on the last day of every month": Schedule(Monthly(31), NINE),
    "monthly on the last day": Schedule(Monthly(31), NINE),
    "on the 31st of each month": Schedule(Monthly(31), NINE),
    "in 1 minute": Schedule(OneTime(1)),
    "in 5 minutes": Schedule(OneTime(5)),
    "in five minutes": Schedule(OneTime(5)),
    "in an hour": Schedule(OneTime(60)),
    "in half an hour": Schedule(OneTime(30)),
}
# A day alone is a schedule only after a request for a digest.
WHEN_ASKED = {
    "mondays": MONDAYS,
    "the last day of the month": Schedule(Monthly(31), NINE),
    "monday 8:30": Schedule(OneDay(date(2018, 10, 29)), time(8, 30)),
    "on monday at 9": Schedule(OneDay(date(2018, 10, 29)), NINE),
    "on the 15th": Schedule(OneDay(date(2018, 11, 15)), NINE),
    "in 2 hours": Schedule(OneDay(date(2018, 10, 24)), time(12)),
    "in 3 days": Schedule(OneDay(date(2018, 10, 27)), NINE),
    "in 1 week": Schedule(OneDay(date(2018, 10, 31)), NINE),
}
EXCHANGE = "usage on Exchange below 50%"


@pytest.mark.parametrize(("words", "schedule"), (WHEN | WHEN_ASKED).items())
def test_digest_has_schedule_that_was_typed(words: str, schedule: Schedule, read: Read, read_known: Read) -> None:
    expected = NewDigest(_question(EXCHANGE, read), schedule)
    for typed in (f"digest {words} {EXCHANGE}", f"digest {EXCHANGE} {words}"):
        assert read(typed) == expected
        assert read_known(typed) == expected
    assert read(sentence_of(expected)) == expected


@pytest.mark.parametrize(("words", "schedule"), WHEN.items())
def test_question_is_digest_when_it_has_schedule(words: str, schedule: Schedule, read: Read) -> None:
    question = _question("usage for TEST COMPANY on Exchange", read)
    assert read(f"usage for TEST COMPANY on Exchange {words}") == NewDigest(question, schedule)
    assert read(f"{words} usage for TEST COMPANY on Exchange") == NewDigest(question, schedule)


def _question(text: str, read: Read) -> Usage:
    question = read(text)
    assert isinstance(question, Usage)
    return question


SAID = {
    "digest every monday 8:30 for TEST COMPANY on Exchange": (
        "digest every monday at 08:30 usage for TEST COMPANY on Exchange"
    ),
    "schedule usage on Exchange every monday": "digest every monday at 09:00 usage on Exchange",
    "schedule a report for TEST COMPANY every monday": "digest every monday at 09:00 usage for TEST COMPANY",
    "send me usage on Exchange every monday": "digest every monday at 09:00 usage on Exchange",
    "post usage on Teams every monday": "digest every monday at 09:00 usage on Teams",
    "remind me every friday of usage on Exchange": "digest every friday at 09:00 usage on Exchange",
    "notify me weekly about usage on Teams": "digest every monday at 09:00 usage on Teams",
    "subscribe me to usage on Teams every friday at 5 p.m.": "digest every friday at 17:00 usage on Teams",
    "a weekly digest of usage on Exchange": "digest every monday at 09:00 usage on Exchange",
    "create a weekly digest for TEST COMPANY": "digest every monday at 09:00 usage for TEST COMPANY",
    "start a digest every monday usage on Teams": "digest every monday at 09:00 usage on Teams",
    "weekly report on Exchange": "digest every monday at 09:00 usage on Exchange",
    "I want a digest of Exchange usage every Monday at 9am": "digest every monday at 09:00 usage on Exchange",
    "can you send me a daily digest of usage on Teams at 8am please": "digest every day at 08:00 usage on Teams",
    "how many licenses does TEST COMPANY use on Exchange every monday?": (
        "digest every monday at 09:00 usage for TEST COMPANY on Exchange"
    ),
    "usage for TEST COMPANY every monday on Exchange below 50% at 7": (
        "digest every monday at 07:00 usage for TEST COMPANY on Exchange below 50%"
    ),
    "usage on Exchange, every monday, at 9": "digest every monday at 09:00 usage on Exchange",
    "who is not using Exchange every monday": ("digest every monday at 09:00 usage on Exchange by customer at most 0%"),
    "top 10 customers on Exchange every monday": "digest every monday at 09:00 top 10 on Exchange by customer",
    "every monday customers on Exchange below 50%": (
        "digest every monday at 09:00 usage on Exchange by customer below 50%"
    ),
    "digest customers on Exchange": "digest usage on Exchange by customer",
    "every monday at 9 filter workloadCode eq 'SFB'": "digest every monday at 09:00 filter workloadCode eq 'SFB'",
    "digest usage on Exchange": "digest usage on Exchange",
    "digset usage on Exchange": "digest usage on Exchange",
    "make this a digest usage on Exchange": "digest usage on Exchange",
    "usage on Exchange as a digest": "digest usage on Exchange",
}


@pytest.mark.parametrize(("typed", "canonical"), SAID.items())
def test_everyday_sentence_is_read_as_digest(typed: str, canonical: str, read: Read, read_known: Read) -> None:
    command = read(typed)
    assert isinstance(command, NewDigest)
    assert sentence_of(command) == canonical
    assert read(canonical) == command
    assert isinstance(read_known(typed), NewDigest)


ORDERS: dict[str, Command] = {
    **dict.fromkeys(
        (
            "digests",
            "Digests!",
            "my digests",
            "list digests",
            "show my digests",
            "what digests do I have?",
            "list of digests",
        ),
        ListDigests(),
    ),
    **dict.fromkeys(
        (
            "stop digest 3",
            "delete digest #3",
            "remove the digest 3",
            "cancel digest no. 3",
            "digest 3 stop",
            "stop digest three",
            "unsubscribe from digest 3",
            "please stop digest 3, thanks",
            "could you delete my digest 3 please?",
        ),
        HandleDigest(DigestAction.STOP, 3),
    ),
    "pause digest 3": HandleDigest(DigestAction.PAUSE, 3),
    **dict.fromkeys(("resume digest 3", "continue digest 3"), HandleDigest(DigestAction.RESUME, 3)),
    **dict.fromkeys(("run digest 3", "run digest 3 now"), HandleDigest(DigestAction.RUN, 3)),
    **dict.fromkeys(
        ("show digest 3", "open digest 3", "digest 3", "show me digest #3"), HandleDigest(DigestAction.OPEN, 3)
    ),
    **dict.fromkeys(
        (
            "change digest 3 to every tuesday at 9",
            "move digest 3 to every tuesday at 9",
            "reschedule digest #3 every tuesday at 9:00 please",
            "change digest 3 to tuesday",
        ),
        ChangeDigest(3, Schedule(on(1), NINE)),
    ),
    "change digest 3": ChangeDigest(3),
    **dict.fromkeys(("forget me", "delete my data", "erase everything about me", "forget me please"), ForgetMe()),
    **dict.fromkeys(("help digest", "digest help"), Help("digest")),
    "help digests": Help("digests"),
    "help forget me": Help("forget_me"),
    **dict.fromkeys(("thanks", "thank you!", "ok", "ok, thanks a lot"), Hello()),
}


@pytest.mark.parametrize(("typed", "command"), ORDERS.items())
def test_action_on_digest_is_understood(typed: str, command: Command, read: Read, read_known: Read) -> None:
    assert read(typed) == command
    assert read_known(typed) == command
    assert read(sentence_of(command)) == command


NO_DIGESTS = {
    "usage as of last monday": "usage as of 2018-10-22",
    "usage last monday": "usage as of 2018-10-22",
    "usage on each workload": "usage by workload",
    "usage for each customer": "usage by customer",
    "send me usage on Exchange": "usage on Exchange",
    "usage for Daily Planet on Exchange": "usage for Daily Planet on Exchange",
    "usage for Weekly News Ltd": "usage for Weekly News Ltd",
    "usage for Every Day Ltd": "usage for Every Day Ltd",
    "usage for Every Day Ltd on Exchange": "usage for Every Day Ltd on Exchange",
    "usage for Digest Media": "usage for Digest Media",
}


@pytest.mark.parametrize(("typed", "canonical"), NO_DIGESTS.items())
def test_question_without_schedule_is_no_digest(typed: str, canonical: str, read: Read) -> None:
    command = read(typed)
    assert isinstance(command, Usage)
    assert sentence_of(command) == canonical


@pytest.mark.parametrize("until", ["until yesterday", "until 2018-01-01"])
def test_pause_until_a_day_that_is_past_is_impossible_and_no_question(until: str, read: Read) -> None:
    view = read(f"pause digest 4 {until}")
    assert isinstance(view, NotUnderstoodView)
    assert (view.problem, view.suggestions) == ("impossible", ())


def test_order_for_another_day_offers_no_question_about_usage(read: Read) -> None:
    view = read("stop digest 3 yesterday")
    assert isinstance(view, NotUnderstoodView)
    assert (view.problem, view.suggestions) == ("not_offered.later", ())


@pytest.mark.parametrize("change", ["to below 30%", "to friday blarg"])
def test_change_that_is_not_understood_offers_the_settings(change: str, read: Read) -> None:
    view = read(f"change digest 1 {change}")
    assert isinstance(view, NotUnderstoodView)
    assert view.problem == "not_understood"
    assert [each.text for each in view.suggestions] == ["change digest 1"]
