"""Load what distinguishes customers of one name, as the person who asks.

These are their domains, else their products.

It costs nothing but the details: whatever fails, is refused or takes too long is left out. No HTTP here.
"""

import asyncio
from collections.abc import Iterable, Mapping

import structlog

from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension, Entry, Field
from bot.errors import UsageBotError
from bot.names.namesakes import CustomerDetails
from bot.partner_center.usage_client import PartnerCenter
from bot.query.filters.expression import Eq, Or
from bot.query.usage_query import UsageQuery

log = structlog.get_logger(__name__)

# Seconds for all of it: a question waits.
PATIENCE = 5.0
# Customers in one query for products: the filter is a part of the address.
_ASKED = 40


async def customer_details(partner_center: PartnerCenter, caller: Caller, alike: Iterable[Entry]) -> CustomerDetails:
    """Return the details of the customers `alike` that this caller can see.

    Loading stops after `PATIENCE` seconds.

    The list of customers is read only if two have the same name: it has 500 customers a page, one after the other.
    Raises nothing of the bot's own errors.
    """
    loading = _Loading(partner_center, caller, tuple(dict.fromkeys(entry.id for entry in alike)))
    try:
        async with asyncio.timeout(PATIENCE):
            await loading.domains()
            await loading.products()
    except TimeoutError:
        log.info("customer_details_timed_out", seconds=PATIENCE)
    return loading.details()


class _Loading:
    """What has been loaded until now."""

    def __init__(self, partner_center: PartnerCenter, caller: Caller, ids: tuple[str, ...]) -> None:
        self._partner_center = partner_center
        self._caller = caller
        self._ids = {each.casefold(): each for each in ids}
        self._domains: dict[str, str] = {}
        self._products: dict[str, set[str]] = {}

    def details(self) -> CustomerDetails:
        products = {each: frozenset(found) for each, found in self._products.items()}
        return CustomerDetails(self._domains, products)

    async def domains(self) -> None:
        try:
            await self._partner_center.customer_domains(self._caller, self._take)
        except UsageBotError as error:
            log.info("customer_domains_not_loaded", problem=str(error))

    def _take(self, page: Mapping[str, str]) -> bool:
        self._domains.update((each, page[each]) for each in self._ids.keys() & page.keys())
        return not self._ids.keys() <= self._domains.keys()

    async def products(self) -> None:
        """Load the products, unless each customer has a domain."""
        if self._ids.keys() <= self._domains.keys():
            return
        fields = (Field.CUSTOMER_TENANT_ID, Dimension.PRODUCT.id_field, Dimension.PRODUCT.name_field)
        asked = tuple(Eq(Field.CUSTOMER_TENANT_ID, each) for each in tuple(self._ids.values())[:_ASKED])
        expression = asked[0] if len(asked) == 1 else Or(asked)
        try:
            rows = await self._partner_center.rows(self._caller, UsageQuery(expression, groupby=fields))
        except UsageBotError as error:
            log.info("customer_products_not_loaded", problem=str(error))
            return
        for row in rows:
            if row.customer_id and row.product:
                self._products.setdefault(row.customer_id.casefold(), set()).add(row.product)
