"""A report of sold licenses -> products to join with subscriptions. Pure."""

from bot.domain.licensing import Dimension, Entry
from bot.query.joins.joined_seats import DeployedProduct
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.query.sums.member_label import NAMED

# How the report has to be listed.
BY = (Dimension.CUSTOMER, Dimension.PRODUCT)


def deployed_products(report: UsageReport) -> tuple[DeployedProduct, ...]:
    """Return the products of a report that is listed by `BY`.

    If a row of a product is unknown, so are its numbers. A product of which every row is unknown is there, too.
    """
    shown = {row.key for row in report.rows}
    lost = sorted(key for key in report.unknown - shown if len(key) == len(BY))
    return (
        *map(_of_row, report.rows),
        *(DeployedProduct(_id(customer), _id(product), "") for customer, product in lost),
    )


def _of_row(row: ReportRow) -> DeployedProduct:
    customer, product = (row.entries[dimension] for dimension in BY)
    numbers = row.figures.counts
    sold, assigned = (None, None) if row.unknown else (numbers.qualified, numbers.active)
    day = min(row.days, default=None)
    return DeployedProduct(_entry_id(customer), _entry_id(product), product.name, sold, assigned, day, customer.name)


def _entry_id(entry: Entry) -> str:
    return entry.id if entry.has_id else ""


def _id(identity: str) -> str:
    """Return the id of a member, "" if only its name is known."""
    return "" if identity.startswith(NAMED) else identity
