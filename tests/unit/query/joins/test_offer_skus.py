"""What was bought, by the packaged table and by any other."""

from datetime import date

import pytest

from bot.domain.guid import parse_guid
from bot.query.joins.offer_skus import OfferSku, OfferSkus, offer_key, packaged_rows

E3 = "6fd2c87f-b296-42f0-b197-1e91e994b900"
NEW_COMMERCE = OfferSku("CFQ7TTC0ABCD:0001", E3.upper(), "E3", "https://example.com", date(2026, 11, 30))


@pytest.mark.parametrize(
    ("offer", "sku"),
    [
        ("796B6B5F-613C-4E24-A17C-EBA730D49C02", E3),
        ("{796b6b5f-613c-4e24-a17c-eba730d49c02}", E3),
        ("796b6b5f613c4e24a17ceba730d49c02", E3),
        ("91FD106F-4B2C-4938-95AC-F54F74E9A239", "18181a46-0d4e-45cd-891e-60aabd171b4e"),
        ("031C9E47-4802-4248-838E-778FB1D2CC05", "f245ecc8-75af-4f8e-b61f-27d8114de5f3"),
        ("E60E0348-1710-484B-992A-32B294D4CDE1", "c52ea49f-fe5d-4e95-93ba-1de91d380f89"),
        ("MS-AZR-0145P", None),
        ("00000000-0000-0000-0000-000000000000", None),
        ("", None),
        (None, None),
    ],
)
def test_documented_offers_have_their_product(offer, sku):
    assert OfferSkus(packaged_rows()).sku_of(offer) == OfferSkus.packaged().sku_of(offer) == sku


@pytest.mark.parametrize(
    ("offer", "sku"),
    [
        ("CFQ7TTC0ABCD:0001:CFQ7TTC0KXYZ", E3),
        ("cfq7ttc0abcd:0001:another", E3),
        ("CFQ7TTC0ABCD:0001", E3),
        ("CFQ7TTC0ABCD:0002:CFQ7TTC0KXYZ", None),
        ("CFQ7TTC0ABCD", None),
        ("0001:CFQ7TTC0ABCD", None),
        (":::", None),
    ],
)
def test_an_offer_of_new_commerce_is_known_without_its_price(offer, sku):
    assert OfferSkus([NEW_COMMERCE]).sku_of(offer) == sku


def test_an_offer_is_identified_by_its_first_two_parts():
    assert offer_key("CFQ7:0001:KXYZ") == offer_key("cfq7:0001:abcd") == "cfq7:0001"
    assert offer_key(" ") == offer_key(None) == ""


def test_every_row_has_two_ids_and_a_source():
    rows = packaged_rows()
    assert len({offer_key(each.offer) for each in rows}) == len(rows)
    for each in rows:
        assert parse_guid(each.sku) == each.sku
        assert each.source.startswith("https://learn.microsoft.com/")
        assert each.seen >= date(2026, 11, 30)
        assert each.name
