"""What was misspelt is answered, and said."""

from collections.abc import Callable

import pytest

from bot.cli.explanation.explanation import Explanation, Outcome

Explain = Callable[[str], Explanation]


@pytest.mark.parametrize(
    ("sentence", "corrected"),
    [
        ("usage for Tailspn Toys", [("Tailspn Toys", "Tailspin Toys")]),
        ("usage for Adatum on Exchnage", [("Exchnage", "Exchange")]),
        ("usgae fro Adatum", [("usgae", "usage"), ("fro", "for")]),
        ("usage on Exchange by custmoer", [("custmoer", "customer")]),
        ("usage for Tailspn Toys belwo 40%", [("Tailspn Toys", "Tailspin Toys"), ("belwo", "below")]),
        ("digest every monday at 9 for Tailspn Toys", [("Tailspn Toys", "Tailspin Toys")]),
    ],
)
def test_correction_is_said_when_something_was_misspelt(
    explain: Explain, sentence: str, corrected: list[tuple[str, str]]
) -> None:
    explained = explain(sentence)
    assert explained.outcome is Outcome.ANSWER
    assert list(explained.corrected) == corrected


@pytest.mark.parametrize(
    "sentence",
    [
        "usage for Adatum on Exchange",
        "usage for tailspin",
        "usage by workload",
        "usage on _Exchange_",
        "customers tail",
    ],
)
def test_nothing_is_corrected_when_nothing_was_misspelt(explain: Explain, sentence: str) -> None:
    assert explain(sentence).corrected == ()
