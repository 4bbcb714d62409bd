"""A directory with names that are hard to parse, and a fixed date for today."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.commands.command import Command
from bot.domain.licensing import Dimension, Entry
from bot.names.name_index import NameIndex
from cards.views.answer_views import View
from tests.typed_sentences import parse

CUSTOMERS = (
    "TEST COMPANY",
    "Focus on IT",
    "Not for Profit Ltd",
    "Company on Fire",
    "O'Brien & Sons",
    "Top Gear by Design",
    "Smith and Sons, Inc.",
    "Contoso",
    "Fabrikam",
    "Contoso and Fabrikam Holdings",
    "The Phone Company",
    "Help for Heroes",
    "Customers First",
    "Ford",
    "Yahoo!",
    "In Good Company",
    "100% Pure",
    "Last Monday Club",
    "Good Morning Bakery",
    "Woodgrove Bank",
    "Woodgrove Bakery",
    "Society 17",
)
OTHERS = (
    Entry(Dimension.WORKLOAD, "EXO", "Exchange"),
    Entry(Dimension.WORKLOAD, "SPO", "SharePoint"),
    Entry(Dimension.WORKLOAD, "SFB", "Skype For Business"),
    Entry(Dimension.WORKLOAD, "MTEAMS", "Teams"),
    Entry(Dimension.SERVICE, "o365", "Microsoft Office 365"),
    Entry(Dimension.PRODUCT, "6FD2C87F-B296-42F0-B197-1E91E994B900", "OFFICE 365 ENTERPRISE E3"),
    Entry(Dimension.PRODUCT, "45A2423B-E884-448D-A831-D9E139C52D2F", "EXCHANGE ONLINE PROTECTION"),
    Entry(Dimension.CHANNEL, "reseller", "reseller"),
)


def tenant(name: str) -> str:
    """Return the tenant id of a customer in the directory."""
    return f"{CUSTOMERS.index(name):08X}-B14E-4888-967B-CA4BB2CF1234"


@pytest.fixture
def customer_id() -> Callable[[str], str]:
    return tenant


@pytest.fixture
def today() -> date:
    return date(2018, 10, 24)  # a Wednesday


@pytest.fixture(scope="session")
def names() -> NameIndex:
    return NameIndex.of([*(Entry(Dimension.CUSTOMER, tenant(name), name) for name in CUSTOMERS), *OTHERS])


@pytest.fixture
def read(today: date) -> Callable[[str], Command | View]:
    """Return a function that parses a sentence without a directory."""
    return lambda text: parse(text, today=today)


@pytest.fixture
def read_known(today: date, names: NameIndex) -> Callable[[str], Command | View]:
    """Return a function that parses a sentence with the directory."""
    return lambda text: parse(text, today=today, names=names)
