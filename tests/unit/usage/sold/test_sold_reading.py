"""Products that only were sold are names in questions about sold licenses."""

from datetime import UTC, datetime

import pytest

from bot.commands.command import Export, NewDigest, Usage
from bot.commands.meaning import Act
from bot.domain.licensing import Dimension, Entry
from bot.domain.report_kind import SeatMeasure
from bot.language.composing.reason import Reason
from bot.language.reading.reading import ReadingOutcome
from bot.language.reading.sentence_reader import SentenceReader
from bot.names.name_index import NameIndex
from bot.usage.sentence_result import question_in, result_of
from bot.usage.sold.reader_of_both import ReaderOfBoth
from bot.usage.sold.sold_reading import asks_sold, may_name_sold
from cards.views.answer_views import NotUnderstoodView

FABRIKAM = Entry(Dimension.CUSTOMER, "736A947A-843F-4DA7-B1EE-DAFFCC3D5506", "Fabrikam")
EXCHANGE = Entry(Dimension.WORKLOAD, "EXO", "Exchange")
VISIO = Entry(Dimension.PRODUCT, "C5928F49-12BA-48F7-ADA3-0D743A3601D5", "VISIO PLAN 2")
COPILOT = Entry(Dimension.PRODUCT, "639DEC6B-BB19-468B-871C-C5C441C4B0CB", "MICROSOFT 365 COPILOT")
NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)
USED = NameIndex.of((FABRIKAM, EXCHANGE))
READER = ReaderOfBoth(USED, USED.with_products((VISIO, COPILOT)), NOW)


def read(text, language="en", before=None):
    return READER.read(text, language, None if before is None else READER.read(before, language).meaning)


@pytest.mark.parametrize(
    ("text", "language", "product"),
    [
        ("assigned visio licenses", "en", VISIO),
        ("sold licenses of microsoft 365 copilot", "en", COPILOT),
        ("how many copilot licenses did we sell to fabrikam", "en", COPILOT),
        ("verkochte copilot licenties per klant", "nl", COPILOT),
        ("combien de licences copilot avons-nous vendues", "fr", COPILOT),
        ("wie viele Copilot-Lizenzen haben wir verkauft", "de", COPILOT),
        ("hány copilot licencet adtunk el", "hu", COPILOT),
    ],
)
def test_a_question_on_sold_licenses_may_name_a_product_without_use(text, language, product):
    reading = read(text, language)
    assert reading.outcome is ReadingOutcome.ANSWER, reading
    made = question_in(reading)
    assert isinstance(made, Usage)
    assert made.seats is not None
    assert [each.id for each in (*made.products, *made.subjects)] == [product.id]


@pytest.mark.parametrize("text", ["usage of visio plan 2", "visio plan 2 by customer"])
def test_use_of_a_product_that_only_was_sold_is_refused_by_its_name(text):
    reading = read(text)
    assert (reading.outcome, reading.reason, reading.what) == (ReadingOutcome.REFUSE, Reason.NOT_OFFERED, "only_sold")
    view = result_of(reading, text)
    assert isinstance(view, NotUnderstoodView)
    assert (view.problem, view.found) == ("not_offered.only_sold", "visio plan 2")
    made = question_in(read(view.suggestions[0].text))
    assert isinstance(made, Usage)
    assert (made.seats, made.products[0].id) == (SeatMeasure.SOLD, VISIO.id)


def test_use_of_copilot_says_where_it_is_shown_and_keeps_its_product():
    reading = read("copilot usage at fabrikam")
    assert (reading.reason, reading.what) == (Reason.NOT_OFFERED, "copilot")
    view = result_of(reading, "copilot usage at fabrikam")
    assert view.suggestions[0].text == "sold licenses for Fabrikam in MICROSOFT 365 COPILOT"


def test_and_sold_continues_a_question_about_a_product_without_use():
    made = question_in(read("and sold?", before="usage of visio plan 2"))
    assert isinstance(made, Usage)
    assert (made.seats, made.products[0].id) == (SeatMeasure.SOLD, VISIO.id)


def test_copilot_licenses_that_nothing_names_are_a_name_that_is_not_there():
    reading = ReaderOfBoth(USED, USED, NOW).read("how many copilot licenses did we sell")
    assert (reading.reason, reading.what) == (Reason.NO_SUCH_NAME, "copilot")


def test_and_unassigned_names_the_workload_of_the_question_before():
    before = "usage for fabrikam on exchange"
    view = result_of(read("and unassigned?", before=before), "and unassigned?")
    assert isinstance(view, NotUnderstoodView)
    assert (view.problem, view.found, view.text) == ("not_offered.seats_workload", "Exchange", "")


@pytest.mark.parametrize(
    "text", ["usage for fabrikam", "usage on exchange below 50%", "sold licenses by customer", "help", "my digests"]
)
def test_questions_that_name_no_such_product_need_no_further_names(text):
    assert not may_name_sold(SentenceReader(USED.spans, NOW).read(text), USED)


def test_files_and_digests_of_sold_licenses_are_about_them_too():
    sold = Usage(seats=SeatMeasure.SOLD)
    assert all(map(asks_sold, (sold, Export(sold), NewDigest(sold))))
    assert not any(map(asks_sold, (Usage(), Export(Usage()), NewDigest(Usage()))))
    assert read("digest every monday sold licenses of visio").meaning.act is Act.DIGEST
