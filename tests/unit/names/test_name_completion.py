"""Names that fit what a person has typed so far."""

from itertools import islice

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.licensing import Dimension, Entry
from bot.names.completion.name_completion import SHORTEST_ID, NameCompletion
from bot.names.name_folding import loose
from bot.names.name_index import NameIndex

NAMES = sorted(["adventure works", "contoso", "contoso spain", "fabrikam contoso", "fabrikam spain", "subcontoso"])
IDS = [f"{number}a1b2c3d" for number in range(len(NAMES))]


def fitting(typed: str, id_: str = "") -> list[str]:
    positions = dict.fromkeys(NameCompletion(NAMES, IDS).positions(typed, id_))
    return [NAMES[position] for position in positions]


def customers(*names: str) -> NameIndex:
    return NameIndex.of(Entry(Dimension.CUSTOMER, f"{number:04}-id", name) for number, name in enumerate(names))


def completed(index: NameIndex, text: str, most: int = 15) -> list[str]:
    return [entry.name for entry in index.completing(Dimension.CUSTOMER, text, most)]


def test_beginning_comes_before_a_word_and_a_word_before_a_part() -> None:
    assert fitting("contoso") == ["contoso", "contoso spain", "fabrikam contoso", "subcontoso"]


def test_words_may_be_typed_in_any_order() -> None:
    assert fitting("spain fab") == ["fabrikam spain"]
    assert fitting("spain nobody") == []


def test_part_of_an_id_finds_its_name_when_it_is_long_enough() -> None:
    assert fitting("x", IDS[3]) == [NAMES[3]]
    assert fitting("x", IDS[3][: SHORTEST_ID - 1]) == []


def test_nothing_typed_fits_no_name() -> None:
    assert fitting("") == []


def test_name_with_a_wild_character_is_text() -> None:
    assert fitting("con.oso") == []


WORDS = st.text("ab ", max_size=6).map(loose)


@given(st.lists(WORDS.filter(bool), max_size=9), WORDS)
def test_every_name_that_contains_the_text_is_found_and_no_other(names: list[str], typed: str) -> None:
    names = sorted(names)
    found = {names[position] for position in NameCompletion(names, names).positions(typed)}
    assert {name for name in names if typed and typed in name} <= found
    assert all(all(word in name for word in typed.split()) for name in found)


@example(["aa", "a"], "aa\na")
@given(st.lists(st.text("ab\n é", min_size=1, max_size=6), max_size=9), st.text("ab\n é", max_size=5))
def test_positions_are_those_of_names_whatever_ids_hold(ids: list[str], typed: str) -> None:
    names = sorted(map(str, range(len(ids))))
    assert all(typed.casefold() in ids[at].casefold() for at in NameCompletion(names, ids).positions("", typed))


def test_an_entry_is_offered_once_and_no_more_than_asked() -> None:
    index = customers("Contoso", "Contoso Contoso", "Contoso Ltd")
    assert completed(index, "contoso") == ["Contoso", "Contoso Contoso", "Contoso Ltd"]
    assert completed(index, "contoso", 2) == ["Contoso", "Contoso Contoso"]


def test_accents_and_case_do_not_matter() -> None:
    assert completed(customers("Café Łódź", "Other"), "CAFE lodz") == ["Café Łódź"]


def test_first_names_are_offered_when_nothing_is_typed() -> None:
    assert completed(customers(*(f"C{number:02}" for number in range(30))), " ", 3) == ["C00", "C01", "C02"]


def test_similar_names_are_offered_when_none_has_the_text() -> None:
    assert completed(customers("Contoso", "Fabrikam"), "contsoo") == ["Contoso"]


def test_pasted_id_comes_first() -> None:
    wanted = "0112a436-b14e-4888-967b-ca4bb2cf1234"
    index = NameIndex.of([Entry(Dimension.CUSTOMER, wanted, "B"), Entry(Dimension.CUSTOMER, "x", wanted)])
    assert completed(index, f"{{{wanted.upper()}}}")[0] == "B"


def test_other_dimensions_are_not_offered() -> None:
    index = NameIndex.of([Entry(Dimension.WORKLOAD, "EXO", "Exchange"), Entry(Dimension.CUSTOMER, "1", "Exchequer")])
    assert completed(index, "exch") == ["Exchequer"]


@pytest.mark.parametrize("typed", ["word", "word other"])
def test_search_ends_early_when_enough_is_found(typed: str) -> None:
    names = sorted(f"other {number} word" for number in range(1_000))
    assert len(list(islice(NameCompletion(names, names).positions(typed), 15))) == 15
