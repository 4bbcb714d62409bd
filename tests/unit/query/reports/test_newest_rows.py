"""Which rows count when a kind of row comes with several days."""

from datetime import date
from typing import Any

import pytest

from bot.domain.licensing import UsageRow
from bot.query.reports.newest_rows import NewestRows, PageContents
from bot.query.reports.report_gaps import OlderDay
from bot.query.sums.folded_texts import FoldedTexts
from bot.query.sums.processed_day import DayReader

DAYS = [date(2018, 10, number) for number in (1, 7, 14, 21)]


def row(day: date | None = DAYS[2], active: int | None = 1, **changed: Any) -> UsageRow:
    fields = {
        "customer_id": "contoso",
        "product_id": "e3",
        "workload_code": "exo",
        "service_code": "o365",
        "processed": f"{day}T00:00:00" if day else None,
        "licenses_active": active,
        "qualified": 10,
    }
    return UsageRow(**fields | changed)


def newest(*rows: UsageRow, wanted: date | None = None) -> NewestRows:
    kept, page = NewestRows(DayReader(), FoldedTexts(), wanted), PageContents()
    for each in rows:
        kept.add(each, page)
    return kept


def counted(kept: NewestRows) -> list[Any]:
    return [(each.processed or "")[:10] for each in kept.rows()]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (None, ["2018-10-21"]),
        (DAYS[2], ["2018-10-14"]),
        (date(2018, 10, 13), ["2018-10-07"]),
        (date(2018, 9, 30), ["2018-10-01"]),
        (date(2018, 10, 30), ["2018-10-21"]),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_row_of_the_wanted_day_else_of_the_nearest_counts(
    wanted: date | None, expected: list[str], turned: bool
) -> None:
    rows = [row(day, active=number) for number, day in enumerate([*DAYS, None])]
    kept = newest(*(reversed(rows) if turned else rows), wanted=wanted)
    assert counted(kept) == expected


@pytest.mark.parametrize("day", [DAYS[2], date(2018, 10, 30)])
def test_row_without_a_day_comes_last(day: date) -> None:
    for rows in ([row(None), row(day)], [row(day), row(None)]):
        assert counted(newest(*rows, wanted=DAYS[2])) == [str(day)]


def test_rows_without_figures_are_counted_whatever_else_they_lack() -> None:
    nobody = [row(active=None, customer_id="") for _ in range(2)]
    anything = [row(active=None, product_id=None) for _ in range(2)]
    assert newest(*nobody).unknown == 2
    assert newest(*anything).unknown == 2
    assert newest(row(active=None), row(DAYS[3], active=None)).unknown == 2
    assert newest(*nobody, *anything, row(active=None)).unknown == 5
    assert newest(row(active=None), row(active=None)).repeated == 1


def test_row_with_a_text_that_is_no_day_is_unknown() -> None:
    kept = newest(row(processed="yesterday"), row(processed="yesterday"), row(processed="tomorrow"))
    assert (kept.unknown, kept.repeated, kept.rows()) == (2, 1, [])


def test_row_without_figures_does_not_contradict_one_with_figures() -> None:
    kept = newest(row(), row(active=None))
    assert (len(kept.rows()), kept.unknown, kept.repeated) == (1, 1, 0)


def test_rows_that_may_differ_are_kept_apart_from_those_of_other_kinds() -> None:
    kept = newest(row(product_id=None), row(product_id=None), row(DAYS[1], product_id=None, customer_id="fabrikam"))
    assert sorted(counted(kept)) == ["2018-10-07", "2018-10-14", "2018-10-14"]


@pytest.mark.parametrize("turned", [False, True])
def test_the_same_of_two_equal_rows_is_kept_whichever_came_first(turned: bool) -> None:
    rows = [row(channel="reseller"), row(channel="Reseller ")]
    kept = newest(*(reversed(rows) if turned else rows))
    assert [each.channel for each in kept.rows()] == ["Reseller "]
    assert kept.repeated == 1


@pytest.mark.parametrize("turned", [False, True])
def test_rows_without_a_customer_id_have_an_order_of_their_own(turned: bool) -> None:
    rows = [row(customer_id=None, active=number) for number in range(3)]
    kept = newest(*(reversed(rows) if turned else rows))
    assert [each.active for each in kept.rows()] == [0, 1, 2]


def test_row_without_figures_and_one_without_a_day_are_two_unknown_rows() -> None:
    rows = [row(active=None, processed="soon"), row(processed="soon")]
    for each in (rows, rows[::-1]):
        kept = newest(*each)
        assert (kept.unknown, kept.unreadable_days, kept.repeated) == (2, 1, 0)


def test_equal_texts_are_kept_once() -> None:
    first, second = (row(customer=" Contoso "[1:-1], customer_id=each) for each in "ab")
    assert first.customer is not second.customer
    kept = newest(first, second).rows()
    assert kept[0].customer is kept[1].customer


def test_older_days_have_their_number_of_customers_the_newest_first() -> None:
    kept = newest(
        row(DAYS[3], customer_id="a"),
        row(DAYS[2], customer_id="b"),
        row(DAYS[2], customer_id="B", workload_code="spo"),
        row(DAYS[2], customer_id="c"),
        row(DAYS[1], customer_id="d"),
        row(DAYS[0], customer_id="e", service_code="crm"),
        row(None, customer_id="f"),
    )
    assert kept.older() == (OlderDay(DAYS[2], 2), OlderDay(DAYS[1], 1))


def test_each_row_without_a_customer_is_a_customer_of_an_older_day() -> None:
    kept = newest(row(DAYS[3]), row(DAYS[2], customer_id=""), row(DAYS[2], customer_id=""))
    assert kept.older() == (OlderDay(DAYS[2], 2),)
