"""Who is there while people come: a roster that was read before does not count."""

import asyncio
import json
from typing import Any

import pytest

from bot.domain.conversation import Caller
from bot.teams.activity.incoming_activity import ConversationAccount, IncomingActivity
from bot.teams.audience.conversation_audience import READS, ConversationAudience
from bot.teams.turn.card_renderer import CardRenderer
from bot.teams.turn.turn import Turn
from cards.views.answer_views import ListView
from cards.views.audience_views import AudienceView

TENANT = "t"
FIGURES = ListView("customer", None, (("Contoso", "id-1"),), 1)
ADA = {"id": "29:ada", "tenantId": TENANT}
GUS = {"id": "29:gus", "tenantId": "another"}


class Teams:
    """Teams with the members of one conversation.

    They are reported when `gate` is opened, as they were when the roster was asked for. `reads` counts how often.
    """

    def __init__(self) -> None:
        self.members_there: list[dict[str, str]] = [ADA]
        self.gate = asyncio.Event()
        self.asked = asyncio.Event()
        self.reads = 0
        self.audience = ConversationAudience(self, self)  # type: ignore[arg-type]

    def at(self, _service_url: str) -> "Teams":
        return self

    async def members(self, _conversation_id: str, _token: str) -> bytes:
        answer = json.dumps({"members": self.members_there}).encode()
        self.reads += 1
        self.asked.set()
        await self.gate.wait()
        return answer

    async def chosen(self, *_: object) -> None:
        return None

    def comes(self, member: dict[str, str]) -> None:
        self.members_there = [*self.members_there, member]
        self.audience.people_came()

    async def decided(self) -> Any:
        """Return about how many outsiders the asker is asked.

        If they are not asked, return what is posted.
        """
        drawing, nothing = CardRenderer(), None
        place = ConversationAccount(id="19:chat", conversation_type="groupChat")
        incoming = IncomingActivity("message", conversation=place)
        words, caller = drawing.words("en-US"), Caller(TENANT, "ada")
        turn = Turn(incoming, nothing, words, drawing, caller, nothing)  # type: ignore[arg-type]
        _, view = await self.audience.before(turn, FIGURES, "customers")
        return view.outsiders if isinstance(view, AudienceView) else view


@pytest.fixture
def teams() -> Teams:
    return Teams()


async def test_outsider_who_comes_while_the_roster_is_read_counts(teams: Teams) -> None:
    answering = asyncio.ensure_future(teams.decided())
    await teams.asked.wait()
    teams.comes(GUS)
    teams.gate.set()
    assert [await answering, await teams.decided()] == [1, 1]
    assert teams.reads == 2, "the second answer uses what is remembered"


async def test_roster_counts_as_unknown_while_people_come_and_come(teams: Teams, monkeypatch: Any) -> None:
    read = teams.members

    async def busy(*where: str) -> bytes:
        teams.comes(ADA)
        return await read(*where)

    monkeypatch.setattr(teams, "members", busy)
    teams.gate.set()
    assert [await teams.decided(), await teams.decided()] == [None, None]
    assert teams.reads == 2 * READS, "nothing is remembered"
