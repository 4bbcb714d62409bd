"""Resolving names.

An exact match beats the beginning of a name, which beats a similar name.
"""

from collections.abc import Callable

import pytest

from bot.commands.clauses import DIMENSIONS
from bot.commands.command import Clause
from bot.domain.licensing import Dimension, Entry
from bot.names.name_index import Ambiguous, NameIndex, Unique, Unknown

FOR, ON, IN, VIA = (DIMENSIONS[clause] for clause in (Clause.FOR, Clause.ON, Clause.IN, Clause.VIA))


def named(found: object) -> str | None:
    return found.entry.name if isinstance(found, Unique) else None


@pytest.mark.parametrize(
    ("typed", "dimensions", "name"),
    [
        ("TEST COMPANY", FOR, "TEST COMPANY"),
        ("test  company", FOR, "TEST COMPANY"),
        ("ＴＥＳＴ company", FOR, "TEST COMPANY"),
        ("Smith and Sons Inc", FOR, "Smith and Sons, Inc."),
        ("OBrien & Sons", FOR, "O'Brien & Sons"),
        ("yahoo", FOR, "Yahoo!"),
        ("exo", ON, "Exchange"),
        ("Exchange", ON, "Exchange"),
        ("exchange online", ON, "Exchange"),
        ("EXCHANGE ONLINE PROTECTION", ON, "EXCHANGE ONLINE PROTECTION"),
        ("onedrive", ON, "SharePoint"),
        ("lync", ON, "Skype For Business"),
        ("msteams", ON, "Teams"),
        ("o365", ON, "Microsoft Office 365"),
        ("6fd2c87f-b296-42f0-b197-1e91e994b900", IN, "OFFICE 365 ENTERPRISE E3"),
        ("RESELLER", VIA, "reseller"),
    ],
)
def test_an_exact_name_code_id_or_alias_is_found(
    typed: str, dimensions: tuple[Dimension, ...], name: str, names: NameIndex
) -> None:
    found = names.find(typed, dimensions)
    assert named(found) == name
    assert isinstance(found, Unique)
    assert not found.corrected


@pytest.mark.parametrize("case", [str.upper, str.lower, lambda text: "{" + text + "}"])
def test_a_tenant_id_is_found_in_any_case(
    case: Callable[[str], str], names: NameIndex, customer_id: Callable[[str], str]
) -> None:
    assert named(names.find(case(customer_id("Focus on IT")), FOR)) == "Focus on IT"


def test_an_unknown_tenant_id_has_no_similar_entries(names: NameIndex) -> None:
    assert names.find("0112A436-B14E-4888-967B-CA4BB2CFFFFF", FOR) == Unknown(())


def test_the_only_name_with_that_beginning_is_found(names: NameIndex) -> None:
    assert named(names.find("Smith", FOR)) == "Smith and Sons, Inc."
    assert named(names.find("office 365 e", IN)) == "OFFICE 365 ENTERPRISE E3"


def test_an_exact_name_beats_longer_ones_with_the_same_beginning(names: NameIndex) -> None:
    assert named(names.find("contoso", FOR)) == "Contoso"


def test_find_is_ambiguous_when_several_names_have_the_beginning(names: NameIndex) -> None:
    found = names.find("woodgrove", FOR)
    assert isinstance(found, Ambiguous)
    assert [entry.name for entry in found.entries] == ["Woodgrove Bakery", "Woodgrove Bank"]
    assert found.total == 2


def test_find_is_ambiguous_when_two_customers_have_one_name() -> None:
    twins = [Entry(Dimension.CUSTOMER, f"{n}", "Contoso") for n in range(2)]
    found = NameIndex.of(twins).find("contoso", FOR)
    assert isinstance(found, Ambiguous)
    assert found.total == 2


def test_find_is_unique_when_one_id_has_two_names() -> None:
    renamed = [Entry(Dimension.WORKLOAD, "EXO", "Exchange"), Entry(Dimension.WORKLOAD, "exo", "Exchange Online")]
    assert isinstance(NameIndex.of(renamed).find("EXO", ON), Unique)


def test_many_matches_are_counted_and_ten_are_offered() -> None:
    many = NameIndex.of(Entry(Dimension.CUSTOMER, f"{n}", f"Branch {n:03}") for n in range(300))
    found = many.find("branch", FOR)
    assert isinstance(found, Ambiguous)
    assert (len(found.entries), found.total) == (10, 300)


@pytest.mark.parametrize(
    ("typed", "dimensions", "name"),
    [
        ("TSET COMPANY", FOR, "TEST COMPANY"),
        ("TEST COMPNY", FOR, "TEST COMPANY"),
        ("company test", FOR, "TEST COMPANY"),
        ("Compny on Fire", FOR, "Company on Fire"),
        ("Exchagne", ON, "Exchange"),
        ("sharepiont", ON, "SharePoint"),
        ("Exchnage Onlin Protection", IN, "EXCHANGE ONLINE PROTECTION"),
    ],
)
def test_a_typing_error_is_corrected(
    typed: str, dimensions: tuple[Dimension, ...], name: str, names: NameIndex
) -> None:
    found = names.find(typed, dimensions)
    assert named(found) == name
    assert isinstance(found, Unique)
    assert found.corrected


@pytest.mark.parametrize(
    ("typed", "dimensions"), [("OFFICE 365 ENTERPRISE E5", IN), ("Society 71", FOR), ("Frod", FOR)]
)
def test_a_number_or_a_short_name_is_not_corrected(
    typed: str, dimensions: tuple[Dimension, ...], names: NameIndex
) -> None:
    found = names.find(typed, dimensions)
    assert named(found) in {None, "Ford"}
    if isinstance(found, Unknown):
        assert len(found.nearest) <= 3


def test_find_is_ambiguous_when_two_names_are_equally_similar(names: NameIndex) -> None:
    found = names.find("Woodgrove Bnk", FOR)
    assert named(found) == "Woodgrove Bank"
    near = NameIndex.of(Entry(Dimension.CUSTOMER, name, name) for name in ("Litware East", "Litware Bast"))
    assert isinstance(near.find("Litware Aast", FOR), Ambiguous)


def test_find_returns_the_three_nearest_when_no_name_matches(names: NameIndex) -> None:
    found = names.find("the test companies", FOR)
    assert isinstance(found, Unknown)
    assert found.nearest[0].name == "TEST COMPANY"
    assert len(found.nearest) <= 3


@pytest.mark.parametrize("typed", ["", " ", "\u200b", "?!", "🚀", "\ud800", "x" * 5_000, "\x00"])
def test_a_strange_name_matches_nothing(typed: str, names: NameIndex) -> None:
    for dimensions in DIMENSIONS.values():
        assert isinstance(names.find(typed, dimensions), Unknown)
    assert names.knows(Clause.FOR, typed) == 0


def test_an_alias_matches_only_entries_the_caller_can_see() -> None:
    few = NameIndex.of([Entry(Dimension.WORKLOAD, "SPO", "SharePoint")])
    assert isinstance(few.find("lync", ON), Unknown)
    own = NameIndex.of([Entry(Dimension.WORKLOAD, "SPO", "SharePoint"), Entry(Dimension.WORKLOAD, "X1", "OneDrive")])
    assert named(own.find("onedrive", ON)) == "OneDrive"


def test_knows_returns_one_for_full_names_and_half_for_beginnings(names: NameIndex) -> None:
    assert names.knows(Clause.FOR, "focus on it") == 1
    assert names.knows(Clause.FOR, "focus on") == 0.5
    assert names.knows(Clause.FOR, "fo") == 0
    assert names.knows(Clause.ON, "exo") == 1
    assert names.knows(Clause.IN, "exo") == 0


def test_entries_are_sorted_by_name_and_counted_once() -> None:
    entry = Entry(Dimension.CUSTOMER, "1", "beta")
    names = NameIndex.of([entry, Entry(Dimension.CUSTOMER, "2", "Alpha"), entry])
    assert [each.name for each in names.entries(Dimension.CUSTOMER)] == ["Alpha", "beta"]


def test_search_sorts_starts_first_then_words_then_parts(names: NameIndex) -> None:
    found = [entry.name for entry in names.search(Dimension.CUSTOMER, "fi")]
    assert found == ["Company on Fire", "Customers First", "Not for Profit Ltd"]


def test_search_offers_similar_names_when_none_contains_the_text(names: NameIndex) -> None:
    assert "Fabrikam" in [entry.name for entry in names.search(Dimension.CUSTOMER, "fabirkam")]


def test_a_large_index_corrects_like_a_small_one() -> None:
    crowd = [Entry(Dimension.CUSTOMER, f"{n}", f"Northwind Branch {n} Ltd") for n in range(3_000)]
    names = NameIndex.of([*crowd, Entry(Dimension.CUSTOMER, "t", "TEST COMPANY")])
    names.warm()
    assert named(names.find("TSET COMPANY", FOR)) == "TEST COMPANY"
    assert isinstance(names.find("Northwind Branch 9999 Ltd", FOR), Unknown)


def test_knows_returns_half_when_thousands_of_names_begin_so() -> None:
    names = NameIndex.of(Entry(Dimension.CUSTOMER, str(index), f"Customer {index}") for index in range(2_000))
    assert names.knows(Clause.FOR, "Custo") == 0.5
    assert names.knows(Clause.FOR, "Customer 7") == 1.0
    assert names.knows(Clause.FOR, "Customized") == 0.0


def test_all_entries_are_offered_when_there_are_only_few(names: NameIndex) -> None:
    found = names.find("partner", VIA)
    assert isinstance(found, Unknown)
    assert [entry.name for entry in found.nearest] == ["reseller"]


@pytest.mark.parametrize(
    ("letters", "edits", "corrected"),
    [
        (3, 1, False),
        (4, 1, True),
        (8, 1, True),
        (8, 2, False),
        (9, 2, True),
        (15, 3, False),
        (16, 3, True),
        (16, 4, False),
    ],
)
def test_long_names_may_have_more_typing_errors(letters: int, edits: int, corrected: bool) -> None:
    name = "abcdefghijklmnop"[:letters]
    typed = name[0] + "z" * edits + name[1 + edits :]
    found = NameIndex.of([Entry(Dimension.CUSTOMER, "1", name)]).find(typed, FOR)
    assert isinstance(found, Unique if corrected else Unknown)


@pytest.mark.parametrize(
    ("second", "total"), [("azzzefghijklmnop", None), ("azzdefghijklmnop", 2), ("azcdefghijklmnoz", 2)]
)
def test_a_name_with_one_edit_more_than_the_nearest_is_a_rival(second: str, total: int | None) -> None:
    names = NameIndex.of(Entry(Dimension.CUSTOMER, name, name) for name in ("abcdefghijklmnoz", second))
    found = names.find("abcdefghijklmnop", FOR)
    if total is None:
        assert named(found) == "abcdefghijklmnoz"
    else:
        assert isinstance(found, Ambiguous)
        assert [entry.name for entry in found.entries] == ["abcdefghijklmnoz", second]
        assert found.total == total


def test_many_similar_names_are_counted_and_ten_are_offered() -> None:
    names = NameIndex.of(Entry(Dimension.CUSTOMER, each, f"Litware {each}ast") for each in "BCDFGHJKLMNP")
    found = names.find("Litware Aast", FOR)
    assert isinstance(found, Ambiguous)
    assert (len(found.entries), found.total) == (10, 12)


def test_an_index_counts_its_entries_and_is_true_when_empty(names: NameIndex) -> None:
    assert len(names) == 30
    assert len(NameIndex.of([])) == 0
    assert bool(NameIndex.of([])) is True


def test_search_offers_at_most_ten_similar_names() -> None:
    names = NameIndex.of(Entry(Dimension.CUSTOMER, each, f"Litware {each}ast") for each in "BCDFGHJKLMNP")
    assert len(names.search(Dimension.CUSTOMER, "Litware Aast")) == 10


def test_three_letters_are_the_shortest_beginning_that_is_known(names: NameIndex) -> None:
    assert [names.knows(Clause.FOR, text) for text in ("co", "con")] == [0.0, 0.5]


def customers(*names: str) -> NameIndex:
    return NameIndex.of(Entry(Dimension.CUSTOMER, f"id {name}", name) for name in names)


@pytest.mark.parametrize(("count", "offered"), [(1, 1), (2, 2), (3, 3), (4, 0)])
def test_up_to_three_entries_are_offered_whatever_was_typed(count: int, offered: int) -> None:
    found = customers(*"ABCD"[:count]).find("something else", (Dimension.CUSTOMER,))
    assert isinstance(found, Unknown)
    assert len(found.nearest) == offered


def test_entries_with_the_name_are_offered_when_none_has_the_detail() -> None:
    names = customers("Contoso", "Fabrikam", "Wingtip", "Lamna")
    found = names.find("Contoso (a detail that nobody wrote down anywhere)", (Dimension.CUSTOMER,))
    assert found == Unknown((Entry(Dimension.CUSTOMER, "id Contoso", "Contoso"),))


def test_name_with_brackets_of_its_own_is_corrected() -> None:
    found = customers("Contoso (Berlin)", "Fabrikam", "Wingtip", "Lamna").find("Contso (Berlin)", (Dimension.CUSTOMER,))
    assert isinstance(found, Unique)
    assert (found.entry.name, found.corrected) == ("Contoso (Berlin)", True)
