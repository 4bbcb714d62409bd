"""The days of the services of an answer."""

from datetime import date

import pytest

from bot.domain.licensing import ServiceDate
from bot.query.sums.member_label import MemberLabel
from bot.query.sums.repeated_rows import RowsKeptError
from bot.query.sums.service_dates import ServiceDates, ServiceDay, are_mixed, as_of

OFFICE, DYNAMICS = MemberLabel("o365", "o365", "Office"), MemberLabel("crm", "crm", "Dynamics")
SEVENTH, NINTH, FOURTEENTH = (date(2018, 10, day) for day in (7, 9, 14))
REASON = r"^a service has rows of several days$"


@pytest.mark.parametrize("several", [False, True])
def test_service_on_a_day_is_one_with_its_best_spelling(several: bool) -> None:
    dates = ServiceDates(several_days=several)
    first = dates.of(OFFICE, SEVENTH)
    assert (first.label, first.day) == (OFFICE, SEVENTH)
    assert dates.of(MemberLabel("o365", "O365", "office"), SEVENTH) is first
    assert first.label == MemberLabel("o365", "O365", "Office")
    other = dates.of(DYNAMICS, NINTH)
    assert (other.label, other.day) == (DYNAMICS, NINTH)


def test_service_without_id_and_name_has_a_day_too() -> None:
    nothing = MemberLabel("", "", "")
    dates = ServiceDates(several_days=False)
    assert dates.of(nothing, SEVENTH) is dates.of(nothing, SEVENTH)
    assert dates.of(nothing, SEVENTH).label == nothing


@pytest.mark.parametrize("second", [NINTH, None])
def test_second_day_of_a_service_is_refused_unless_rows_are_kept(second: date | None) -> None:
    dates = ServiceDates(several_days=False)
    dates.of(OFFICE, SEVENTH)
    with pytest.raises(RowsKeptError, match=REASON):
        dates.of(OFFICE, second)
    kept = ServiceDates(several_days=True)
    assert [kept.of(OFFICE, day).day for day in (SEVENTH, second, SEVENTH)] == [SEVENTH, second, SEVENTH]


def test_first_row_without_a_day_is_refused_unless_rows_are_kept() -> None:
    with pytest.raises(RowsKeptError, match=REASON):
        ServiceDates(several_days=False).of(OFFICE, None)
    assert ServiceDates(several_days=True).of(OFFICE, None).day is None


def test_days_are_told_by_service_name_and_day() -> None:
    days = [
        ServiceDay(OFFICE, None),
        ServiceDay(OFFICE, FOURTEENTH),
        ServiceDay(DYNAMICS, NINTH),
        ServiceDay(OFFICE, SEVENTH),
    ]
    assert as_of(days) == (
        ServiceDate("Dynamics", NINTH), ServiceDate("Office", SEVENTH), ServiceDate("Office", FOURTEENTH),
    )  # fmt: skip
    assert as_of([]) == ()


@pytest.mark.parametrize(
    "names", [("office", "Office", "OFFICE"), ("OFFICE", "office"), ("OFFICE", "Office", "office")]
)
def test_services_of_one_name_and_day_are_one_entry(names: tuple[str, ...]) -> None:
    days = [ServiceDay(MemberLabel(f"s{at}", f"s{at}", name), SEVENTH) for at, name in enumerate(names)]
    assert as_of(days) == (ServiceDate("OFFICE", SEVENTH),)


@pytest.mark.parametrize(
    ("days", "wanted", "mixed"),
    [
        ([], None, False),
        ([(OFFICE, None)], None, False),
        ([(OFFICE, SEVENTH), (DYNAMICS, SEVENTH)], None, False),
        ([(OFFICE, SEVENTH), (DYNAMICS, NINTH)], None, True),
        ([(OFFICE, SEVENTH), (DYNAMICS, None)], None, False),
        ([(OFFICE, None), (OFFICE, SEVENTH), (DYNAMICS, NINTH)], None, True),
        ([(OFFICE, SEVENTH), (OFFICE, NINTH)], None, False),
        ([(OFFICE, SEVENTH), (OFFICE, NINTH), (DYNAMICS, NINTH)], None, False),
        ([(OFFICE, SEVENTH), (OFFICE, NINTH), (DYNAMICS, NINTH)], SEVENTH, True),
        ([(OFFICE, SEVENTH), (OFFICE, NINTH), (DYNAMICS, SEVENTH)], NINTH, True),
        ([(OFFICE, SEVENTH), (OFFICE, NINTH), (DYNAMICS, SEVENTH)], SEVENTH, False),
        ([(OFFICE, FOURTEENTH), (DYNAMICS, FOURTEENTH), (DYNAMICS, SEVENTH)], NINTH, True),
    ],
)
def test_days_are_mixed_if_the_best_days_of_services_differ(
    days: list[tuple[MemberLabel, date | None]], wanted: date | None, mixed: bool
) -> None:
    every = [ServiceDay(label, day) for label, day in days]
    assert are_mixed(every, wanted) is are_mixed(every[::-1], wanted) is mixed
