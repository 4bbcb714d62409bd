"""Rows that come twice are noticed, on one page and on two."""

from typing import Any

import pytest

from bot.query.sums import repeated_rows
from bot.query.sums.repeated_rows import RepeatedRows


def page_of(letters: str) -> dict[int, list[list[int]]]:
    """Return a page.

    Small letters are customers of one kind, capital letters those of another.
    """
    found: dict[int, list[list[int]]] = {}
    for each in letters:
        found.setdefault(-7 if each.islower() else 2**60, [[]])[0].append(ord(each.lower()) - 100)
    return found


def pages(*contents: str) -> RepeatedRows:
    found = RepeatedRows()
    for each in contents:
        assert not found.add(page_of(each))
    return found


def test_row_that_is_twice_on_a_page_is_noticed() -> None:
    assert RepeatedRows().add(page_of("aba"))
    assert not RepeatedRows().add(page_of("abcABC"))
    assert not RepeatedRows().add({})


def test_row_that_is_in_two_parts_of_a_kind_is_noticed() -> None:
    assert RepeatedRows().add({3: [[1, 2], [2]]})
    assert not RepeatedRows().add({3: [[1, 2], [3]], 4: [[1]]})


@pytest.fixture(params=[200_000, 6, 2, 1], ids=lambda size: f"{size} at once")
def _at_once(request: pytest.FixtureRequest, monkeypatch: Any) -> None:
    """Compare all hashes at once, or in two or more parts."""
    monkeypatch.setattr(repeated_rows, "_AT_ONCE", request.param)


@pytest.mark.usefixtures("_at_once")
@pytest.mark.parametrize(
    ("contents", "repeated"),
    [
        ([], False),
        (["abc"], False),
        (["abc", "def"], False),
        (["abc", "def", "ghi"], False),
        (["abc", "dea"], True),
        (["abc", "cde"], True),
        (["abc", "def", "ghb"], True),
        (["abc", "def", "ghf"], True),
        (["", "abc", "def"], False),
        (["", "abc", "dec"], True),
        (["abc", "", "dec"], True),
        (["a", "a"], True),
        (["abA", "BcC", "D"], False),
        (["abA", "BcC", "DA"], True),
        (["aA", "bB"], False),
        (["a", "bA", "c", "A"], True),
    ],
)
def test_row_on_two_pages_is_noticed_however_many_are_compared(contents: list[str], repeated: bool) -> None:
    assert pages(*contents).across_pages() is repeated


def test_hashes_are_compared_in_parts(monkeypatch: Any) -> None:
    compared: list[list[int]] = []
    monkeypatch.setattr(repeated_rows, "_AT_ONCE", 3)
    monkeypatch.setattr(repeated_rows, "_twice", lambda hashes: compared.append(list(hashes)))
    RepeatedRows().add({0: [[-3, 0], [2, 1]], 1: [[5, 6]], 2: [[7]]})
    assert compared == [[0, 2], [-3, 1], [5, 6]]


def test_a_single_page_is_not_compared_again(monkeypatch: Any) -> None:
    found = pages("ab")
    monkeypatch.setattr(repeated_rows, "_twice", lambda _: True)
    assert not found.across_pages()
