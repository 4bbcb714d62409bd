"""Pressing "Next 20" to the end shows every row of any list."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.command import Usage
from bot.domain.licensing import Dimension, Entry
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.query.usage_query import UsageQuery
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_view import usage_view
from cards.draw import draw
from cards.parts.card_size import BUDGET, size
from cards.views.button_payload import MoreButton, unpack
from cards.wording.locale_words import LocaleWords
from tests.shown_figures import of

WORDS = LocaleWords.load("en")
PLAN = QueryPlan(UsageQuery(), (Dimension.CUSTOMER,), ())


def report(count: int, width: int) -> UsageReport:
    rows = tuple(
        ReportRow({Dimension.CUSTOMER: Entry(Dimension.CUSTOMER, f"{number}", f"<{number}>" + "W" * width)}, of(1, 9))
        for number in range(count)
    )
    return UsageReport((Dimension.CUSTOMER,), rows, count, of(count, 9 * count), (), frozenset())


def texts(card: Any) -> str:
    if isinstance(card, dict):
        return " ".join(texts(value) for key, value in card.items() if key not in {"data", "fallback", "speak"})
    return " ".join(map(texts, card)) if isinstance(card, list) else str(card)


def more_of(card: dict[str, Any]) -> MoreButton | None:
    for element in card["body"]:
        for action in element.get("actions", []):
            if action["title"].startswith("Next "):
                found = unpack(action["data"])
                assert isinstance(found, MoreButton)
                return found
    return None


@settings(max_examples=15)
@given(st.integers(1, 200), st.sampled_from([0, 40, 140]))
def test_every_row_is_shown_on_some_page(count: int, width: int) -> None:
    made, seen, rows, start = report(count, width), set[int](), 20, 0
    for _ in range(count):
        card = draw(usage_view("usage", Usage(), PLAN, made, rows, start, today=date(2026, 1, 1)), WORDS)
        assert size(card) < BUDGET
        told = texts(card)
        new = {number for number in range(count) if f"<{number}>" in told} - seen
        assert new, "a page shows rows that were not shown before"
        seen |= new
        after = more_of(card)
        if after is None:
            break
        rows, start = after.rows, after.start
    assert seen == set(range(count))
