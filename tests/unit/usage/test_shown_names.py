"""An answer calls everything as the caller knows it, and one id in one way."""

from bot.domain.licensing import Dimension, Entry
from bot.names.name_index import NameIndex
from bot.query.reports.row_aggregator import RowAggregator
from bot.usage.distinct_entries import with_details
from tests.unit.query.reports.test_row_aggregator import E3, EOP, row

CUSTOMER = (Dimension.CUSTOMER,)


def entry(id_: str, name: str) -> Entry:
    return Entry(Dimension.CUSTOMER, id_, name)


def labels(*rows, names=None, by=CUSTOMER):
    tally = RowAggregator(by, every_row=True)
    tally.add(rows)
    report = with_details(tally.report(), names)
    return sorted(each.entries[Dimension.CUSTOMER].label for each in report.rows)


def called(name, id_, **other):
    return row(name, customer_id=id_, **other)


def test_the_callers_name_is_shown_whatever_the_row_says() -> None:
    names = NameIndex.of([entry("AAAA-0001-0001", "Old Name"), entry("AAAA-0002-0002", "TEST COMPANY")])
    rows = called("TEST COMPANY", "aaaa-0001-0001"), called("Test company ", "AAAA-0002-0002")
    assert labels(*rows, names=names) == ["Old Name", "TEST COMPANY"]


def test_a_new_customer_is_told_apart_from_one_that_is_known_otherwise() -> None:
    names = NameIndex.of([entry("AAAA-0001-0001", "TEST COMPANY")])
    rows = called("Renamed", "AAAA-0001-0001"), called("test company", "BBBB-0002-0002")
    assert labels(*rows, names=names) == ["TEST COMPANY (…0001)", "test company (…0002)"]


def test_a_name_that_the_caller_does_not_see_makes_nothing_alike() -> None:
    names = NameIndex.of([entry("AAAA-0001-0001", "Old Name"), entry("AAAA-0001-0001", "Zeta")])
    rows = called("Old Name", "AAAA-0001-0001"), called("Zeta", "BBBB-0002-0002")
    assert labels(*rows, names=names) == ["Old Name", "Zeta"]


def test_one_id_has_one_name_in_all_lines() -> None:
    rows = (
        called("Contoso ", "AAAA-0001-0001", product=E3),
        called("CONTOSO", "aaaa-0001-0001", product=EOP),
        called("Contoso", "BBBB-0002-0002", product=EOP, workload="Teams"),
    )
    by = (Dimension.PRODUCT, Dimension.CUSTOMER)
    expected = ["CONTOSO (…0001)", "CONTOSO (…0001)", "Contoso (…0002)"]
    assert labels(*rows, by=by) == labels(*reversed(rows), by=by) == expected


def test_the_one_with_an_id_is_told_apart_from_one_without() -> None:
    rows = called("Contoso", "AAAA-0001-0001"), called("Contoso", None)
    assert labels(*rows) == ["Contoso", "Contoso (…0001)"]
    assert labels(*rows, names=NameIndex.of([entry("AAAA-0001-0001", "Contoso")])) == ["Contoso", "Contoso (…0001)"]
