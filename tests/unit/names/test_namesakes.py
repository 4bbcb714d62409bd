"""What distinguishes customers of one name, to the character."""

import weakref

import pytest

from bot.domain.licensing import Dimension, Entry
from bot.names.name_index import Ambiguous, NameIndex, Unique, Unknown
from bot.names.namesakes import CustomerDetails, distinctions

CUSTOMER = (Dimension.CUSTOMER,)


def details(*ids: str, known: CustomerDetails | None = None) -> list[str]:
    entries = [Entry(Dimension.CUSTOMER, id_, "Contoso") for id_ in ids]
    found = distinctions(entries, known or CustomerDetails())
    return [found[entry] for entry in entries]


@pytest.mark.parametrize(
    ("ids", "shown"),
    [
        (("code-a", "code-b"), ["code-a", "code-b"]),
        (("12345678", "x12345678"), ["12345678", "…x12345678"]),
        (("aaaa-bbbb-1111", "aaaa-bbbb-2222"), ["…1111", "…2222"]),
        (("aaaa-bbbb-1111", "aaaa-cccc-1111"), ["…b-1111", "…c-1111"]),
        (("zzzzX12345678901", "zzzzY12345678901"), ["…X12345678901", "…Y12345678901"]),
        (("zzzzX123456789012", "zzzzY123456789012"), ["zzzzX…", "zzzzY…"]),
        (("00x45-123456789012", "00y45-123456789012"), ["00x4…", "00y4…"]),
        (("zzzzzzzzzzzX123456789012", "zzzzzzzzzzzY123456789012"), ["zzzzzzzzzzzX…", "zzzzzzzzzzzY…"]),
        (
            ("zzzzzzzzzzzzX123456789012", "zzzzzzzzzzzzY123456789012"),
            ["zzzzzzzzzzzzX123456789012", "zzzzzzzzzzzzY123456789012"],
        ),
    ],
)
def test_shortest_end_or_beginning_is_shown(ids: tuple[str, ...], shown: list[str]) -> None:
    entries = [Entry(Dimension.CUSTOMER, id_, "Contoso") for id_ in ids]
    found = distinctions(entries)
    assert [found[entry] for entry in entries] == shown


def test_customer_without_a_domain_is_told_apart_by_its_id() -> None:
    entries = [Entry(Dimension.CUSTOMER, id_, "Contoso") for id_ in ("long-id-1111", "long-id-2222")]
    assert distinctions(entries, CustomerDetails({"long-id-1111": "contoso.com"}))[entries[1]] == "…2222"


KNOWN = CustomerDetails({"a": "a.example", "b": "b.example"}, {"a": frozenset({"E3", "E5"}), "b": frozenset({"E3"})})


def test_digest_is_equal_when_the_details_are_in_another_order() -> None:
    turned = CustomerDetails(dict(reversed(KNOWN.domains.items())), dict(reversed(KNOWN.products.items())))
    assert turned.digest() == KNOWN.digest()
    assert len(KNOWN.digest()) == 32


@pytest.mark.parametrize(
    "other",
    [
        CustomerDetails(),
        CustomerDetails(KNOWN.domains),
        CustomerDetails({}, KNOWN.products),
        CustomerDetails({**KNOWN.domains, "b": "c.example"}, KNOWN.products),
        CustomerDetails(KNOWN.domains, {**KNOWN.products, "a": frozenset({"E3", "E1"})}),
        CustomerDetails({**KNOWN.domains, "c": "\ud800"}, KNOWN.products),
    ],
)
def test_digest_differs_when_a_detail_does(other: CustomerDetails) -> None:
    assert other.digest() != KNOWN.digest()


IDS = ("3F2A91C4-0B1D-4E55-9A10-6C7D8E9F0A1B", "7B6C5D4E-2C3D-4F66-8B21-1A2B3C4D5E6F")
NAMESAKES = NameIndex.of(Entry(Dimension.CUSTOMER, id_, "Contoso") for id_ in IDS).detailed(
    CustomerDetails({IDS[0].lower(): "contoso.com"}, {IDS[1].lower(): frozenset({"Office 365 E3"})})
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("Contoso (https://www.contoso.com/)", 0),
        ("Contoso (CONTOSO.COM)", 0),
        ("contoso.com", 0),
        ("Contoso (office-365 E3)", 1),
        ("Contoso (5E6F)", 1),
        ("Contoso! (5E6F)", 1),
        (f"Contoso ({IDS[1]})", 1),
    ],
)
def test_namesake_is_found_by_any_of_its_details(typed: str, number: int) -> None:
    found = NAMESAKES.find(typed, CUSTOMER)
    assert isinstance(found, Unique)
    assert found.entry.id == IDS[number]


@pytest.mark.parametrize("typed", ["Contoso (fabrikam.com)", "Contoso (Office 365 E5)", "Contoso (AAAA)", "Contoso ()"])
def test_namesakes_are_offered_when_none_has_the_detail(typed: str) -> None:
    found = NAMESAKES.find(typed, CUSTOMER)
    offered = found.entries if isinstance(found, Ambiguous) else found.nearest if isinstance(found, Unknown) else ()
    assert {entry.id for entry in offered} == set(IDS)


def test_entry_of_an_id_has_its_detail() -> None:
    wanted = Entry(Dimension.CUSTOMER, IDS[1].lower(), "an older name")
    same = NAMESAKES.same(wanted)
    assert same is not None
    assert (same.id, same.detail) == (IDS[1], "Office 365 E3")
    assert NAMESAKES.same(Entry(Dimension.CUSTOMER, "ｘ", "Contoso")) is None


def test_entry_is_found_by_an_id_in_another_form() -> None:
    names = NameIndex.of(
        [Entry(Dimension.CUSTOMER, "Ｃode", "Contoso"), Entry(Dimension.CUSTOMER, "other", "Fabrikam")]
    )
    same = names.same(Entry(Dimension.CUSTOMER, "code", ""))
    assert same is not None
    assert same.name == "Contoso"


def test_names_that_look_like_another_are_found_in_any_spelling() -> None:
    alike = NAMESAKES.looking_like(Entry(Dimension.CUSTOMER, "new", "CONTOSO!"))
    assert [entry.id for entry in alike] == list(IDS)
    assert NAMESAKES.looking_like(Entry(Dimension.CUSTOMER, "new", "Fabrikam")) == ()


def test_no_entry_is_alike_when_all_names_differ() -> None:
    assert NameIndex.of([Entry(Dimension.CUSTOMER, "a", "Contoso")]).alike(Dimension.CUSTOMER) == ()


def test_another_name_of_a_namesake_leads_to_it() -> None:
    entries = [*(Entry(Dimension.CUSTOMER, each, "Contoso") for each in IDS), Entry(Dimension.CUSTOMER, IDS[0], "Zeta")]
    names = NameIndex.of(entries)
    assert names.find(IDS[0], CUSTOMER) == Unique(names.same(entries[0]))
    assert names.search(Dimension.CUSTOMER, "zeta") == [entries[0]]
    assert names.find("Zeta", CUSTOMER) == Unique(entries[0])


def test_index_without_details_lives_as_long_as_the_one_with_them() -> None:
    plain = NameIndex.of(Entry(Dimension.CUSTOMER, id_, "Contoso") for id_ in IDS)
    detailed, alive = plain.detailed(CustomerDetails()), weakref.ref(plain)
    del plain
    assert alive() is not None
    assert len(detailed) == 2
