"""What is stored of an answer: nothing of a quick one, that a slow one comes."""

import asyncio
from typing import Any

import pytest

from bot.domain.conversation import Caller
from bot.errors import DeliveryError, NotSentError
from bot.teams.activity.incoming_activity import ConversationAccount, IncomingActivity
from bot.teams.activity.turn_limits import TurnLimits
from bot.teams.turn.card_renderer import CardRenderer
from bot.teams.turn.pending_answer import PendingAnswer
from bot.teams.turn.replies import Replies
from bot.teams.turn.turn import Turn
from cards.views.answer_views import AccountView, View

HASTY = TurnLimits(working_after=0.01, update_every=0.01)


class Notes:
    """Notes what is sent and what is promised. It fails at what is in `fails`."""

    def __init__(self, **fails: DeliveryError) -> None:
        self.done: list[str] = []
        self.fails = fails
        self.fails_once: dict[str, DeliveryError] = {}
        self.shown = asyncio.Event()
        self.refused = 0  # as often the database is away

    async def send(self, _activity: Any) -> str:
        self.done.append("send")
        self.shown.set()
        return "7"

    async def replace(self, activity_id: str, _activity: Any) -> None:
        self.done.append(f"replace {activity_id}")
        if "replace" in self.fails_once:
            raise self.fails_once.pop("replace")
        if "replace" in self.fails:
            raise self.fails["replace"]

    async def post(self, _turn: Turn, _view: View) -> str:
        self.done.append("aside")
        raise self.fails["send"]

    async def remove(self, activity_id: str) -> None:
        self.done.append(f"remove {activity_id}")

    async def make(self, _turn: Turn, question: str, card: str = "") -> str:
        self.done.append(f"make {question} {card}".strip())
        if self.refused:
            self.refused -= 1
            return ""
        return "key"

    async def show(self, key: str, card: str) -> None:
        self.done.append(f"show {key} {card}")

    async def keep(self, key: str) -> None:
        self.done.append(f"keep {key}")

    def leave(self, key: str) -> None:
        self.done.append(f"leave {key}")


def turn_of(notes: Notes, kind: str = "personal") -> Turn:
    drawing, aside, sender = CardRenderer(), notes, notes
    incoming = IncomingActivity("message", conversation=ConversationAccount(id="a:1", conversation_type=kind))
    return Turn(incoming, sender, drawing.words("en-US"), drawing, Caller("t", "ada"), aside)


async def answered(notes: Notes, opened: asyncio.Event, kind: str = "personal") -> None:
    async def work(_progress: object) -> View:
        await opened.wait()
        return AccountView("signed_out")

    await Replies(HASTY, promises=notes).post(turn_of(notes, kind), lambda: "help", work)


async def test_quick_answer_writes_nothing() -> None:
    notes, opened = Notes(), asyncio.Event()
    opened.set()
    await answered(notes, opened)
    assert notes.done == ["send"]


async def test_slow_answer_is_promised_with_its_card_and_kept() -> None:
    notes, opened = Notes(), asyncio.Event()
    answering = asyncio.ensure_future(answered(notes, opened))
    await notes.shown.wait()
    opened.set()
    await answering
    assert notes.done == ["make help", "send", "show key 7", "replace 7", "keep key"]


async def test_promise_is_left_when_the_fate_of_the_card_is_unknown() -> None:
    notes, opened = Notes(replace=DeliveryError(None, "no answer")), asyncio.Event()
    answering = asyncio.ensure_future(answered(notes, opened))
    await notes.shown.wait()
    opened.set()
    with pytest.raises(DeliveryError):
        await answering
    assert notes.done[-2:] == ["replace 7", "leave key"]


async def test_card_is_replaced_once_more_when_its_fate_is_unknown() -> None:
    notes, opened = Notes(), asyncio.Event()
    notes.fails_once["replace"] = DeliveryError(None, "no answer in time")
    answering = asyncio.ensure_future(answered(notes, opened))
    await notes.shown.wait()
    opened.set()
    await answering
    assert notes.done[-3:] == ["replace 7", "replace 7", "keep key"]


async def test_answer_for_the_caller_alone_is_posted_once() -> None:
    """It is a message of its own, which may have arrived."""
    notes, opened = Notes(send=DeliveryError(None, "no answer in time")), asyncio.Event()
    answering = asyncio.ensure_future(answered(notes, opened, kind="groupChat"))
    await notes.shown.wait()
    opened.set()
    with pytest.raises(DeliveryError):
        await answering
    assert notes.done.count("aside") == 1
    assert "replace 7" not in notes.done


@pytest.mark.parametrize(("fails", "end"), [({}, "keep key"), ({"replace": DeliveryError(503, "down")}, "leave key")])
async def test_bot_that_stops_keeps_what_it_could_say(fails: Any, end: str) -> None:
    notes = Notes(**fails)
    answering = asyncio.ensure_future(answered(notes, asyncio.Event()))
    while "show key 7" not in notes.done:  # noqa: ASYNC110  # there is no event to wait for
        await asyncio.sleep(0)
    answering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await answering
    assert notes.done[-2:] == ["replace 7", end]


async def test_answer_to_a_press_is_promised_with_the_pressed_card() -> None:
    notes = Notes()

    async def work(_progress: object) -> View:
        return AccountView("signed_out")

    answering = PendingAnswer(turn_of(notes), lambda: "help", work)
    await Replies(HASTY, promises=notes).follow(answering, "17")
    assert notes.done == ["make help 17", "replace 17", "keep key"]


async def test_card_waits_until_its_answer_can_be_promised() -> None:
    notes, opened = Notes(), asyncio.Event()
    notes.refused = 2
    answering = asyncio.ensure_future(answered(notes, opened))
    await notes.shown.wait()
    opened.set()
    await answering
    assert notes.done == ["make help"] * 3 + ["send", "show key 7", "replace 7", "keep key"]


async def test_answer_that_could_never_be_promised_is_posted_without_a_card() -> None:
    notes, opened = Notes(), asyncio.Event()
    notes.refused = 1_000_000
    answering = asyncio.ensure_future(answered(notes, opened))
    while "make help" not in notes.done:  # noqa: ASYNC110  # there is no event to wait for
        await asyncio.sleep(0)
    opened.set()
    await answering
    assert [each for each in notes.done if each != "make help"] == ["send"]


async def test_turn_is_secured_by_its_promise_alone() -> None:
    notes, opened = Notes(), asyncio.Event()
    turn = turn_of(notes)

    async def work(_progress: object) -> View:
        await opened.wait()
        return AccountView("signed_out")

    notes.refused = 1
    answering = asyncio.ensure_future(Replies(HASTY, promises=notes).post(turn, lambda: "help", work))
    while "make help" not in notes.done:  # noqa: ASYNC110  # there is no event to wait for
        await asyncio.sleep(0)
    assert not turn.answer.is_secured
    assert await turn.answer.until_secured(answering, 240.0)
    assert notes.done[:2] == ["make help"] * 2
    opened.set()
    await answering


class Unreachable(Notes):
    """A connector to which there is no connection."""

    def __init__(self, problem: DeliveryError) -> None:
        super().__init__()
        self.problem = problem

    async def send(self, _activity: Any) -> str:
        self.shown.set()
        raise self.problem


@pytest.mark.parametrize("problem", [NotSentError(None, "no connection"), DeliveryError(503, "down")])
@pytest.mark.parametrize("is_slow", [True, False])
async def test_answer_that_was_not_sent_is_left_as_a_promise(problem: DeliveryError, is_slow: bool) -> None:
    """What ends the turns of dead processes then asks the person to ask again."""
    notes, opened = Unreachable(problem), asyncio.Event()
    if not is_slow:
        opened.set()
    answering = asyncio.ensure_future(answered(notes, opened))
    await notes.shown.wait()
    opened.set()
    with pytest.raises(DeliveryError):
        await answering
    assert notes.done[-1] == "leave key"


@pytest.mark.parametrize("problem", [DeliveryError(None, "no answer"), DeliveryError(403, "blocked")])
async def test_quick_answer_that_may_be_there_or_is_refused_is_not_promised(problem: DeliveryError) -> None:
    notes, opened = Unreachable(problem), asyncio.Event()
    opened.set()
    with pytest.raises(DeliveryError):
        await answered(notes, opened)
    assert notes.done == []
