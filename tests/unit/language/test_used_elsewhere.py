"""Products whose use Microsoft shows elsewhere, such as Copilot."""

from datetime import UTC, datetime

import pytest

from bot.commands.command import Name, Usage
from bot.domain.licensing import Dimension, Entry
from bot.domain.report_kind import SeatMeasure
from bot.language.composing.reason import Reason
from bot.language.reading.command_of import command_of
from bot.language.reading.reading import Reading, ReadingOutcome
from bot.language.reading.sentence_reader import SentenceReader
from bot.names.name_index import NameIndex
from bot.names.product_words import shown_elsewhere
from bot.usage.sentence_result import result_of
from cards.views.answer_views import NotUnderstoodView

FABRIKAM = Entry(Dimension.CUSTOMER, "736A947A-843F-4DA7-B1EE-DAFFCC3D5506", "Fabrikam")
EXCHANGE = Entry(Dimension.WORKLOAD, "EXO", "Exchange")
COPILOT = Entry(Dimension.WORKLOAD, "M365COPILOT", "Copilot")
NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)


def read(text: str, *more: Entry, language: str = "en") -> Reading:
    return SentenceReader(NameIndex.of((FABRIKAM, EXCHANGE, *more)).spans, NOW).read(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("copilot adoption at fabrikam", "en"),
        ("gebruik van copilot bij fabrikam", "nl"),
        ("utilisation de copilot chez fabrikam", "fr"),
        ("Copilot-Nutzung bei Fabrikam", "de"),
        ("copilot használat a fabrikamnál", "hu"),
    ],
)
def test_use_of_copilot_is_refused_by_its_name_and_leads_to_what_was_sold(text: str, language: str) -> None:
    reading = read(text, language=language)
    assert (reading.outcome, reading.reason, reading.what) == (ReadingOutcome.REFUSE, Reason.NOT_OFFERED, "copilot")
    view = result_of(reading, text, language)
    assert isinstance(view, NotUnderstoodView)
    assert view.problem == "not_offered.copilot"
    (offer,) = view.suggestions
    sold = Usage(customers=(Name("Fabrikam", id=FABRIKAM.id),), by=(Dimension.PRODUCT,), seats=SeatMeasure.SOLD)
    assert result_of(read(offer.text), offer.text) == sold


def test_copilot_is_answered_if_the_report_has_it() -> None:
    reading = read("copilot adoption at fabrikam", COPILOT)
    assert reading.outcome is ReadingOutcome.ANSWER
    assert reading.meaning is not None
    made = command_of(reading.meaning)
    assert isinstance(made, Usage)
    assert made.subjects == (Name("Copilot"),)


@pytest.mark.parametrize(
    ("text", "key"), [("copilot", "copilot"), ("copilotot", "copilot"), ("copilot 2", ""), ("co", "")]
)
def test_only_the_name_itself_is_used_elsewhere(text: str, key: str) -> None:
    assert shown_elsewhere(text) == key
