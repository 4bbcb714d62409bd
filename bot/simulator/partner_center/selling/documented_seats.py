"""The seats in Partner Center's own documents, verbatim. Pure.

LARACHOTEST123 and TESTORG: https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-deployment-information#response-example
DT DEMO CSP CUSTOMER 005, from the report that the former supersedes:
https://learn.microsoft.com/en-us/partner-center/developer/get-customer-licenses-deployment-information#response-example
There a customer has as many qualified seats as were sold, of which none is assigned.
"""

from collections.abc import Mapping
from datetime import date

from bot.simulator.partner_center.selling.offer_catalogue import OFFICE_BUSINESS, SKYPE_PLAN_2
from bot.simulator.partner_center.world.documented_rows import DEMO_CUSTOMER, TEST_COMPANY
from bot.simulator.partner_center.world.product_catalogue import ARCHIVING, E3, ESSENTIALS, PLAN_1, PROTECTION, Product
from bot.simulator.partner_center.world.world_models import Customer

# The day of the deployment sample is two weeks before the latest: figures of seats are two days newer than those of
# usage here, and a week is a step.
DEPLOYED = date(2018, 10, 16)
SAMPLE_DAY = date(2018, 10, 2)
# The superseded report of this customer says when: with hundredths of a second.
DEMO_MOMENT = "2017-03-14T03:25:16.36+00:00"

LARACHO = Customer("4F9D7DF5-8EBD-4973-B221-013976C1078A", "LARACHOTEST123")
TESTORG = Customer("4FD49354-715A-4B49-9079-A77AE978D1DC", "TESTORG")
# The usage report does not have them: nothing of theirs is used.
SOLD_ONLY: Mapping[Customer, Product] = {LARACHO: SKYPE_PLAN_2, TESTORG: OFFICE_BUSINESS}

# (assigned, sold). Those of TEST COMPANY are ours: it has one qualified seat of each.
DOCUMENTED_SEATS: Mapping[tuple[Customer, Product], tuple[int, int]] = {
    (LARACHO, SKYPE_PLAN_2): (0, 2),
    (TESTORG, OFFICE_BUSINESS): (0, 2),
    (TEST_COMPANY, E3): (1, 1),
    (TEST_COMPANY, PROTECTION): (1, 1),
    (DEMO_CUSTOMER, ESSENTIALS): (0, 1),
    (DEMO_CUSTOMER, PLAN_1): (0, 5),
    (DEMO_CUSTOMER, ARCHIVING): (0, 2),
}
