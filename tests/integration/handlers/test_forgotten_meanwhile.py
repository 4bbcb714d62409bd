"""What is running when its asker has everything erased: answered, and not kept."""

import asyncio
from typing import Any

import pytest

from bot.commands.command import Usage
from bot.domain.conversation import Conversation, ConversationKind
from cards.views.answer_views import UsageView

QUESTION = "usage by customer"
HERE = Conversation("19:here", ConversationKind.PERSONAL, "{}")


@pytest.fixture
def gate(desk: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[asyncio.Event, asyncio.Event]:
    """Hold the figures back, and say when they were asked for."""
    asked, opened = asyncio.Event(), asyncio.Event()
    fetch = desk.engine.services.partner_center.tally

    async def held(*args: Any, **options: Any) -> Any:
        asked.set()
        await opened.wait()
        return await fetch(*args, **options)

    monkeypatch.setattr(desk.engine.services.partner_center, "tally", held)
    return asked, opened


def kept(desk: Any) -> Any:
    return desk.engine.services.recent.latest(desk.ann, lambda _question, _report: True)


async def test_answer_that_comes_after_forget_me_is_not_kept(desk: Any, gate: Any) -> None:
    asked, opened = gate
    answering = asyncio.create_task(desk.ask(QUESTION))
    await asked.wait()
    await desk.ask("forget me")
    opened.set()
    assert isinstance(await answering, UsageView)
    assert kept(desk) is None
    assert isinstance(await desk.ask(QUESTION), UsageView)
    assert isinstance(kept(desk)[0], Usage)


async def test_answer_to_another_is_kept(desk: Any, gate: Any) -> None:
    asked, opened = gate
    answering = asyncio.create_task(desk.ask(QUESTION))
    await asked.wait()
    desk.engine.services.recent.forget(desk.ben)
    opened.set()
    await answering
    assert kept(desk) is not None


async def test_question_that_is_read_after_forget_me_is_not_kept(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    directories, questions = desk.engine.services.directories, desk.engine.services.memory.questions
    asked, opened = asyncio.Event(), asyncio.Event()
    load = directories.names

    async def held(caller: Any) -> Any:
        asked.set()
        await opened.wait()
        return await load(caller)

    monkeypatch.setattr(directories, "names", held)
    answering = asyncio.create_task(desk.engine.answers.answer(QUESTION, desk.ann, None, HERE))
    await asked.wait()
    await desk.ask("forget me")
    opened.set()
    assert isinstance(await answering, UsageView)
    assert await questions.last(desk.ann, HERE.conversation_id) is None


async def test_question_that_is_stored_while_forget_me_runs_is_erased(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = desk.engine.services.memory.questions
    keep = questions.keep

    async def keep_late(*args: Any, **options: Any) -> None:
        await desk.ask("forget me")
        await keep(*args, **options)

    monkeypatch.setattr(questions, "keep", keep_late)
    await desk.engine.answers.answer(QUESTION, desk.ann, None, HERE)
    assert await questions.last(desk.ann, HERE.conversation_id) is None
