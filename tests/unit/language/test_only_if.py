"""What is offered in place of a condition on a digest, and how one is printed.

The sentences themselves are in tests/language/only-if.jsonl.
"""

from collections.abc import Callable
from datetime import UTC, datetime, time

import pytest

from bot.commands.command import ChangeDigest, Command, Name, NewDigest, Usage
from bot.commands.run_condition import ALWAYS, RunCondition
from bot.digests.content.condition_check import condition_view
from bot.domain.licensing import Dimension
from bot.domain.recurrence import Schedule, Weekly
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.sentence.command_sentence import sentence_of
from bot.language.vocabulary.vocabulary import languages
from bot.usage.sentence_result import result_of
from cards.parts.schedule_text import condition_in_words
from cards.views.answer_views import NotUnderstoodView, View
from cards.wording.locale_words import LocaleWords
from tests.demo_directory import demo_directory

Read = Callable[[str], Command | View]

MONDAYS = Schedule(Weekly(frozenset({0})), time(9))
NOW = datetime(2018, 10, 24, 10, tzinfo=UTC)
CHANGED = RunCondition(changed=True)


def offered(view: Command | View) -> list[str]:
    assert isinstance(view, NotUnderstoodView)
    return [each.text for each in view.suggestions]


def test_condition_that_cannot_be_tested_is_refused_by_its_words(read_known: Read) -> None:
    view = read_known("every monday usage on Exchange only if TEST COMPANY is below 50%")
    assert isinstance(view, NotUnderstoodView)
    assert (view.problem, view.found) == ("not_offered.condition", "only if TEST COMPANY is below 50%")
    assert view.understood == ("every monday", "Exchange")
    assert offered(view) == ["digest every monday at 09:00 usage on Exchange", "digest usage on Exchange"]


def test_digest_that_is_posted_once_is_offered_without_its_condition(read: Read) -> None:
    view = read("digest on 2018-12-24 at 9 usage on Exchange only if something changed")
    assert isinstance(view, NotUnderstoodView)
    assert (view.problem, view.found) == ("not_offered.condition_once", "only if something changed")
    assert offered(view)[0] == "digest on 2018-12-24 at 09:00 usage on Exchange"


def test_words_that_may_pick_the_lines_or_the_times_are_asked_about(read: Read) -> None:
    view = read("every monday usage on Exchange only if below 50%")
    assert isinstance(view, NotUnderstoodView)
    assert view.problem == "near"
    assert offered(view) == [
        "digest every monday at 09:00 usage on Exchange below 50%",
        "digest every monday at 09:00 usage on Exchange only if a line is below 50%",
    ]


def test_condition_of_an_order_is_refused_and_nothing_is_done(read: Read) -> None:
    for order in ("stop", "pause", "run"):
        assert isinstance(read(f"{order} digest 2 only if something changed"), NotUnderstoodView)


@pytest.mark.parametrize("said", ["only if something changed", "digest only if something changed"])
def test_condition_alone_opens_the_form_with_it(said: str, read: Read) -> None:
    assert read(said) == NewDigest(Usage(), only=CHANGED)


def test_word_that_is_not_understood_is_told_beside_a_condition(read_known: Read) -> None:
    view = read_known("every monday blah usage on Exchange only if something changed")
    assert isinstance(view, NotUnderstoodView)
    assert (view.problem, view.found) == ("not_understood", "blah")


@pytest.mark.parametrize(
    ("only", "printed"),
    [
        (CHANGED, "only if something changed"),
        (RunCondition(below=0.125), "only if a line is below 12.5%"),
        (RunCondition(drops_below=1.0), "only if a line drops below 100%"),
        (RunCondition(unused_above=0), "only if a line has more than 0 unused licenses"),
    ],
)
def test_condition_is_printed_behind_the_question_and_before_a_filter(
    only: RunCondition, printed: str, read: Read
) -> None:
    for question, sentence in (
        ("usage on Exchange", f"usage on Exchange {printed}"),
        ("usage on Exchange filter channel eq 'direct'", f"usage on Exchange {printed} filter channel eq 'direct'"),
        ("filter channel eq 'direct'", f"{printed} filter channel eq 'direct'"),
    ):
        asked = read(question)
        assert isinstance(asked, Usage)
        command = NewDigest(asked, MONDAYS, only)
        assert sentence_of(command) == f"digest every monday at 09:00 {sentence}"
        assert read(sentence_of(command)) == command


def test_alert_that_cannot_watch_is_refused_and_a_digest_is_offered(read: Read) -> None:
    view = read("tell me when a customer drops below 30% on Teams since october")
    assert isinstance(view, NotUnderstoodView)
    assert view.problem == "not_offered.alert"
    assert offered(view)[:2] == [
        "digest every day at 09:00 usage on Teams by customer only if a line drops below 30%",
        "digest usage on Teams by customer only if a line drops below 30%",
    ]
    assert offered(read("alert me when usage on Teams drops"))[0] == (
        "digest every day at 09:00 usage on Teams only if something changed"
    )


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("usage on Exchange last month only if something changed", "digest usage on Exchange"),
        ("usage on Exchange on monday only if something changed", "digest usage on Exchange"),
        (
            "every monday usage on Exchange only if something changed since last week",
            "digest every monday at 09:00 usage on Exchange",
        ),
    ],
)
def test_digest_with_a_day_is_no_digest_and_is_offered_without_it(said: str, instead: str, read: Read) -> None:
    view = read(said)
    assert isinstance(view, NotUnderstoodView)
    assert view.problem == "conflict.schedule_day"
    assert offered(view) == [f"{instead} only if something changed"]


def test_condition_of_a_question_opens_the_form_with_it(read: Read) -> None:
    view = read("usage on Exchange by customer if something drops below 50%")
    assert view == NewDigest(
        Usage(subjects=(Name("Exchange"),), by=(Dimension.CUSTOMER,)), only=RunCondition(drops_below=0.5)
    )


@pytest.mark.parametrize("language", languages())
def test_every_language_has_words_for_every_condition(language: str) -> None:
    conditions = (CHANGED, RunCondition(below=0.5), RunCondition(drops_below=0.5), RunCondition(unused_above=2), ALWAYS)
    printed = {sentence_of(ChangeDigest(2, only=only), language) for only in conditions}
    assert len(printed) == len(conditions)
    if language != "en":
        assert printed.isdisjoint(sentence_of(ChangeDigest(2, only=only)) for only in conditions)


def test_sentence_of_many_words_that_open_a_condition_is_read_to_its_end(read: Read) -> None:
    assert isinstance(read("every monday usage on Exchange " + "only if " * 100), NotUnderstoodView)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    "only", [CHANGED, RunCondition(below=0.5), RunCondition(drops_below=0.125), RunCondition(unused_above=20)]
)
def test_words_of_the_cards_are_read_as_the_condition(language: str, only: RunCondition) -> None:
    told = condition_in_words(condition_view(only), LocaleWords.load(language))
    question = NewDigest(Usage(subjects=(Name("Exchange"),)), MONDAYS)
    typed = f"{sentence_of(question, language)}, {told[0].lower()}{told[1:]}"
    made = result_of(SentenceReader(demo_directory().spans, NOW).read(typed, language), typed)
    assert isinstance(made, NewDigest), typed
    assert made.only == only
