"""A directory with namesakes, and a Monday morning in Lisbon."""

from collections.abc import Callable
from datetime import datetime

import pytest

from bot.cli.explanation.explanation import Explanation
from bot.cli.explanation.person_clock import PersonClock
from bot.cli.explanation.reading_explainer import ReadingExplainer
from bot.domain.licensing import Dimension, Entry
from bot.language.reading.sentence_reader import SentenceReader
from bot.names.name_index import NameIndex
from bot.usage.offline_sentence import unlisted_reader
from cards.wording.locale_words import LocaleWords

CUSTOMERS = {
    "Adatum": "1A000000-0D54-4A4C-9A3E-3B1F1D5A0001",
    "Tailspin Toys": "2B000000-0D54-4A4C-9A3E-3B1F1D5A0001",
    "Northwind Traders": "3C000000-0D54-4A4C-9A3E-3B1F1D5A0001",
}
NAMESAKES = ("4D000000-0D54-4A4C-9A3E-3B1F1D5A0001", "5E000000-0D54-4A4C-9A3E-3B1F1D5A0001")


@pytest.fixture(scope="session")
def clock() -> PersonClock:
    return PersonClock(datetime.fromisoformat("2027-02-01T09:00:00+00:00"), "Europe/Lisbon")


@pytest.fixture(scope="session")
def directory() -> NameIndex:
    return NameIndex.of(
        [
            *(Entry(Dimension.CUSTOMER, identity, name) for name, identity in CUSTOMERS.items()),
            *(Entry(Dimension.CUSTOMER, identity, "Litware") for identity in NAMESAKES),
            Entry(Dimension.WORKLOAD, "EXO", "Exchange"),
            Entry(Dimension.WORKLOAD, "SPO", "SharePoint"),
            Entry(Dimension.PRODUCT, "6FD2C87F-B296-42F0-B197-1E91E994B900", "OFFICE 365 ENTERPRISE E3"),
            Entry(Dimension.CHANNEL, "reseller", "reseller"),
        ]
    )


@pytest.fixture
def explain(directory: NameIndex, clock: PersonClock) -> Callable[[str], Explanation]:
    explainer, words = ReadingExplainer(SentenceReader(directory.spans, clock.local), clock), LocaleWords.load("en")
    return lambda text: explainer.explain(text, words)


@pytest.fixture
def explain_offline(clock: PersonClock) -> Callable[[str], Explanation]:
    explainer, words = ReadingExplainer(unlisted_reader(clock.local), clock), LocaleWords.load("en")
    return lambda text: explainer.explain(text, words)
