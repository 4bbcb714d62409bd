"""An entry of the subscriptions of all customers."""

from datetime import date

import pytest

from bot.domain.subscriptions import Renewing, Subscription, SubscriptionSource, SubscriptionState
from bot.partner_center.protocol.subscriptions.analytics_row import read_analytics_row

TODAY = date(2026, 11, 30)
# https://learn.microsoft.com/en-us/partner-center/developer/get-all-subscription-analytics
ROW = {
    "customerTenantId": "0112A436-B14E-4888-967B-CA4BB2CF1234",
    "customerName": "TEST COMPANY",
    "customerMarket": "NL",
    "id": "5D0E7A31-8A2B-4C1D-9E3F-0123456789AB",
    "status": "ACTIVE",
    "productName": "OFFICE 365 E3",
    "subscriptionType": "Office",
    "autoRenewEnabled": True,
    "partnerId": "1234567",
    "friendlyName": "OFFICE SUITE",
    "creationDate": "2024-01-15T09:12:44.51",
    "effectiveStartDate": "2024-01-15T00:00:00",
    "commitmentEndDate": "2027-01-14T00:00:00",
    "trialToPaidConversionDate": None,
    "trialStartDate": None,
    "lastRenewalDate": "2026-01-15T03:10:22.604",
    "licenseCount": 50,
    "churnRisk": "High",
    "billingCycleName": "MONTHLY",
}


def read(**changes):
    return read_analytics_row(ROW | changes, today=TODAY)


def test_documented_row_is_read():
    assert read() == Subscription(
        id="5d0e7a31-8a2b-4c1d-9e3f-0123456789ab",
        customer_id="0112a436-b14e-4888-967b-ca4bb2cf1234",
        customer="TEST COMPANY",
        product="OFFICE 365 E3",
        source=SubscriptionSource.ANALYTICS,
        seats=50,
        start=date(2024, 1, 15),
        end=date(2027, 1, 14),
        renewing=Renewing.AUTO,
        state=SubscriptionState.ACTIVE,
        trial=False,
    )


@pytest.mark.parametrize(
    ("word", "state"), [("SUSPENDED", "suspended"), ("DEPROVISIONED", "deleted"), ("Active", "active"), ("X", "other")]
)
def test_the_words_of_the_analytics_are_the_states_of_the_lists(word, state):
    assert read(status=word).state.value == state


@pytest.mark.parametrize("kind", ["Office", "M365", "Windows", "UNKNOWN", "Something new", None])
def test_every_kind_but_azure_has_seats(kind):
    assert read(subscriptionType=kind, licenseCount="7485").seats == 7485
    assert read(subscriptionType="Azure").seats is None


@pytest.mark.parametrize(
    ("started", "converted", "trial"),
    [
        ("2026-11-01T00:00:00", None, True),
        ("2026-11-01T00:00:00", "2026-11-20T00:00:00", False),
        (None, None, False),
        ("soon", None, None),
    ],
)
def test_a_trial_is_one_that_began_and_was_not_converted(started, converted, trial):
    found = read(trialStartDate=started, trialToPaidConversionDate=converted)
    assert found.trial is trial


def test_without_the_field_it_is_unknown_whether_it_is_a_trial():
    row = {name: value for name, value in ROW.items() if name != "trialStartDate"}
    assert read_analytics_row(row, today=TODAY).trial is None


def test_an_unknown_product_has_the_friendly_name_or_none():
    assert read(productName="UNKNOWN").product == "OFFICE SUITE"
    assert read(productName="unknown", friendlyName="").product == ""


def test_no_end_is_unknown_and_an_end_in_a_far_year_is_far():
    assert (read(commitmentEndDate=None).end, read(commitmentEndDate=None).far) == (None, False)
    assert (read(commitmentEndDate="9999-12-31T00:00:00").end, read(commitmentEndDate="2045-01-01").far) == (None, True)


@pytest.mark.parametrize("entry", [None, 7, [], {}, {"subscriptionCount": "63"}, {"churnRisk": "High"}])
def test_a_row_without_a_field_of_a_subscription_is_none(entry):
    assert read_analytics_row(entry, today=TODAY) is None
