"""A typed sentence is read once, and verbs that need no names ask no service."""

import pytest

from bot.language.reading.sentence_reader import SentenceReader
from bot.usage import offline_sentence
from cards.views.answer_views import HelloView, HelpView, UsageView


@pytest.fixture
def worded(monkeypatch):
    """Return the sentences that are taken into words, in the order in which they are."""
    counted = []
    take = offline_sentence.worded

    def counting(text, *arguments, **options):
        counted.append(text)
        return take(text, *arguments, **options)

    monkeypatch.setattr(offline_sentence, "worded", counting)
    return counted


@pytest.fixture
def readings(monkeypatch):
    """Return the sentences that are read, in the order in which they are."""
    counted = []
    read = SentenceReader.read_worded

    def counting(reader, sentence, *arguments):
        counted.append(sentence.text)
        return read(reader, sentence, *arguments)

    monkeypatch.setattr(SentenceReader, "read_worded", counting)
    return counted


@pytest.mark.parametrize("names", ["cached", "not cached"])
async def test_question_is_read_once(desk, worded, readings, names):
    if names == "cached":
        await desk.ask("workloads")
        worded.clear()
        readings.clear()
    assert isinstance(await desk.ask("usage for TEST COMPANY on Exchange"), UsageView)
    assert (len(worded), len(readings)) == (1, 1)


async def test_sentence_is_taken_into_words_once(desk, worded):
    assert isinstance(await desk.ask("hi, usage for TEST COMPANY on Exchange please"), UsageView)
    assert len(worded) == 1


async def test_help_is_read_once_for_all_callers(desk, readings):
    for _ in range(3):
        assert isinstance(await desk.ask("please help me"), HelpView)
    assert readings.count("please help me") == 1


@pytest.mark.parametrize(("text", "view"), [("please help me", HelpView), ("help usage", HelpView), ("hi", HelloView)])
async def test_verb_without_names_asks_no_service(desk, text, view):
    assert isinstance(await desk.ask(text), view)
    assert desk.requests() == []


async def test_name_that_begins_with_a_verb_is_read_with_the_names(desk):
    await desk.ask("help for TEST COMPANY")
    assert desk.requests()
