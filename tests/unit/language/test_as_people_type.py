"""Hasty, dictated or pasted sentences: no word that changes the answer is ignored."""

from collections.abc import Callable

import pytest

from bot.commands.command import Command, Hello
from bot.language.sentence.command_sentence import sentence_of
from cards.views.answer_views import NoMatchView, View

Read = Callable[[str], Command | View]


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("😀 usage on Exchange 👍🏽", "usage on Exchange"),
        ("usage on Exchange ❤️ please", "usage on Exchange"),
        ("who is not using Exchange?", "usage on Exchange by customer at most 0%"),
        ("who isn't using Exchange", "usage on Exchange by customer at most 0%"),
        ("which customers don't use Teams", "usage on Teams by customer at most 0%"),
        ("which customers are not using Teams", "usage on Teams by customer at most 0%"),
        ("customers with no usage on Exchange", "usage on Exchange by customer at most 0%"),
        ("who uses Teams most", "top 10 on Teams by customer"),
        ("who uses Exchange the least?", "bottom 10 on Exchange by customer"),
        ("lowest usage", "bottom 10"),
        ("highest usage on Exchange", "top 10 on Exchange"),
        ("how many unused licenses does TEST COMPANY have", "usage for TEST COMPANY"),
        ("how many active users on Exchange", "usage on Exchange"),
        ("usage below fifty percent", "usage below 50%"),
        ("usage between 20 to 40", "usage between 20% and 40%"),
        ("hey can u check TEST COMPANY exchange usage asap", "usage for TEST COMPANY on Exchange"),
        ("RE: usage for TEST COMPANY", "usage for TEST COMPANY"),
        ("> usage for TEST COMPANY", "usage for TEST COMPANY"),
        ("> 50% on Exchange", "usage on Exchange above 50%"),
        ('"TEST COMPANY"\n"Fabrikam"', "usage for TEST COMPANY and Fabrikam"),
        ('usage for TEST COMPANY\nFabrikam\n"Ford"', "usage for TEST COMPANY, Fabrikam and Ford"),
        ("give me a report on TEST COMPANY", "usage for TEST COMPANY"),
        ("usage from TEST COMPANY", "usage for TEST COMPANY"),
        ("usage not on Exchange", "usage not on Exchange"),
        ("usage at least 50%", "usage at least 50%"),
    ],
)
def test_hasty_sentence_has_intended_meaning(typed: str, canonical: str, read_known: Read) -> None:
    command = read_known(typed)
    assert isinstance(command, Command), command
    assert sentence_of(command) == canonical


def test_text_is_greeting_only_when_it_is_short(read_known: Read) -> None:
    assert read_known("hello my dear bot") == Hello()
    assert isinstance(read_known("hello what about the strange thing we discussed"), NoMatchView)
