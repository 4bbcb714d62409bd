"""A wrong schedule is reported with its offset and with sentences that work."""

from collections.abc import Callable

import pytest

from bot.commands.command import ChangeDigest, Command, ForgetMe, HandleDigest, NotUnderstood, ParseProblem

Read = Callable[[str], Command | NotUnderstood]

PROBLEMS = [
    ("digest every foo usage on Exchange", ParseProblem.BAD_SCHEDULE, "foo", "digest every monday usage on Exchange"),
    ("usage on Exchange every hour", ParseProblem.BAD_SCHEDULE, "hour", "usage on Exchange every monday"),
    ("every other monday usage", ParseProblem.BAD_SCHEDULE, "other monday", "every monday usage"),
    ("every 2 weeks usage", ParseProblem.BAD_SCHEDULE, "2 weeks", "every weekday usage"),
    ("every 5 minutes usage on Exchange", ParseProblem.BAD_SCHEDULE, "5 minutes", "every monday usage on Exchange"),
    ("hourly usage on Exchange", ParseProblem.BAD_SCHEDULE, "hourly", "monthly usage on Exchange"),
    ("digest every", ParseProblem.BAD_SCHEDULE, "", "digest every day"),
    ("usage on the 32nd of each month", ParseProblem.BAD_SCHEDULE, "32nd", "usage on the 1st of each month"),
    ("digest on the 32nd usage", ParseProblem.BAD_SCHEDULE, "32nd", "digest on the 1st usage"),
    (
        "usage on the 1st and 15th of each month",
        ParseProblem.BAD_SCHEDULE,
        "1st and 15th",
        "usage on the 15th of each month",
    ),
    (
        "on the first monday of every month usage",
        ParseProblem.BAD_SCHEDULE,
        "first monday",
        "on the 1st of every month usage",
    ),
    ("digest in 0 minutes usage", ParseProblem.BAD_SCHEDULE, "in 0 minutes", "digest in 5 minutes usage"),
    ("digest in 10081 minutes usage", ParseProblem.BAD_SCHEDULE, "in 10081 minutes", "digest in 5 minutes usage"),
    (
        "change digest 3 to whenever",
        ParseProblem.BAD_SCHEDULE,
        "whenever",
        "change digest 3 to every monday at 9:00",
    ),
    ("change digest 3 to 10:00", ParseProblem.BAD_SCHEDULE, "10:00", "change digest 3 to every monday at 9:00"),
    ("every day at 25:00 usage", ParseProblem.BAD_TIME, "25:00", "every day at 17:00 usage"),
    ("every day at 24:00 usage", ParseProblem.BAD_TIME, "24:00", "every day at 17:00 usage"),
    ("every day at 8:5 usage", ParseProblem.BAD_TIME, "8:5", "every day at 8:30 usage"),
    ("every day at 13pm usage", ParseProblem.BAD_TIME, "13pm", "every day at 8:30 usage"),
    ("digest every day at", ParseProblem.BAD_TIME, "", "digest every day at 8:30"),
    ("usage every day on Exchange at 25:00", ParseProblem.BAD_TIME, "25:00", "usage every day on Exchange at 17:00"),
    ("change digest 3 to every day at 25:00", ParseProblem.BAD_TIME, "25:00", "change digest 3 to every day at 17:00"),
    (
        "every day at 9 Europe/Amsterdm usage",
        ParseProblem.BAD_ZONE,
        "Europe/Amsterdm",
        "every day at 9 Europe/Amsterdam usage",
    ),
    (
        "every day at 9 Amsterdm time usage",
        ParseProblem.BAD_ZONE,
        "Amsterdm",
        "every day at 9 Europe/Amsterdam time usage",
    ),
    ("every day at 9 Nowhere/Atall usage", ParseProblem.BAD_ZONE, "Nowhere/Atall", None),
    ("stop digest", ParseProblem.MISSING_NUMBER, "", "digests"),
    ("pause my digests", ParseProblem.MISSING_NUMBER, "", "digests"),
    ("pause digest tomorrow", ParseProblem.MISSING_NUMBER, "tomorrow", "digests"),
    ("change digest to every monday", ParseProblem.MISSING_NUMBER, "to", "digests"),
    ("stop digest 0", ParseProblem.MISSING_NUMBER, "0", "digests"),
    ("stop digest 3 and 4", ParseProblem.UNEXPECTED, "and 4", None),
    ("digest customers", ParseProblem.UNEXPECTED, "customers", "digest"),
    (
        "usage every monday on Exchange every tuesday",
        ParseProblem.TWICE,
        "every tuesday",
        "usage every monday on Exchange",
    ),
    ("tell me a joke every monday", ParseProblem.UNKNOWN, "tell me a joke every monday", None),
]


@pytest.mark.parametrize(("typed", "problem", "found", "first"), PROBLEMS, ids=[ascii(each[0]) for each in PROBLEMS])
def test_digest_problem_is_reported_with_its_offset(
    typed: str, problem: ParseProblem, found: str, first: str | None, read: Read
) -> None:
    answer = read(typed)
    assert isinstance(answer, NotUnderstood)
    assert (answer.problem, answer.found) == (problem, found)
    assert typed[answer.at :].startswith(found)
    assert first is None or first in answer.suggestions


@pytest.mark.parametrize("typed", [each[0] for each in PROBLEMS])
def test_suggestions_change_nothing_when_digest_has_problem(typed: str, read: Read) -> None:
    answer = read(typed)
    assert isinstance(answer, NotUnderstood)
    assert answer.suggestions
    for sentence in answer.suggestions:
        command = read(sentence)
        assert not isinstance(command, NotUnderstood | HandleDigest | ForgetMe)
        assert not isinstance(command, ChangeDigest) or "digest 3" in typed


@pytest.mark.parametrize("typed", ["stop digest", "change digest to every monday"])
def test_answer_asks_for_number_when_it_is_missing(typed: str, read: Read) -> None:
    answer = read(typed)
    assert isinstance(answer, NotUnderstood)
    assert answer.expected


def test_nearest_time_zones_are_suggested_when_zone_is_unknown(read: Read) -> None:
    answer = read("digest every day at 9 Europa/Berlin usage")
    assert isinstance(answer, NotUnderstood)
    assert answer.expected[0] == "Europe/Berlin"
