"""A digest that says what it is about has nothing of the question before it.

A bare time has all of it.
"""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.commands.command import Command, NewDigest
from bot.domain.compared_days import Movement
from bot.language.reading.meaning_of import meaning_of
from bot.language.reading.reading import Reading
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.sentence.command_sentence import sentence_of
from bot.usage.onward.kept_limits import freed_in
from bot.usage.question_scope import limits_of
from bot.usage.sentence_result import question_in, result_of
from cards.views.answer_views import NotUnderstoodView
from tests.demo_directory import demo_directory

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
STERLING = "usage for Sterling Glass on Teams"
UNUSED = "usage on Exchange with more than 20 unused"
BELOW = "usage on Teams by customer below 50%"
FRIDAYS = "digest every friday at 09:00"
DROPS = "only if a line drops below 40%"

After = Callable[..., Reading]


@pytest.fixture
def after() -> After:
    """Return how the last of several sentences is read."""
    spans = demo_directory().spans

    def after(*texts: str) -> Reading:
        before, reading = None, None
        for text in texts:
            reading = SentenceReader(spans, NOW).read(text, before=before)
            asked = question_in(reading)
            before = before if asked is None else meaning_of(asked, spans)
        assert reading is not None
        return reading

    return after


def printed(reading: Reading, text: str) -> str:
    made = result_of(reading, text)
    assert isinstance(made, Command)
    return sentence_of(made)


@pytest.mark.parametrize("before", [STERLING, UNUSED, BELOW, "who has unused licenses?", f"{FRIDAYS} {STERLING}"])
@pytest.mark.parametrize(
    ("text", "is_made"),
    [
        ("tell me every friday at 9 when any customer drops below 40%", f"usage by customer {DROPS}"),
        ("let me know every friday at 9 if a customer drops below 40% on Exchange",
         f"usage on Exchange by customer {DROPS}"),
        ("every friday at 9 if anyone drops below 40%", f"usage by customer {DROPS}"),
        ("sag mir jeden freitag um 9, wenn ein kunde unter 40% fällt", f"usage by customer {DROPS}"),
        ("digest every friday at 9 on Exchange by customer only when something drops below 40%",
         f"usage on Exchange by customer {DROPS}"),
        ("digest every friday at 9 by customer", "usage by customer"),
        ("digest every friday at 9 on Exchange", "usage on Exchange"),
    ],
)  # fmt: skip
def test_digest_with_a_subject_has_nothing_of_the_question_before(
    before: str, text: str, is_made: str, after: After
) -> None:
    reading = after(before, text)
    assert printed(reading, text) == f"{FRIDAYS} {is_made}"
    assert reading.freed is None


@pytest.mark.parametrize(
    ("text", "is_made"),
    [
        ("every friday at 9", f"{FRIDAYS} {BELOW}"),
        ("digest every friday at 9", f"{FRIDAYS} {BELOW}"),
        ("make that every friday at 9", f"{FRIDAYS} {BELOW}"),
        ("tell me every friday at 9 if something changed", f"{FRIDAYS} {BELOW} only if something changed"),
        ("every friday at 9 only if a customer drops below 40%", f"{FRIDAYS} {BELOW} {DROPS}"),
        ("and every friday at 9 by product", f"{FRIDAYS} usage on Teams by product below 50%"),
    ],
)
def test_digest_without_a_subject_is_about_the_question_before(text: str, is_made: str, after: After) -> None:
    reading = after(BELOW, text)
    assert printed(reading, text) == is_made
    freed, made = freed_in(reading), result_of(reading, text)
    assert freed is not None
    assert isinstance(made, NewDigest)
    assert [each.kind for each in limits_of(made.question)] == ["below"]
    assert limits_of(freed) == ()


def test_movement_of_the_question_before_is_kept_as_a_limit(after: After) -> None:
    reading = after("customers that dropped since last month on Teams", "make that weekly")
    assert reading.meaning is not None
    assert reading.meaning.moved is Movement.DROPPED
    assert reading.freed is not None
    assert reading.freed.moved is None


@pytest.mark.parametrize("before", [STERLING, f"{FRIDAYS} {STERLING} only if something drops below 40%"])
def test_what_is_offered_for_a_refused_condition_is_of_its_sentence(before: str, after: After) -> None:
    text = "tell me every friday at 9 if a customer on Exchange is above 25%"
    view = result_of(after(before, text), text)
    assert isinstance(view, NotUnderstoodView)
    assert view == result_of(after(text), text)
