"""The last day of a term."""

from datetime import date

import pytest

from bot.partner_center.protocol.subscriptions.term_end import TermEnd, term_end

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("values", "end"),
    [
        (["2027-01-14T00:00:00Z"], TermEnd(date(2027, 1, 14))),
        (["2027-01-14T23:59:59Z", "2027-01-13T00:00:00Z"], TermEnd(date(2027, 1, 14))),
        ([None, "2027-01-14"], TermEnd(date(2027, 1, 14))),
        (["soon", "2027-01-14"], TermEnd(date(2027, 1, 14))),
        (["2026-11-30T23:59:59.9999999Z"], TermEnd(TODAY)),
        (["2026-11-29T00:00:00"], TermEnd(date(2026, 11, 29))),
        (["2031-12-04"], TermEnd(date(2031, 12, 4))),
        (["2031-12-05"], TermEnd(far=True)),
        (["9999-12-31T23:59:59.9999999"], TermEnd(far=True)),
        (["2079-06-06T00:00:00"], TermEnd(far=True)),
        (["0001-01-01T00:00:00"], TermEnd()),
        (["1970-01-01", "1601-01-01T00:00:00Z"], TermEnd()),
        (["2026-02-30"], TermEnd()),
        ([None], TermEnd()),
        ([], TermEnd()),
        ([20270114, True, [], {"date": "2027-01-14"}], TermEnd()),
        (["2027-01-14" + " " * 60], TermEnd()),
    ],
)
def test_the_end_is_the_first_day_that_can_be_read(values, end):
    assert term_end(values, TODAY) == end
