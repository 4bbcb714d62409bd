"""Spellings of one product, and names of two."""

import pytest

from bot.query.joins.product_spelling import spelled


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OFFICE 365 ENTERPRISE E3", "Office 365 E3"),
        ("Office 365 E3 (NCE)", "office 365  e3"),
        ("Office 365 E3 (New Commerce Experience)", "Office 365 E3"),
        ("Office 365 E3 (new commerce)", "Office 365 E3"),
        ("EXCHANGE ONLINE (PLAN 1)", "Exchange Online Plan 1"),
        ("Exchange\u200b Online – Plan 1", "Exchange Online Plan 1"),
    ],
)
def test_spellings_of_one_product_are_the_same(one, other):
    assert spelled(one) == spelled(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Office 365 E3", "Microsoft 365 E3"),
        ("Exchange Online (Plan 1)", "Exchange Online (Plan 2)"),
        ("Office 365 E3", "Office 365 E5"),
        ("Enterprise Mobility + Security E3", "Enterprise Mobility Security E3"),
        ("Windows 10 Enterprise E3", "Windows Enterprise E3"),
        ("Enterprise Voice", "Voice"),
    ],
)
def test_names_of_two_products_differ(one, other):
    assert spelled(one) != spelled(other)


@pytest.mark.parametrize("name", ["", " ", "\u200b", "(NCE)", "---"])
def test_a_name_of_nothing_is_none(name):
    assert spelled(name) == ""
