"""Several spellings of one id's name are one entry, whatever comes first."""

from itertools import permutations

import pytest

from bot.domain.licensing import Dimension, Entry
from bot.names.name_index import Ambiguous, NameIndex, Unique
from bot.names.one_entry import one_for_each_id

CUSTOMER = (Dimension.CUSTOMER,)
ID, SPELLED, OTHER = (
    "5C1E7A90-4B2D-4E3F-9A61-000000000001",
    "{5c1e7a904b2d4e3f9a61000000000001}",
    "5C1E7A90-4B2D-4E3F-9A61-000000000009",
)


def of(*pairs: tuple[str, str]) -> list[Entry]:
    return [Entry(Dimension.CUSTOMER, id_, name) for id_, name in pairs]


SAME = of((ID, "Lamna Care"), (SPELLED, "Lamna  care "), (ID, "Zeta"), (ID, ID))


def test_the_best_spelling_is_shown_in_any_order() -> None:
    for order in permutations(SAME):
        assert set(one_for_each_id(order).values()) == set(of((ID, "Lamna Care")))


def test_an_id_is_shown_only_if_there_is_no_name() -> None:
    assert set(one_for_each_id(of((ID, ID), (ID.lower(), ID.lower()))).values()) == set(of((ID, ID)))


def test_entries_of_several_ids_stay() -> None:
    entries = of((ID, "Lamna Care"), (OTHER, "Lamna Care"))
    assert one_for_each_id(entries) == dict(zip(entries, entries, strict=True))


@pytest.mark.parametrize("typed", ["lamna care", "Zeta", "zet", ID, SPELLED, "zeeta"])
def test_every_name_and_id_leads_to_the_one_entry(typed: str) -> None:
    names = NameIndex.of(SAME)
    assert names.entries(Dimension.CUSTOMER) == of((ID, "Lamna Care"))
    found = names.find(typed, CUSTOMER)
    assert isinstance(found, Unique)
    assert found.entry.label == "Lamna Care"


def test_a_name_of_two_customers_offers_each_once() -> None:
    names = NameIndex.of([*SAME, *of((OTHER, "Lamna Care"))])
    found = names.find("Lamna Care", CUSTOMER)
    assert isinstance(found, Ambiguous)
    assert [each.label for each in found.entries] == ["Lamna Care (…0001)", "Lamna Care (…0009)"]
    assert found.total == 2
    assert [each.label for each in names.search(Dimension.CUSTOMER, "lamna")] == [each.label for each in found.entries]


def test_a_former_name_needs_no_detail_beside_who_has_it_now() -> None:
    names = NameIndex.of([*SAME, *of((OTHER, "Zeta"))])
    assert [each.label for each in names.entries(Dimension.CUSTOMER)] == ["Lamna Care", "Zeta"]
    found = names.find("zeta", CUSTOMER)
    assert isinstance(found, Ambiguous)
    assert {each.label for each in found.entries} == {"Lamna Care", "Zeta"}


def test_entries_are_in_the_order_of_the_names_that_are_shown() -> None:
    names = NameIndex.of(of((ID, "Beta"), (ID, "aaa "), (OTHER, "Alpha")))
    assert [each.name for each in names.entries(Dimension.CUSTOMER)] == ["Alpha", "Beta"]
