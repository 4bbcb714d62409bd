"""The products of a report of sold licenses."""

from bot.domain.licensing import DeploymentRow
from bot.query.joins.deployed_products import BY, deployed_products
from bot.query.joins.joined_seats import DeployedProduct
from bot.query.reports.row_aggregator import RowAggregator

WINGTIP = "0112A436-B14E-4888-967B-CA4BB2CF1234"
E3 = "6FD2C87F-B296-42F0-B197-1E91E994B900"


def row(**other):
    values = {
        "processed": "2018-10-15T00:00:00",
        "service": "Microsoft Office 365",
        "channel": "reseller",
        "customer_id": WINGTIP,
        "customer": "Wingtip",
        "product_id": E3,
        "product": "OFFICE 365 E3",
        "qualified": 50,
        "licenses_active": 41,
    }
    return DeploymentRow(**(values | other))


def products(*rows):
    tally = RowAggregator(BY)
    tally.add(list(rows))
    return deployed_products(tally.report())


def test_channels_of_a_product_are_one_product():
    assert products(row(), row(channel="direct", qualified=10, licenses_active=12)) == (
        DeployedProduct(WINGTIP, E3, "OFFICE 365 E3", 60, 53),
    )


def test_a_product_with_an_unknown_row_has_unknown_numbers():
    assert products(row(), row(channel="direct", qualified=None)) == (
        DeployedProduct(WINGTIP, E3, "OFFICE 365 E3", None, None),
    )


def test_a_product_of_which_everything_is_unknown_is_there():
    other = row(product_id="45A2423B-E884-448D-A831-D9E139C52D2F", qualified=None)
    assert products(row(), other) == (
        DeployedProduct(WINGTIP, E3, "OFFICE 365 E3", 50, 41),
        DeployedProduct(WINGTIP.lower(), other.product_id.lower(), ""),
    )
    assert [each.product_id for each in products(row(product_id=None, qualified=None))] == [""]


def test_a_product_without_an_id_has_none():
    (found,) = products(row(product_id=None))
    assert (found.product_id, found.product, found.sold) == ("", "OFFICE 365 E3", 50)
    assert [each.customer_id for each in products(row(customer_id=None))] == [""]


def test_nothing_sold_is_no_product():
    assert products() == ()


def test_a_product_has_the_name_of_its_customer():
    (found,) = products(row())
    assert found.customer not in ("", WINGTIP)
