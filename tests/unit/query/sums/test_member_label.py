"""What rows call a member, and which of two spellings is kept."""

import pytest

from bot.domain.licensing import Dimension, Entry
from bot.query.sums.member_label import NAMED, MemberLabel, in_common

E3 = MemberLabel("e3", "E3", "Office E3")
E5 = MemberLabel("e5", "E5", "Office E5")
NAMELESS = MemberLabel(f"{NAMED}office", "", "Office")
NOTHING = MemberLabel("", "", "")


@pytest.mark.parametrize(
    ("one", "other", "met"),
    [
        (E3, E3, E3),
        (E3, E5, None),
        (NOTHING, NOTHING, None),
        (E3, MemberLabel("e3", "e3", "Office"), MemberLabel("e3", "E3", "Office")),
        (E3, MemberLabel("e3", " E3", "\u200bOffice"), E3),
        (E3, MemberLabel("e3", "", ""), E3),
        (MemberLabel("e3", "e3", ""), E3, E3),
    ],
)
def test_two_rows_of_one_member_have_its_best_spellings(
    one: MemberLabel, other: MemberLabel, met: MemberLabel | None
) -> None:
    assert one.met(other) == other.met(one) == met


def test_label_with_the_better_spelling_is_the_same_object() -> None:
    assert E3.met(MemberLabel("e3", "e3", "office e3")) is E3
    assert E3.respelled("E3", "Office E3") is E3


@pytest.mark.parametrize(
    ("label", "id_", "name", "expected"),
    [
        (E3, "e3", "Office", MemberLabel("e3", "E3", "Office")),
        (E3, "e3", "\u200b", E3),
        (E3, "e3", None, E3),
        (MemberLabel("e3", "", ""), "e3", "Office", MemberLabel("e3", "e3", "Office")),
        (MemberLabel("e3", "", ""), "e3", None, MemberLabel("e3", "e3", "")),
        (NAMELESS, None, "OFFICE", MemberLabel(f"{NAMED}office", "", "OFFICE")),
        (NAMELESS, " ", "office", NAMELESS),
    ],
)
def test_row_of_a_member_may_spell_it_better(
    label: MemberLabel, id_: str | None, name: str | None, expected: MemberLabel
) -> None:
    assert label.respelled(id_, name) == expected


def test_row_with_neither_id_nor_name_says_nothing_new() -> None:
    assert NOTHING.respelled(None, None) == NOTHING
    assert NAMELESS.respelled(None, None) == NAMELESS


@pytest.mark.parametrize(
    ("label", "id_", "name", "has_id"),
    [
        (E3, "E3", "Office E3", True),
        (NAMELESS, "Office", "Office", False),
        (MemberLabel("e3", "E3", ""), "E3", "E3", True),
    ],
)
def test_entry_of_a_member_says_whether_it_has_an_id(label: MemberLabel, id_: str, name: str, has_id: bool) -> None:
    entry = label.entry(Dimension.PRODUCT)
    assert entry == Entry(Dimension.PRODUCT, id_, name)
    assert entry.has_id is has_id


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([], None),
        ([E3], E3),
        ([None], None),
        ([E3, E3], E3),
        ([E3, E5], None),
        ([E3, E5, E3], None),
        ([E3, None], None),
        ([None, E3], None),
        ([MemberLabel("e3", "e3", "E3"), E3, MemberLabel("e3", "E3", "e3")], MemberLabel("e3", "E3", "E3")),
    ],
)
def test_labels_have_a_member_in_common_if_all_are_of_it(
    labels: list[MemberLabel | None], expected: MemberLabel | None
) -> None:
    assert in_common(labels) == expected
