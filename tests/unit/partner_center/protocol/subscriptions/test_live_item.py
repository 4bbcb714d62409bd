"""An entry of a customer's list, in both documented shapes and with odd values."""

from datetime import date

import pytest

from bot.domain.subscriptions import Renewing, Subscription, SubscriptionSource, SubscriptionState
from bot.partner_center.protocol.subscriptions.live_item import read_live_item

TODAY = date(2026, 11, 30)
# https://learn.microsoft.com/en-us/partner-center/developer/subscription-resources
NEW_COMMERCE = {
    "id": "5D0E7A31-8A2B-4C1D-9E3F-0123456789AB",
    "offerId": "CFQ7TTC0LF8R:0001:CFQ7TTC0KXYZ",
    "offerName": "Office 365 E3",
    "friendlyName": "Sales floor",
    "productType": {"id": "OnlineServicesNCE", "displayName": "OnlineServicesNCE"},
    "quantity": 50,
    "unitType": "Licenses",
    "hasPurchasableAddons": False,
    "creationDate": "2026-01-15T09:12:44.5103391Z",
    "effectiveStartDate": "2026-01-15T09:12:43.0021170Z",
    "commitmentEndDate": "2027-01-14T00:00:00Z",
    "commitmentEndDateTime": "2027-01-14T23:59:59Z",
    "cancellationAllowedUntilDate": "2026-01-22T23:59:00Z",
    "billingCycleEndDate": "2026-12-14T00:00:00Z",
    "status": "active",
    "autoRenewEnabled": True,
    "isTrial": False,
    "billingType": "license",
    "billingCycle": "monthly",
    "termDuration": "P1Y",
    "renewalTermDuration": "",
    "isMicrosoftProduct": True,
    "partnerId": "",
    "contractType": "subscription",
    "orderId": "70000000001",
    "attributes": {"objectType": "Subscription"},
}
# https://learn.microsoft.com/en-us/partner-center/developer/get-a-subscription-by-id
AZURE = {
    "id": "A356AC8C-E310-44F4-BF85-C7F29044AF99",
    "offerId": "MS-AZR-0145P",
    "offerName": "Microsoft Azure",
    "quantity": 1,
    "unitType": "Usage-based",
    "effectiveStartDate": "2016-05-10T00:00:00Z",
    "commitmentEndDate": "9999-12-10T00:00:00Z",
    "status": "active",
    "autoRenewEnabled": False,
    "billingType": "usage",
}


def read(entry):
    return read_live_item(entry, customer_id="0112A436-B14E-4888-967B-CA4BB2CF1234", customer="Wingtip", today=TODAY)


def changed(**values):
    return read(NEW_COMMERCE | values)


def without(*names):
    return read({name: value for name, value in NEW_COMMERCE.items() if name not in names})


def test_documented_entry_is_read():
    assert read(NEW_COMMERCE) == Subscription(
        id="5d0e7a31-8a2b-4c1d-9e3f-0123456789ab",
        customer_id="0112a436-b14e-4888-967b-ca4bb2cf1234",
        customer="Wingtip",
        product="Office 365 E3",
        source=SubscriptionSource.LIVE,
        offer_id="CFQ7TTC0LF8R:0001:CFQ7TTC0KXYZ",
        seats=50,
        next_seats=None,
        start=date(2026, 1, 15),
        end=date(2027, 1, 14),
        far=False,
        renewing=Renewing.AUTO,
        state=SubscriptionState.ACTIVE,
        trial=False,
        term="P1Y",
        cancel_until=date(2026, 1, 22),
    )


def test_keys_in_another_case_are_read_as_well():
    assert read({name.upper(): value for name, value in NEW_COMMERCE.items()}) == read(NEW_COMMERCE)


def test_azure_has_no_licenses_and_no_real_end():
    azure = read(AZURE)
    assert azure.seats is None
    assert azure.end is None
    assert azure.far
    assert azure.renewing is Renewing.OFF


@pytest.mark.parametrize("billing", ["usage", "Usage", " USAGE "])
def test_what_is_billed_by_use_has_no_seats(billing):
    found = changed(billingType=billing, scheduledNextTermInstructions={"quantity": 9})
    assert (found.seats, found.next_seats) == (None, None)


@pytest.mark.parametrize("unit", ["Gigabytes", "none", "Usage-based"])
def test_a_number_of_anything_but_licenses_is_no_number_of_seats(unit):
    assert changed(unitType=unit).seats is None


def test_an_older_entry_without_a_unit_has_seats():
    older = without("unitType", "billingType", "offerName", "productType", "termDuration", "commitmentEndDateTime")
    assert older.seats == 50
    assert older.product == "Sales floor"
    assert older.term == ""
    assert older.end == date(2027, 1, 14)


@pytest.mark.parametrize(
    ("written", "seats"), [(50, 50), ("50", 50), (50.0, 50), ("50.0", 50), (50.5, None), (-1, None), (True, None)]
)
def test_seats_are_read_however_they_are_written(written, seats):
    assert changed(quantity=written).seats == seats


def test_the_seats_after_a_renewal_are_those_that_are_scheduled():
    assert changed(scheduledNextTermInstructions={"quantity": "60", "product": {}}).next_seats == 60
    assert changed(scheduledNextTermInstructions=None).next_seats is None
    assert changed(scheduledNextTermInstructions=[60]).next_seats is None


def test_the_day_to_cancel_is_never_computed():
    assert without("cancellationAllowedUntilDate").cancel_until is None
    assert changed(cancellationAllowedUntilDate="0001-01-01T00:00:00").cancel_until is None


@pytest.mark.parametrize(("said", "renewing"), [(True, "auto"), ("False", "off"), (None, "unknown"), (1, "unknown")])
def test_renewal_is_unknown_unless_it_is_said(said, renewing):
    assert changed(autoRenewEnabled=said).renewing.value == renewing


@pytest.mark.parametrize(
    ("word", "state"),
    [("Suspended", "suspended"), ("expired", "expired"), ("none", "other"), (7, "other"), ("deleted", "deleted")],
)
def test_state_is_one_of_the_documented_words_or_other(word, state):
    assert changed(status=word).state.value == state


@pytest.mark.parametrize("term", ["", "one year", "P", "P1Y; DROP", None, 12])
def test_term_is_a_duration_or_nothing(term):
    assert changed(termDuration=term).term == ""


def test_a_trial_is_what_the_service_calls_one():
    assert changed(isTrial="true").trial is True
    assert without("isTrial").trial is None


@pytest.mark.parametrize("name", ["", " ", "UNKNOWN", "\u200b", None, {}])
def test_the_friendly_name_stands_in_for_a_name_that_is_none(name):
    assert changed(offerName=name).product == "Sales floor"
    assert changed(offerName=name, friendlyName=name).product == ""


@pytest.mark.parametrize("entry", [None, 7, "x", [], {}, {"note": "end of list"}, {"id": None, "quantity": None}])
def test_an_entry_without_a_field_of_a_subscription_is_none(entry):
    assert read(entry) is None


@pytest.mark.parametrize("id_", ["00000000-0000-0000-0000-000000000000", "", None, [], 1.5])
def test_an_id_of_zeros_is_no_id(id_):
    assert changed(id=id_).id == ""
