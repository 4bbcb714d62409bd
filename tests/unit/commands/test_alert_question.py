"""Which questions an alert can watch, and which lines it watches."""

from datetime import date

import pytest

from bot.commands.alert_question import as_watched, is_watchable
from bot.commands.answer_kind import AnswerKind
from bot.commands.command import ChangeDigest, Name, NewDigest, Usage
from bot.commands.digest_form import filled, inputs_of
from bot.commands.run_condition import ALERT
from bot.domain.figures import LicenseMeasure
from bot.domain.licensing import Dimension
from bot.domain.recurrence import EVERY_DAY, Schedule, Weekly
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.share_filter import ShareRange, TopBottom

BELOW = ShareRange(high=0.5, high_included=False)
MANY = AmountRange(LicenseMeasure.UNUSED, low=21)


@pytest.mark.parametrize(
    ("question", "watchable"),
    [
        (Usage(limit=BELOW), True),
        (Usage(amounts=(MANY,)), True),
        (Usage(limit=ShareRange(low=1, low_included=False)), True),  # more active than qualified
        (Usage(limit=ShareRange(low=1.2)), False),
        (Usage(), False),
        (Usage(limit=BELOW, amounts=(MANY,)), False),
        (Usage(amounts=(AmountRange(LicenseMeasure.UNUSED, 5, 9),)), False),
        (Usage(limit=BELOW, order=TopBottom(10)), False),
        (Usage(limit=BELOW, as_of=date(2018, 10, 14)), False),
        (Usage(limit=BELOW, kind=AnswerKind.RENEWALS), False),
    ],
)
def test_one_limit_on_the_newest_figures_is_watched(question: Usage, *, watchable: bool) -> None:
    assert is_watchable(question) is watchable


@pytest.mark.parametrize(
    ("question", "by"),
    [
        (Usage((Name("Contoso"),), (Name("Exchange"),)), Dimension.CUSTOMER),
        (Usage(subjects=(Name("Teams"),)), Dimension.WORKLOAD),
        (Usage(products=(Name("E3"),)), Dimension.PRODUCT),
        (Usage(channels=(Name("reseller"),)), Dimension.CHANNEL),
        (Usage(), Dimension.WORKLOAD),
        (Usage((Name("Contoso"),), by=(Dimension.PRODUCT,)), Dimension.PRODUCT),
    ],
)
def test_what_is_named_is_one_line_unless_lines_are_said(question: Usage, by: Dimension) -> None:
    assert as_watched(question).by == (by,)


def test_alert_without_a_limit_is_none_and_no_digest_becomes_one() -> None:
    with pytest.raises(ValueError, match="without a limit"):
        NewDigest(Usage(), only=ALERT)
    with pytest.raises(ValueError, match="becomes an alert"):
        ChangeDigest(3, only=ALERT)


def test_settings_of_an_alert_keep_its_condition() -> None:
    inputs = inputs_of(Schedule(Weekly(EVERY_DAY)), ALERT)
    assert (inputs.quiet, inputs.amount) == ("", "")
    made, mistakes = filled(ChangeDigest(3), inputs_of(Schedule(Weekly(EVERY_DAY), None), ALERT))
    assert (mistakes, made) == (("at",), ChangeDigest(3))
