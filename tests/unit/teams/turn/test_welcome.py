"""The welcome when both activities of an installation are being read at once."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from bot.errors import DeliveryError
from bot.store import Record
from bot.teams.activity.incoming_activity import ConversationAccount, IncomingActivity
from bot.teams.activity.outgoing_activity import OutgoingActivity
from bot.teams.turn.card_renderer import CardRenderer
from bot.teams.turn.turn import Turn
from bot.teams.turn.welcome import Welcome
from cards.views.answer_views import HelloView


async def no_name(_incoming: Any) -> str:
    return ""


def turn_that(post: Any) -> Any:
    incoming = SimpleNamespace(conversation_id="19:team", is_personal=False, locale="en-US")
    words = SimpleNamespace(locale="en-US", language="en")
    return SimpleNamespace(incoming=incoming, caller=None, words=words, post=post, sender=None)


async def test_second_activity_posts_the_welcome_that_the_first_could_not_post() -> None:
    held, posted = asyncio.Event(), []

    async def fail(_view: Any) -> str:
        await held.wait()
        raise DeliveryError(500, "refused")

    async def succeed(view: Any) -> str:
        posted.append(view)
        return "1"

    welcome = Welcome(SimpleNamespace(welcome=lambda _caller: "welcome"), no_name)  # type: ignore[arg-type]
    first = asyncio.ensure_future(welcome.post(turn_that(fail)))
    second = asyncio.ensure_future(welcome.post(turn_that(succeed)))
    await asyncio.sleep(0)
    held.set()
    with pytest.raises(DeliveryError):
        await first
    await second
    await welcome.post(turn_that(succeed))
    assert posted == ["welcome"]


class Shelf:
    """Records that two processes share."""

    def __init__(self) -> None:
        self.kept: dict[str, Record] = {}

    async def add(self, _kind: str, key: str, value: bytes, *, expires: float) -> int | None:
        if key in self.kept:
            return None
        self.kept[key] = Record(value, 1)
        return 1

    async def get(self, _kind: str, key: str) -> Record | None:
        return self.kept.get(key)

    async def replace(self, _kind: str, key: str, value: bytes, *, version: int, expires: float) -> int | None:
        if key not in self.kept or self.kept[key].version != version:
            return None
        self.kept[key] = Record(value, version + 1)
        return version + 1

    async def delete(self, _kind: str, key: str) -> bool:
        return self.kept.pop(key, None) is not None


async def test_language_that_another_process_has_is_taken_up() -> None:
    shelf, held, sent = Shelf(), asyncio.Event(), Sent()
    answers: Any = SimpleNamespace(welcome=lambda caller: HelloView(caller.name, ()))
    first, second = (Welcome(answers, no_name, shelf) for _ in range(2))  # type: ignore[arg-type]
    sent.held = held
    greeting = asyncio.ensure_future(first.post(sent.turn(None)))
    while not shelf.kept:  # noqa: ASYNC110  # there is no event to wait for
        await asyncio.sleep(0)
    await second.post(sent.turn("nl-NL"))
    assert sent.texts == []
    held.set()
    await greeting
    assert [(kind, text.split("!")[0]) for kind, text in sent.texts] == [("sent", "Hello"), ("replaced", "Hallo")]


class Sent:
    """What is sent and replaced in a conversation, by whatever process."""

    def __init__(self) -> None:
        self.texts: list[tuple[str, str]] = []
        self.held = asyncio.Event()

    def turn(self, locale: str | None) -> Turn:
        drawing = CardRenderer()
        incoming = IncomingActivity("installationUpdate", conversation=ConversationAccount(id="19:team"), locale=locale)
        aside: Any = None
        sender: Any = self
        return Turn(incoming, sender, drawing.words(locale or "en-US"), drawing, None, aside)

    async def send(self, activity: OutgoingActivity) -> str:
        await self.held.wait()
        self.texts.append(("sent", activity.summary))
        return "7"

    async def replace(self, _id: str, activity: OutgoingActivity) -> None:
        self.texts.append(("replaced", activity.summary))
