"""How the simulated service behaves about what is sold.

The documents leave this open.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.simulator.partner_center.selling.contracts import Change
from bot.simulator.partner_center.selling.subscriptions.analytics_fields import DateLiteral
from bot.simulator.partner_center.wire.call_limit import CALLS_A_MINUTE


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class SellingConduct:
    """The switches of what is sold: seats and subscriptions.

    `today` is the day around which contracts begin and end. `deployment`, `superseded_deployment` and `analytics` say
    which of those reports exist. `days_behind`: so much older are the seats than usual. `empty`: the superseded report
    has no row, as one partner has seen since 2021. Dates in a filter are written as `literal`. `bare`: an analytics
    answer of one row has no envelope. `calls_a_minute` of one tenant for subscriptions are answered, None: all.
    Each of `changes` is made to every contract.
    """

    today: Callable[[], date] = _today
    deployment: bool = True
    superseded_deployment: bool = True
    analytics: bool = True
    days_behind: int = 0
    empty: bool = False
    literal: DateLiteral = "both"
    bare: bool = False
    calls_a_minute: int | None = CALLS_A_MINUTE
    changes: tuple[Change, ...] = ()


USUAL_SELLING = SellingConduct()
