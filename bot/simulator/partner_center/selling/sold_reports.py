"""Answer requests about seats and subscriptions with bytes. No HTTP.

It is made when it is first asked for: most tests ask for usage only. Contracts are those of one day.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from bot.simulator.partner_center.query_string import ReportRequest
from bot.simulator.partner_center.report_pages import ReportPages
from bot.simulator.partner_center.selling.contracts import Contract, Supplier
from bot.simulator.partner_center.selling.documented_seats import DEPLOYED
from bot.simulator.partner_center.selling.seat_bodies import customer_seats, seat_form
from bot.simulator.partner_center.selling.selling_conduct import SellingConduct
from bot.simulator.partner_center.selling.sold_world import SoldWorld, sold_world
from bot.simulator.partner_center.selling.subscriptions.customer_items import subscription_list
from bot.simulator.partner_center.selling.subscriptions.subscription_analytics import SubscriptionAnalytics
from bot.simulator.partner_center.selling.subscriptions.subscription_query import SubscriptionQuery
from bot.simulator.partner_center.world.response_bodies import customer_envelope
from bot.simulator.partner_center.world.world_models import World


class SoldReports:
    """What one partner sees of what is sold on one day."""

    def __init__(self, world: World, conduct: SellingConduct, today: date, *, since: bool) -> None:
        self.today = today
        self._conduct = conduct
        self._latest = DEPLOYED - timedelta(days=conduct.days_behind)
        self._sold = _changed(sold_world(world, today), conduct)
        self._seats = ReportPages(self._sold.seats, seat_form(self._latest), since=since)
        self._analytics = SubscriptionAnalytics(self._sold.own(), bare=conduct.bare)

    def deployment(self, asked: ReportRequest, link: Callable[[int], str]) -> bytes:
        """Return a page of the report on seats.

        `link` returns the link to the page that begins at a row number.
        """
        return self._seats.page(asked, link)

    def seats_of_customer(self, tenant_id: str) -> bytes | None:
        """Return the superseded report.

        None for a customer that this partner does not have.
        """
        number = self._seats.selector.customer(tenant_id)
        if number is None:
            return None
        first = self._sold.seats.first
        rows = range(0) if self._conduct.empty else range(first[number], first[number + 1])
        return customer_envelope(customer_seats(self._sold.seats, rows, self._latest))

    def subscriptions(self, tenant_id: str) -> bytes | None:
        """Return a customer's subscriptions.

        None for a customer that this partner does not have.
        """
        number = self._seats.selector.customer(tenant_id)
        if number is None:
            return None
        several = self._sold.contracts.get(self._sold.seats.customers[number].id, ())
        return subscription_list(contract for contract in several if contract.supplier is Supplier.OWN)

    def analytics(self, asked: SubscriptionQuery, link: Callable[[int], str]) -> bytes:
        """Return a page of the analytics of all subscriptions."""
        return self._analytics.page(asked, link)


def _changed(sold: SoldWorld, conduct: SellingConduct) -> SoldWorld:
    if not conduct.changes:
        return sold

    def changed(contract: Contract) -> Contract:
        for change in conduct.changes:
            contract = change(contract)
        return contract

    return replace(
        sold, contracts={key: [changed(each) for each in several] for key, several in sold.contracts.items()}
    )
