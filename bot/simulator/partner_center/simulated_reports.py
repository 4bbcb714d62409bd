"""Answer report requests about one world with bytes. No HTTP."""

from collections.abc import Callable

from bot.simulator.partner_center.conduct import USUAL_CONDUCT, Conduct
from bot.simulator.partner_center.customer_query import CustomerQuery, customer_list
from bot.simulator.partner_center.query_string import ReportRequest
from bot.simulator.partner_center.report_pages import USAGE_FORM, ReportPages
from bot.simulator.partner_center.selling.documented_seats import SOLD_ONLY
from bot.simulator.partner_center.selling.sold_reports import SoldReports
from bot.simulator.partner_center.world.response_bodies import customer_envelope, customer_rows
from bot.simulator.partner_center.world.world_models import World

_WITHOUT_USAGE = frozenset(customer.id for customer in SOLD_ONLY)


class Reports:
    """The reports on one world, and its list of customers.

    `conduct` says how many rows a page has, and which links.
    """

    def __init__(self, world: World, conduct: Conduct = USUAL_CONDUCT) -> None:
        self.conduct = conduct
        self._world = world
        self._usage = ReportPages(world, USAGE_FORM, since=conduct.since)
        self._sold: SoldReports | None = None

    @property
    def sold(self) -> SoldReports:
        """Return what is sold today."""
        today = self.conduct.selling.today()
        if self._sold is None or self._sold.today != today:
            self._sold = SoldReports(self._world, self.conduct.selling, today, since=self.conduct.since)
        return self._sold

    def usage(self, asked: ReportRequest, link: Callable[[int], str]) -> bytes:
        """Return a page of the report.

        `link` returns the link to the page that begins at a row number.
        """
        return self._usage.page(asked, link)

    def of_customer(self, tenant_id: str) -> bytes | None:
        """Return the superseded report.

        None for a customer that this partner does not have.
        """
        number = self._usage.selector.customer(tenant_id)
        if number is None:
            return customer_envelope(()) if tenant_id.upper() in _WITHOUT_USAGE else None
        rows = range(self._world.first[number], self._world.first[number + 1])
        return customer_envelope(customer_rows(self._world, rows))

    def customers(self, asked: CustomerQuery) -> bytes:
        """Return a page of the list of customers."""
        return customer_list(self._world.customers, asked)
