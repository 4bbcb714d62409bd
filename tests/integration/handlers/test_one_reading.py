"""A typed sentence is read once, and verbs that need no names ask no service."""

import pytest

from bot.language.sentence.question_parser import QuestionParser
from bot.language.text import tokenizer
from cards.views.answer_views import HelloView, HelpView, UsageView


@pytest.fixture
def readings(monkeypatch):
    """Return the readings of questions, in the order in which they are made."""
    counted = []
    read = QuestionParser.read

    def counting(self, *arguments, **named):
        counted.append(self)
        return read(self, *arguments, **named)

    monkeypatch.setattr(QuestionParser, "read", counting)
    return counted


@pytest.mark.parametrize("names", ["cached", "not cached"])
async def test_question_is_read_once(desk, readings, names):
    if names == "cached":
        await desk.ask("workloads")
        readings.clear()
    assert isinstance(await desk.ask("usage for TEST COMPANY on Exchange"), UsageView)
    assert len(readings) == 1


async def test_sentence_is_taken_into_words_once(desk, monkeypatch):
    taken = []
    tokens = tokenizer.tokens
    monkeypatch.setattr("bot.language.sentence.parser.tokens", lambda typed: taken.append(typed) or tokens(typed))
    assert isinstance(await desk.ask("hi, usage for TEST COMPANY on Exchange please"), UsageView)
    assert len(taken) == 1


@pytest.mark.parametrize(("text", "view"), [("please help me", HelpView), ("help usage", HelpView), ("hi", HelloView)])
async def test_verb_without_names_asks_no_service(desk, text, view):
    assert isinstance(await desk.ask(text), view)
    assert desk.requests() == []


async def test_name_that_begins_with_a_verb_is_read_with_the_names(desk):
    await desk.ask("help for TEST COMPANY")
    assert desk.requests()
