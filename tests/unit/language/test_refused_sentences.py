"""A sentence that is not understood is not answered, and the view says why."""

from collections.abc import Callable

import pytest

from bot.commands.command import ChangeDigest, Command, HandleDigest, ListDigests, NewDigest, Usage
from bot.language.marking.worded_sentence import LENGTH_LIMIT
from bot.language.sentence.command_sentence import sentence_of
from cards.views.answer_views import NoMatchView, NotUnderstoodView, View

Read = Callable[[str], Command | View]

REFUSED = {
    "": ("empty", ""),
    "how is the weather": ("not_understood", "weather"),
    "usage by customer blah": ("not_understood", "by"),
    "help rockets": ("not_understood", "rockets"),
    "top 5 bottom 5": ("not_understood", "bottom"),
    "usage below many": ("not_understood", "many"),
    "usage below -5%": ("not_understood", "below"),
    "usage between 20%": ("not_understood", "between"),
    "top zero": ("not_understood", "zero"),
    "top 0 by customer": ("not_understood", "0"),
    "top 20% by customer": ("not_understood", "%"),
    "usage as of soon": ("not_understood", "as"),
    "usage as of 2018-02-30": ("no_such_day", "as of 2018-02-30"),
    "usage as of 03/04/2018": ("several", "2018-03-04 / 2018-04-03"),
    "usage as of 2030-01-01": ("impossible", "2030-01-01"),
    "usage by country": ("not_understood", "country"),
    "filter": ("not_understood", "filter"),
    "filter workloadCode is 'SFB'": ("not_understood", "workloadCode"),
    "filter licensesActive eq '0'": ("not_understood", "filter licensesActive eq '0'"),
    "filter workloadCode eq 'SFB": ("not_understood", "filter workloadCode eq 'SFB"),
    "usage on Exchange filter channel eq": ("not_understood", "filter channel eq"),
    "digest every foo usage on Exchange": ("not_understood", "foo"),
    "usage on Exchange every hour": ("not_offered.recurrence", "usage"),
    "every 5 minutes usage on Exchange": ("not_offered.recurrence", "usage"),
    "hourly usage on Exchange": ("not_offered.recurrence", "usage"),
    "digest on the 32nd usage": ("not_understood", "32nd"),
    "usage on the 1st and 15th of each month": ("not_offered.recurrence", "usage"),
    "change digest 3 to whenever": ("not_understood", "whenever"),
    "every day at 25:00 usage": ("no_such_time", "every day at 25:00"),
    "every day at 13pm usage": ("no_such_time", "every day at 13pm"),
    "usage every day on Exchange at 25:00": ("no_such_time", "at 25:00"),
    "change digest 3 to every day at 25:00": ("no_such_time", "every day at 25:00"),
    "every day at 9 Nowhere/Atall usage": ("not_understood", "Nowhere"),
    "every day at 9 Cuba time usage": ("not_understood", "Cuba"),
    "every day at 9 Europe/Amsterdm usage": ("no_such_zone", "Europe/Amsterdm"),
    "stop digest 0": ("not_offered.digest", "stop"),
    "usage every monday on Exchange every tuesday": ("conflict", "schedule"),
    "tell me a joke every monday": ("missing.question", "question"),
}


@pytest.mark.parametrize(("typed", "why"), REFUSED.items())
def test_sentence_is_refused_by_what_is_wrong_in_it(typed: str, why: tuple[str, str], read: Read) -> None:
    answer = read(typed)
    assert isinstance(answer, NotUnderstoodView)
    assert (answer.problem, answer.found) == why
    assert answer.text in ("", typed)
    assert answer.text[answer.at :].startswith(answer.found) or not answer.text


@pytest.mark.parametrize("typed", REFUSED)
def test_what_is_offered_instead_is_understood(typed: str, read: Read) -> None:
    answer = read(typed)
    assert isinstance(answer, NotUnderstoodView)
    offered = [read(each.text) for each in answer.suggestions]
    assert all(isinstance(each, Command) and not isinstance(each, HandleDigest) for each in offered)


@pytest.mark.parametrize("typed", ["stop digest", "pause my digests", "pause digest tomorrow"])
def test_the_digests_are_listed_when_no_number_is_said(typed: str, read: Read) -> None:
    assert read(typed) == ListDigests()


@pytest.mark.parametrize(
    "typed", ["every other monday usage", "every 2 weeks usage", "on the first monday of each month usage"]
)
def test_schedules_of_every_kind_are_read(typed: str, read: Read) -> None:
    command = read(typed)
    assert isinstance(command, NewDigest)
    assert read(sentence_of(command)) == command


def test_digest_keeps_its_days_when_only_a_time_is_said(read: Read) -> None:
    command = read("change digest 3 to 10:00")
    assert isinstance(command, ChangeDigest)
    assert command.schedule is None


def test_place_is_in_typed_text_when_text_has_markup(read: Read) -> None:
    typed = "<at>Bot</at>&nbsp;usage on Exchange filter workloadCode eq ‘SFB’ oder channel eq ‘x’"
    answer = read(typed)
    assert isinstance(answer, NotUnderstoodView)
    assert answer.at == typed.index("filter")


@pytest.mark.parametrize("typed", ["a" * (LENGTH_LIMIT + 1), "for " * 500_000, "filter " + "(" * 5_000])
def test_text_is_refused_when_it_is_too_long(typed: str, read: Read) -> None:
    answer = read(typed)
    assert isinstance(answer, NotUnderstoodView)
    assert answer.problem == "too_long"


@pytest.mark.parametrize("typed", ["filter " + "(" * 390, "filter " + "(" * 150 + "channel eq 'a'" + ")" * 150])
def test_deep_parentheses_are_refused(typed: str, read: Read) -> None:
    answer = read(typed)
    assert isinstance(answer, NotUnderstoodView)
    assert answer.problem == "too_long"


@pytest.mark.parametrize("said", ["hello", "thanks", "all", "the", "...", "every customer"])
@pytest.mark.parametrize(
    "asked", ['usage for "{}" on Exchange', "digest every day at 9 for “{}” on Exchange", 'top 5 "{}"']
)
def test_name_in_quotes_is_never_left_out(asked: str, said: str, read_known: Read) -> None:
    answer = read_known(asked.format(said))
    assert isinstance(answer, NoMatchView)
    assert answer.typed == said


@pytest.mark.parametrize(
    "typed", ['usage for "" on Exchange', "gebruik voor “” op Exchange", 'digest every day at 9 usage for " "']
)
def test_empty_quotes_in_place_of_a_name_are_not_everybody(typed: str, read_known: Read) -> None:
    answer = read_known(typed)
    assert isinstance(answer, NotUnderstoodView)
    assert answer.problem == "not_understood"


@pytest.mark.parametrize("typed", ['"usage on Exchange please"', 'usage on "the Exchange"', 'usage on Exchange ""'])
def test_quotes_around_what_is_understood_change_nothing(typed: str, read_known: Read) -> None:
    answer = read_known(typed)
    assert isinstance(answer, Usage)
    assert sentence_of(answer) == "usage on Exchange"
