"""What identifies the members of a row, and what is remembered of their spellings."""

from typing import Any

import pytest

from bot.domain.licensing import Dimension, UsageRow
from bot.query.sums import folded_texts
from bot.query.sums.folded_texts import MEMBERS, FoldedTexts, Member, label_of, members_of
from bot.query.sums.member_label import NAMED, MemberLabel

ZEROS = "00000000-0000-0000-0000-000000000000"
ROW = UsageRow(
    customer_id=" ID-A", customer="Adatum", workload_code=None, workload="Exchange  Online", service_code=ZEROS,
    service="\u200b", product_id="", product="Office E3", channel="Direct",
)  # fmt: skip
IDENTITIES = {
    Dimension.CUSTOMER: "id-a",
    Dimension.WORKLOAD: f"{NAMED}exchange online",
    Dimension.SERVICE: "",
    Dimension.PRODUCT: f"{NAMED}office e3",
    Dimension.CHANNEL: "direct",
}


def test_member_has_the_attributes_of_its_dimension() -> None:
    assert members_of([Dimension.CUSTOMER, Dimension.CHANNEL]) == (
        Member(Dimension.CUSTOMER, "customer_id", "customer"),
        Member(Dimension.CHANNEL, "channel", "channel"),
    )


def test_member_is_identified_by_its_id_else_by_its_name() -> None:
    assert FoldedTexts().identities(ROW, MEMBERS) == [IDENTITIES[each] for each in Dimension]
    assert FoldedTexts().identities(ROW, members_of([Dimension.CHANNEL, Dimension.CUSTOMER])) == ["direct", "id-a"]


@pytest.mark.parametrize("dimension", Dimension)
def test_one_member_is_identified_as_all_of_them(dimension: Dimension) -> None:
    assert FoldedTexts().identity(ROW, dimension) == IDENTITIES[dimension]


@pytest.mark.parametrize(
    ("id_", "name", "label"),
    [
        ("E3", "Office", MemberLabel("e3", "E3", "Office")),
        ("E3", "\u200b", MemberLabel("e3", "E3", "")),
        ("E3", None, MemberLabel("e3", "E3", "")),
        (None, "Office", MemberLabel(f"{NAMED}office", "", "Office")),
        (ZEROS, "Office", MemberLabel(f"{NAMED}office", "", "Office")),
        ("", "", MemberLabel("", "", "")),
        (None, None, MemberLabel("", "", "")),
        (" ", None, MemberLabel("", "", "")),
    ],
)
def test_label_has_the_texts_of_the_service(id_: str | None, name: str | None, label: MemberLabel) -> None:
    assert label_of(id_, name) == label


def test_a_spelling_is_folded_once_until_too_many_are_remembered(monkeypatch: Any) -> None:
    monkeypatch.setattr(folded_texts, "SPELLINGS_LIMIT", 2)
    texts = FoldedTexts()
    assert [texts.ids[text] for text in ("A", "B", "A", "B")] == ["a", "b", "a", "b"]
    assert dict(texts.ids) == {"A": "a", "B": "b"}
    assert texts.ids["C"] == "c"
    assert dict(texts.ids) == {"C": "c"}
    assert dict(texts.names) == {}
