"""The rows of Partner Center's own documents, verbatim. Pure.

TEST COMPANY: https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#response-example
DT DEMO CSP CUSTOMER 005, from the report that the former supersedes:
https://learn.microsoft.com/en-us/partner-center/developer/get-customer-licenses-usage-information#response-example
"""

from dataclasses import dataclass
from datetime import date

from bot.simulator.partner_center.world.product_catalogue import (
    ARCHIVING,
    E3,
    ESSENTIALS,
    EXCHANGE,
    PLAN_1,
    PROTECTION,
    RESELLER,
    SHAREPOINT,
    SKYPE,
)
from bot.simulator.partner_center.world.world_models import Customer, SoldProduct


@dataclass(frozen=True, slots=True)
class DocumentedRow:
    customer: Customer
    offer: SoldProduct
    active: int
    qualified: int


TEST_COMPANY = Customer("0112A436-B14E-4888-967B-CA4BB2CF1234", "TEST COMPANY")
# The id is in the request of the document's example; the rows of its answer omit it.
DEMO_CUSTOMER = Customer("4D3CF487-70F4-4E1E-9FF1-B2BFCE8D9F04", "DT DEMO CSP CUSTOMER 005")
# The superseded report has no newer figures of this customer.
DEMO_PROCESSED = date(2017, 3, 9)

DOCUMENTED = (
    DocumentedRow(TEST_COMPANY, SoldProduct(E3, SHAREPOINT, RESELLER), 0, 1),
    DocumentedRow(TEST_COMPANY, SoldProduct(PROTECTION, EXCHANGE, RESELLER), 0, 1),
    DocumentedRow(DEMO_CUSTOMER, SoldProduct(ESSENTIALS, EXCHANGE, RESELLER), 0, 1),
    DocumentedRow(DEMO_CUSTOMER, SoldProduct(ESSENTIALS, SHAREPOINT, RESELLER), 0, 1),
    DocumentedRow(DEMO_CUSTOMER, SoldProduct(ESSENTIALS, SKYPE, RESELLER), 0, 1),
    DocumentedRow(DEMO_CUSTOMER, SoldProduct(PLAN_1, EXCHANGE, RESELLER), 0, 5),
    DocumentedRow(DEMO_CUSTOMER, SoldProduct(ARCHIVING, EXCHANGE, RESELLER), 0, 2),
)

# The sample has the count as `licenseActive`; the field table, the grouped rows and the older report `licensesActive`.
SPELLED_AS_IN_THE_SAMPLE = TEST_COMPANY.id
