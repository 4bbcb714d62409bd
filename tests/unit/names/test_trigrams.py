"""Names that have three-letter pieces in common with a typed name."""

import pytest

from bot.names import trigrams
from bot.names.trigrams import Trigrams


def test_the_name_with_most_pieces_in_common_comes_first() -> None:
    names = Trigrams(["xbc", "abc", "abx", "ybc"])
    assert names.nearest("abc", 1) == [1]
    assert names.nearest("abc", 10)[0] == 1
    assert sorted(names.nearest("abc", 10)) == [0, 1, 2, 3]


def test_every_name_with_a_piece_is_found() -> None:
    assert sorted(Trigrams(["abc", "abx", "xyz"]).nearest("abd", 10)) == [0, 1]


@pytest.mark.parametrize(("typed", "found"), [("zbcdz", [0]), ("zzcd", [0]), ("abz", [0]), ("xyz", []), ("", [])])
def test_a_piece_has_three_letters_or_is_at_an_end(typed: str, found: list[int]) -> None:
    assert Trigrams(["abcd"]).nearest(typed, 10) == found


def test_rare_pieces_are_read_before_those_that_many_names_have() -> None:
    names = Trigrams([*["common"] * 16_000, "common rare"])
    assert names.nearest("common rare", 1) == [16_000]


def test_reading_ends_when_the_budget_is_spent(monkeypatch: pytest.MonkeyPatch) -> None:
    names = Trigrams(["xbc", "abc", "abx", "ybc"])  # "abc" is in 1 name, " ab" in 2, "bc " in 3
    monkeypatch.setattr(trigrams, "_BUDGET", 4)
    assert names.nearest("abc", 10) == [1, 2, 0]
    monkeypatch.setattr(trigrams, "_BUDGET", 3)
    assert names.nearest("abc", 10) == [1, 2]
