from datetime import date

from bot.commands.command import NewDigest
from bot.usage.command_buttons import press_of, sentence_on
from bot.usage.usage_view import as_digest
from tests.typed_sentences import parse

TODAY = date(2026, 10, 5)


def test_digest_asks_for_newest_figures_when_question_names_a_day() -> None:
    question = parse("usage for TEST COMPANY on Exchange below 50% as of 2018-10-14", today=TODAY)
    assert sentence_on(as_digest(question)) == "digest usage for TEST COMPANY on Exchange below 50%"


def test_sentence_of_digest_button_is_understood() -> None:
    for text in (
        "usage",
        "top 5 by customer on Teams",
        'usage for "digest every monday 8:30"',
        "filter channel eq 'x'",
    ):
        question = parse(text, today=TODAY)
        pressed = press_of(as_digest(question))
        assert pressed is not None
        assert pressed.asked == NewDigest(question)
