"""Rows that come twice are noticed, on one page and on two."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.query.sums import repeated_rows
from bot.query.sums.repeated_rows import RepeatedRows


def pages(*contents: Sequence[str]) -> RepeatedRows:
    found = RepeatedRows()
    for each in contents:
        assert not found.add([hash(mark) for mark in each])
    return found


def test_row_that_is_twice_on_a_page_is_noticed() -> None:
    assert RepeatedRows().add([1, -2, 1])
    assert not RepeatedRows().add([1, -2, 3])
    assert not RepeatedRows().add([])


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
    ],
)
def test_row_on_two_pages_is_noticed_however_many_are_compared(contents: list[str], repeated: bool) -> None:
    assert pages(*contents).across_pages() is repeated


def test_hashes_are_compared_in_parts_of_200000(monkeypatch: Any) -> None:
    compared: list[tuple[int, int]] = []
    monkeypatch.setattr(repeated_rows, "_AT_ONCE", 3)
    monkeypatch.setattr(repeated_rows, "_repeated", lambda _, parts, part: compared.append((parts, part)))
    pages("ab", "c").across_pages()
    pages("a", "b").across_pages()
    assert compared == [(2, 0), (2, 1), (1, 0)]


def test_part_has_the_hashes_of_its_number() -> None:
    page = list(range(-4, 5))
    parts = [list(repeated_rows._part(page, 3, part)) for part in range(3)]
    assert parts == [[-3, 0, 3], [-2, 1, 4], [-4, -1, 2]]
    assert list(repeated_rows._part(page, 1, 0)) == page
