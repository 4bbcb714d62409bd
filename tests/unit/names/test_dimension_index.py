"""Looking up one dimension."""

import pytest

from bot.domain.licensing import Dimension, Entry
from bot.names.dimension_index import DimensionIndex
from bot.names.name_folding import FoldedName
from bot.names.near_matches import NearMatches


def customers(*names: str) -> DimensionIndex:
    return DimensionIndex(Entry(Dimension.CUSTOMER, f"id {name}", name) for name in names)


def workloads(*entries: tuple[str, str]) -> DimensionIndex:
    return DimensionIndex(Entry(Dimension.WORKLOAD, code, name) for code, name in entries)


def crowd(number: int) -> DimensionIndex:
    return customers(*(f"Northwind Branch {each:04}" for each in range(number)))


def shown(entries: object) -> list[str]:
    assert isinstance(entries, list | tuple)
    return [entry.name for entry in entries]


def test_entries_are_sorted_by_folded_name_then_name_then_id() -> None:
    entries = [("3", "beta"), ("2", "Álpha"), ("1", "Álpha"), ("0", "alpha!"), ("9", "alpha")]
    index = DimensionIndex(Entry(Dimension.CUSTOMER, id_, name) for id_, name in entries)
    assert [entry.id for entry in index.entries] == ["9", "0", "1", "2", "3"]


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("A1", "A1"),
        ("{a1}", "A1"),
        ("beta", "b2"),
        ("crème", "c3"),
        ("creme", "c3"),
        ("same", "s4"),
        ("s5", "s5"),
        ("delta", None),
    ],
)
def test_exact_looks_for_ids_then_names_then_folded_names(typed: str, id_: str | None) -> None:
    entries = [("A1", "Alpha"), ("b2", "A1"), ("b2", "beta"), ("c3", "Crème"), ("s4", "Same"), ("x", "s5"), ("s5", "t")]
    index = DimensionIndex(Entry(Dimension.CUSTOMER, each, name) for each, name in entries)
    assert [entry.id for entry in index.exact(FoldedName.of(typed))] == ([] if id_ is None else [id_])


def test_exact_returns_every_name_when_accents_are_left_out() -> None:
    index = customers("Creme", "Crème")
    assert shown(index.exact(FoldedName.of("crème"))) == ["Crème"]
    assert shown(index.exact(FoldedName.of("creme"))) == ["Creme", "Crème"]
    assert sorted(shown(index.exact(FoldedName.of("creme!")))) == ["Creme", "Crème"]


def test_an_alias_matches_workloads_by_code_or_by_name() -> None:
    assert shown(workloads(("EXO", "Mail")).exact(FoldedName.of("exchange online"))) == ["Mail"]
    assert shown(workloads(("X9", "Exchange")).exact(FoldedName.of("exchange online"))) == ["Exchange"]
    assert workloads(("SPO", "SharePoint")).exact(FoldedName.of("exchange online")) == ()
    assert customers("Exchange").exact(FoldedName.of("exchange online")) == ()
    assert DimensionIndex([]).exact(FoldedName.of("exchange online")) == ()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("c", []),
        ("co", ["Coho", "Contoso", "Contoso East"]),
        ("contoso", ["Contoso", "Contoso East"]),
        ("CONTOSO E", ["Contoso East"]),
        ("d", []),
        ("zz", []),
        ("ab", []),
    ],
)
def test_beginning_returns_all_names_with_that_beginning(typed: str, found: list[str]) -> None:
    index = customers("Contoso East", "Contoso", "Coho", "Delta")
    assert shown(index.beginning(FoldedName.of(typed))) == found


@pytest.mark.parametrize(
    ("typed", "true"), [("con", True), ("d", True), ("delta", True), ("deltas", False), ("z", False)]
)
def test_begins_says_whether_a_name_has_that_beginning(typed: str, true: bool) -> None:
    assert customers("Contoso", "Delta").begins(FoldedName.of(typed)) is true


def test_containing_ranks_starts_then_words_then_parts_then_ids() -> None:
    entries = [("X-MO-1", "Alpha"), ("1", "Amos"), ("2", "Dynamo"), ("3", "La Moda"), ("4", "Monza"), ("5", "Momo")]
    index = DimensionIndex(
        [*(Entry(Dimension.CUSTOMER, *each) for each in entries), Entry(Dimension.CUSTOMER, "6", "Zed")]
    )
    assert shown(index.containing("Mo")) == ["Momo", "Monza", "La Moda", "Amos", "Dynamo", "Alpha"]
    assert index.containing("") == ()
    assert index.containing("none") == []


def test_near_sorts_by_score_then_edits_then_length_then_name() -> None:
    found = customers("Contoso", "Contosa", "Kontosa", "Fabrikam").near("contosu")
    assert shown([near.entry for near in found]) == ["Contosa", "Contoso", "Kontosa"]
    assert [near.edits for near in found] == [1, 1, 2]
    assert found[0].score == pytest.approx(100 * 6 / 7)
    assert customers("Contoso").near(" ") == []


def test_near_compares_words_in_any_order() -> None:
    (found,) = customers("Company Test").near("test compny")
    assert found == NearMatches(found.entry, 1, found.score, "company test")
    assert found.score > 90


def test_near_scores_a_part_of_a_longer_name_lower() -> None:
    (found,) = customers("Northwind Traders International").near("traders")
    assert found.score == pytest.approx(85.0)
    assert customers("Northwind Traders International").near("tra") == []


def test_near_returns_each_workload_once_with_its_best_alias() -> None:
    (found,) = workloads(("EXO", "Mail Service")).near("exchagne online")
    assert (found.entry.id, found.edits, found.name) == ("EXO", 1, "exchange online")
    assert workloads(("SPO", "SharePoint")).near("qqqqqq") == []


def test_an_index_of_400_names_reads_its_trigrams_only() -> None:
    small, large = crowd(399), crowd(400)
    assert len(small.near("northwind brench")) == 399
    assert "_trigrams" not in vars(small)
    assert len(large.near("northwind brench")) == 60
    assert "_trigrams" in vars(large)


def test_warm_builds_the_trigrams_of_large_indexes_only() -> None:
    small, large = crowd(399), crowd(400)
    small.warm()
    large.warm()
    assert "_trigrams" not in vars(small)
    assert "_trigrams" in vars(large)


def test_entries_are_sorted_by_what_is_compared_not_by_their_signs() -> None:
    index = customers("'Zeta", "alpha")
    assert shown(index.entries) == ["alpha", "'Zeta"]
    assert shown(index.beginning(FoldedName.of("ze"))) == ["'Zeta"]


@pytest.mark.parametrize(
    ("typed", "name", "score"),
    [
        ("aontoso berlin", "Contoso Berlin", 100 * 13 / 14),
        ("contosoo", "Contoso", 100 * 14 / 15),
        ("berlin contoso", "Contoso Berlin", 100),
        ("wing", "Wingtip Toys", 85),
    ],
)
def test_score_is_the_best_of_whole_words_and_part(typed: str, name: str, score: float) -> None:
    (near,) = customers(name).near(typed)
    assert near.score == pytest.approx(score)


def test_three_letters_are_not_looked_for_inside_a_name() -> None:
    assert customers("Wingtip Toys").near("win") == []


def test_nothing_is_found_by_a_text_that_is_no_id() -> None:
    assert customers("Contoso").with_pasted_id("Contoso") == ()
    assert customers("Contoso").with_id("another") == ()


@pytest.mark.parametrize("id_", ["ID X", "id x", "ｉｄ ｘ", " id  x "])
def test_entry_is_found_by_its_id_in_any_form(id_: str) -> None:
    assert shown(customers("X").with_id(id_)) == ["X"]
