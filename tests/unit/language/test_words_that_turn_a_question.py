"""A word that changes what is asked is understood or named, never dropped."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.commands.meaning import Act
from bot.domain.licensing import Dimension, Entry
from bot.language.composing.reason import Reason
from bot.language.reading.command_of import command_of
from bot.language.reading.reading import ReadingOutcome
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.sentence.command_sentence import sentence_of
from bot.names.name_index import NameIndex
from tests.demo_directory import demo_directory

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
WORDS = ("May", "Top", "Everyone", "Monday", "Half")


def reader(*more):
    names = demo_directory()
    entries = [entry for dimension in Dimension for entry in names.entries(dimension)]
    called = [Entry(Dimension.CUSTOMER, f"id-of-{name}", name) for name in more]
    return SentenceReader(NameIndex.of([*entries, *called]).spans, NOW)


def unknown(text):
    reading = reader().read(text)
    assert reading.outcome is not ReadingOutcome.ANSWER
    return [span.text for span in reading.not_understood]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("great customers on Teams", "great"),
        ("perfect usage on Teams", "perfect"),
        ("the newest customers on Teams", "newest"),
        ("customers with Teams but without Skype", "without"),
        ("customers using Teams more than Exchange", "more than"),
        ("not all customers use Teams", "not"),
        ("most customers on Teams", "most customers"),
        ("my team's usage of Exchange", "my team"),
        ("what will Exchange usage be in January", "will"),
        ("Fabrikam should use Teams", "should"),
    ],
)
def test_word_that_turns_a_question_is_named(text, word):
    assert word in " ".join(unknown(text))


@pytest.mark.parametrize("text", ["great! customers on Teams", "thanks, great. customers on Teams"])
def test_praise_before_a_question_of_its_own_is_a_courtesy(text):
    assert reader().read(text).outcome is ReadingOutcome.ANSWER


@pytest.mark.parametrize(
    "text", ["customers on at least one of Teams and Skype", "Fabrikam yesterday between 9 and 12"]
)
def test_number_of_something_else_is_no_percentage(text):
    reading = reader().read(text)
    assert reading.outcome is not ReadingOutcome.ANSWER
    assert reading.meaning.conditions == ()


def test_staff_of_a_customer_is_no_number_of_users():
    assert "50" in unknown("customers with more than 50 employees")
    assert reader().read("customers with more than 50 employees on Teams").meaning.conditions


def test_first_lines_of_each_line_are_not_the_first_pairs():
    assert reader().read("top 3 products per customer").reason is Reason.NOT_UNDERSTOOD


@pytest.mark.parametrize("text", ["email me the usage of Fabrikam", "send the usage of Fabrikam by mail"])
def test_mail_is_refused_by_its_name(text):
    reading = reader().read(text)
    assert (reading.reason, reading.what) == (Reason.NOT_OFFERED, "mail")
    assert [named.text for named in reading.meaning.names] == ["Fabrikam"]


def test_another_day_makes_no_digest_of_a_question():
    read = reader().read
    before = read("usage for Fabrikam").meaning
    assert read("make it friday", before=before).outcome is ReadingOutcome.ASK
    assert read("make it every friday", before=before).meaning.act is Act.DIGEST


def test_digests_of_a_range_are_no_time_of_the_day():
    assert reader().read("pause digests 1 to 3").meaning.target == (1, 2, 3)


def test_change_since_a_day_is_compared_with_that_day():
    versus = reader().read("who lost users on SharePoint since 15 october").meaning.versus
    assert (versus.first.day, versus.last) == (15, None)


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("text", ['usage for "{}" on Teams', '"{}" on Teams', "usage on Teams for “{}”"])
def test_customer_called_by_an_ordinary_word_is_found_in_quotes(word, text):
    reading = reader(*WORDS).read(text.format(word))
    assert reading.outcome is ReadingOutcome.ANSWER
    assert {named.entries[0].name for named in reading.meaning.names} == {word, "Teams"}


def test_customer_called_by_an_ordinary_word_is_found_behind_called():
    assert sentence_of(command_of(reader("Top").read("usage for the customer called Top").meaning)) == 'usage for "Top"'


@pytest.mark.parametrize(
    "text", ["customers using only Teams", "customers that use Teams only", "customers with only E3"]
)
def test_customers_that_use_nothing_else_are_another_question(text):
    assert "only" in unknown(text)


def test_customers_that_use_everything_are_another_question():
    assert unknown("customers using all workloads") == ["all workloads"]


@pytest.mark.parametrize("text", ["cancel that", "pause it", "make it 3"])
def test_what_is_done_with_a_digest_is_not_done_after_a_question(text):
    reading = reader().read(text, before=reader().read("usage for Fabrikam").meaning)
    assert (reading.outcome, reading.reason) == (ReadingOutcome.ASK, Reason.MISSING)
    assert reading.meaning.target != "last"


def test_name_that_replaces_another_one_keeps_the_rest():
    before = reader().read("usage for Fabrikam on Exchange").meaning
    names = reader().read("instead of Fabrikam, Hawthorn", before=before).meaning.names
    assert {each.entries[0].name for each in names if not each.negative} == {"Hawthorn Plastics BV", "Exchange"}


def test_day_beside_a_digest_is_asked_about():
    before = reader().read("digest every monday at 9 usage for Fabrikam").meaning
    assert reader().read("also on friday", before=before).outcome is ReadingOutcome.ASK
    assert reader().read("until march", before=before).outcome is ReadingOutcome.ASK


def test_other_end_of_a_ranking_has_as_many_lines():
    before = reader().read("top 5 customers on Teams").meaning
    keep = reader().read("bottom", before=before).meaning.keep
    assert (keep.top, keep.n) == (False, 5)


def test_this_month_is_compared_with_the_last_one():
    versus = reader().read("compare Fabrikam this month to last month").meaning.versus
    assert (versus.first.month, versus.last.month) == (10, 10)


def test_weekly_on_a_day_is_one_schedule():
    meaning = reader().read("a weekly digest of Fabrikam on fridays at 9").meaning
    assert meaning.schedule.on.days == {4}


@pytest.mark.parametrize("text", ["which ones are below 50%", "who is the worst", "ok now below 50%"])
def test_question_without_a_thing_is_about_the_thing_before(text):
    before = reader().read("usage on Teams by customer").meaning
    assert [each.text for each in reader().read(text, before=before).meaning.names] == ["Teams"]


def test_everyone_after_a_question_is_no_list_of_customers():
    before = reader().read("usage for Fabrikam on Exchange").meaning
    assert reader().read("for all customers", before=before).meaning.act is Act.USAGE


@pytest.mark.parametrize("text", ["paper", "the paper one"])
def test_one_of_several_is_picked_by_a_word_of_its_name(text):
    before = reader().read("usage for Anchor on Teams").meaning
    found = reader().read(text, before=before).meaning.names
    assert [each.entries[0].name for each in found] == ["Anchor Paper SA", "Teams"]


def test_answers_to_nobody_are_no_condition():
    assert unknown("Fabrikam: Exchange yes, Teams no") == ["no"]


@pytest.mark.parametrize(
    ("text", "asked"), [("active vs unused at Fabrikam", False), ("assigned vs active at Fabrikam", True)]
)
def test_measures_beside_each_other_are_those_of_the_answer(text, asked):
    assert (reader().read(text).outcome is not ReadingOutcome.ANSWER) is asked
