"""Entries of one name are distinguished; every printed form is accepted."""

import pytest

from bot.domain.licensing import Dimension, Entry
from bot.names.name_index import Ambiguous, NameIndex, Unique, Unknown
from bot.names.namesakes import CustomerDetails, distinctions

CUSTOMER = (Dimension.CUSTOMER,)
IDS = (
    "3F2A91C4-0B1D-4E55-9A10-6C7D8E9F0A1B",
    "7B6C5D4E-2C3D-4F66-8B21-1A2B3C4D5E6F",
    "C9D8E7F6-4D5E-4077-9C32-2B3C4D5E6F70",
)


def named(*names: str) -> list[Entry]:
    return [Entry(Dimension.CUSTOMER, id_, name) for id_, name in zip(IDS, names, strict=False)]


def test_three_names_that_look_alike_are_told_apart_by_the_id() -> None:
    names = NameIndex.of(named("Wingtip", "Wingtip ", "Wing\u200btip"))
    labels = {entry.label for entry in names.entries(Dimension.CUSTOMER)}
    assert labels == {"Wingtip (…0A1B)", "Wingtip  (…5E6F)", "Wing\u200btip (…6F70)"}
    assert isinstance(names.find("wingtip", CUSTOMER), Ambiguous)


def test_domain_comes_before_product_and_product_before_the_id() -> None:
    alike = named("Contoso", "CONTOSO", "Contoso™")
    first, second, third = (each.lower() for each in IDS)
    products = {first: frozenset({"E3"}), second: frozenset({"E5"}), third: frozenset({"E3"})}
    found = distinctions(alike, CustomerDetails({first: "contoso.com"}, products))
    assert [found[each] for each in alike] == ["contoso.com", "E5", "…6F70"]


def test_one_of_several_products_tells_nothing() -> None:
    alike = named("Lamna Care", "Lamna Care")
    first, second = (each.lower() for each in IDS[:2])
    products = {first: frozenset({"E3", "E5"}), second: frozenset({"TRIAL"})}
    found = distinctions(alike, CustomerDetails({}, products))
    assert [found[each] for each in alike] == ["…0A1B", "TRIAL"]


def test_one_domain_of_two_customers_tells_nothing() -> None:
    alike = named("Contoso", "Contoso")
    same = CustomerDetails({IDS[0].lower(): "contoso.com", IDS[1].lower(): "Contoso.com"})
    assert set(distinctions(alike, same).values()) == {"…0A1B", "…5E6F"}


def test_one_thing_with_two_names_needs_nothing() -> None:
    names = NameIndex.of([Entry(Dimension.CUSTOMER, IDS[0], "Fabrikam"), Entry(Dimension.CUSTOMER, IDS[0], "FABRIKAM")])
    assert [entry.label for entry in names.entries(Dimension.CUSTOMER)] == ["FABRIKAM"]


def test_the_index_without_details_is_unchanged_by_one_with_them() -> None:
    plain = NameIndex.of(named("Contoso", "Contoso"))
    detailed = plain.detailed(CustomerDetails({IDS[0].lower(): "contoso.com"}))
    assert [each.detail for each in detailed.entries(Dimension.CUSTOMER)] == ["contoso.com", "…5E6F"]
    assert [each.detail for each in plain.entries(Dimension.CUSTOMER)] == ["…0A1B", "…5E6F"]
    assert isinstance(plain.find("Contoso (contoso.com)", CUSTOMER), Unknown)


@pytest.mark.parametrize(
    "typed",
    [
        "Contoso (contoso.com)",
        "contoso.com",
        "https://www.contoso.com/",
        "info@contoso.com",
        "Contoso (…0A1B)",
        "Contoso (0a1b)",
        "Contoso (3F2A91C4…)",
        "Contoso (contoso.com) (3F2A91C4-0B1D-4E55-9A10-6C7D8E9F0A1B)",
        "Contoso 3F2A91C4-0B1D-4E55-9A10-6C7D8E9F0A1B",
        "Former Name (3f2a91c4-0b1d-4e55-9a10-6c7d8e9f0a1b)",
    ],
)
def test_a_namesake_is_found_by_every_form_that_is_printed(typed: str) -> None:
    details = CustomerDetails({IDS[0].lower(): "contoso.com"})
    names = NameIndex.of(named("Contoso", "Contoso", "Fabrikam")).detailed(details)
    found = names.find(typed, CUSTOMER)
    assert isinstance(found, Unique)
    assert found.entry.id == IDS[0]


def test_both_are_offered_when_name_and_id_are_of_two_customers() -> None:
    found = NameIndex.of(named("Contoso", "Fabrikam")).find(f"Fabrikam ({IDS[0]})", CUSTOMER)
    assert isinstance(found, Ambiguous)
    assert {entry.id for entry in found.entries} == set(IDS[:2])


def test_nothing_is_taken_when_no_entry_has_what_is_in_brackets() -> None:
    found = NameIndex.of(named("Contoso", "Contoso")).find("Contoso (fabrikam.com)", CUSTOMER)
    assert isinstance(found, Unknown)
    assert {entry.id for entry in found.nearest} == set(IDS[:2])
