"""What kind of answer a question wants, beside its names and conditions. Pure."""

from enum import StrEnum


class AnswerKind(StrEnum):
    """FIGURES are those of one day, or of two that are compared.

    TREND has those of many days, RENEWALS the subscriptions that end, CALLS the customers to call, with reasons, and
    SOLD_USE how many of the sold licenses are assigned and active.
    """

    FIGURES = "figures"
    TREND = "trend"
    RENEWALS = "renewals"
    CALLS = "calls"
    SOLD_USE = "sold_use"


class TrendMeasure(StrEnum):
    """Which number a trend shows.

    Of several workloads only the percentage can be compared.
    """

    ACTIVE = "active"
    QUALIFIED = "qualified"
    UNUSED = "unused"
    BEYOND = "beyond"
    SHARE = "share"


class TrendStep(StrEnum):
    """How far the days of a trend are from each other."""

    WEEK = "week"
    MONTH = "month"
