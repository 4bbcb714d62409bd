"""What a question about sold licenses counts."""

import pytest

from bot.domain.figures import LicenseMeasure, Licenses
from bot.domain.licensing import DEPLOYMENT_FIELDS, Dimension
from bot.domain.report_kind import SeatMeasure


@pytest.mark.parametrize(
    ("measure", "expected"), [(SeatMeasure.SOLD, 50), (SeatMeasure.ASSIGNED, 41), (SeatMeasure.UNASSIGNED, 9)]
)
def test_each_number_of_sold_licenses_is_one_of_the_figures(measure, expected):
    assert measure.number.of(Licenses.of(41, 50)) == expected


def test_usage_of_sold_licenses_is_no_number_of_one_report():
    with pytest.raises(KeyError):
        assert SeatMeasure.USED.number in LicenseMeasure


def test_sold_licenses_have_every_dimension_but_the_workload():
    fields = {each: {each.id_field, each.name_field} <= DEPLOYMENT_FIELDS for each in Dimension}
    assert [each for each in Dimension if not fields[each]] == [Dimension.WORKLOAD]
