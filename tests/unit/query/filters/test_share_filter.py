"""Which percentages are within a condition, exactly."""

import pytest

from bot.domain.figures import Licenses
from bot.query.filters.share_filter import ShareRange


@pytest.mark.parametrize(
    ("active", "qualified", "limit", "within"),
    [
        (12, 10, ShareRange(low=1.2, low_included=False), False),
        (13, 10, ShareRange(low=1.2, low_included=False), True),
        (12, 10, ShareRange(low=1.2), True),
        (11, 10, ShareRange(low=1.1), True),
        (11, 10, ShareRange(low=1.1, low_included=False), False),
        (107, 100, ShareRange(low=1.07), True),
        (12, 10, ShareRange(1.1, 1.2), True),
        (13, 10, ShareRange(1.1, 1.2), False),
        (11, 10, ShareRange(1.1, 1.2), True),
        (333, 1000, ShareRange(low=33.3 / 100), True),
        (333, 1000, ShareRange(low=33.3 / 100, low_included=False), False),
        (29, 100, ShareRange(high=0.29), True),
        (29, 100, ShareRange(high=0.29, high_included=False), False),
        (3, 0, ShareRange(low=1.5), True),
        (0, 0, ShareRange(low=0.0), False),
    ],
)
def test_condition_is_exact_when_a_share_is_on_its_bound(
    active: int, qualified: int, limit: ShareRange, within: bool
) -> None:
    assert limit.admits(Licenses.of(active, qualified)) is within
