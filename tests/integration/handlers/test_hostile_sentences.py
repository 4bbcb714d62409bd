"""However much work a sentence is, it is answered, and others do not wait for it."""

import threading

import pytest

from bot.language.reading.sentence_reader import SentenceReader
from bot.language.text.reading_effort import STEPS_AT_ONCE
from cards.views.answer_views import NotUnderstoodView
from tests.language.hostile_sentences import HOSTILE


@pytest.fixture
def on_the_loop(monkeypatch):
    """Return the texts that are read on the event loop, with their steps."""
    found = []
    read = SentenceReader.read_worded

    def noting(reader, sentence, *arguments):
        if threading.current_thread() is threading.main_thread():
            found.append((sentence.text, reader._most_steps))
        return read(reader, sentence, *arguments)

    monkeypatch.setattr(SentenceReader, "read_worded", noting)
    return found


@pytest.mark.parametrize("kind", HOSTILE)
async def test_sentence_takes_few_steps_on_the_event_loop(desk, on_the_loop, kind):
    text = HOSTILE[kind][:2_000]
    assert await desk.ask(text) is not None
    assert {most for read, most in on_the_loop if read == text} <= {STEPS_AT_ONCE}


@pytest.mark.parametrize("kind", ["lists within lists", "ids", "figures"])
async def test_sentence_that_is_too_much_without_names_asks_no_service(desk, kind):
    view = await desk.ask(HOSTILE[kind])
    assert isinstance(view, NotUnderstoodView)
    assert view.problem == "too_long"
    assert desk.requests() == []
