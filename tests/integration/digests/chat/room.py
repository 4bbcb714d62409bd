"""The users, the conversations, and the bot that posts digests to them."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.digests.scheduler.dbos_queue import UNDER_WAY, RunQueue
from bot.simulator.connector import ADA, BEN, channel, group, personal
from bot.simulator.connector.teams_people import Person, SimulatedConversation, guid
from bot.simulator.connector.transcript import Posted
from bot.store import Digest, Store
from bot.store.digests.digest_record import DigestState
from bot.store.digests.occurrence import OccurrenceState
from tests.integration.digests.chat.posted import data_of, in_place, text_of
from tests.integration.teams.sign_in.conftest import Stage, spoken

CLEO = Person("Cleo Chief", guid("cleo"))
EVE = Person("Eve Elsewhere", guid("eve"), guid("another company"))
CHAT, BENS_CHAT, CLEOS_CHAT = personal(ADA), personal(BEN), personal(CLEO)
GROUP = group(ADA, BEN, CLEO)
CHANNEL = channel("Licenses", ADA, BEN, CLEO, owners=(CLEO,))
DAILY = "digest every day at 9 for TEST COMPANY on Exchange"
NO_INPUTS: Mapping[str, str] = MappingProxyType({})
SECONDS = 240.0
RECENTLY = 100.0  # recent enough that a digest does not say that it is late


@dataclass
class Room:
    """A stage whose bot posts digests.

    `store` and `workflows` are separate connections to the bot's database.
    """

    stage: Stage
    store: Store
    workflows: RunQueue
    _times: int = 0

    async def say(self, text: str, where: SimulatedConversation = CHAT, person: Person = ADA) -> Posted:
        """Return the answer in this conversation, when nothing is in progress any more."""
        await self.stage.say(text, person, _thread(where, "1234567890"))
        return await self._answered(where)

    async def press(
        self,
        posted: Posted,
        label: str,
        about: str = "",
        where: SimulatedConversation = CHAT,
        person: Person = ADA,
        inputs: Mapping[str, str] = NO_INPUTS,
    ) -> Posted:
        """Press a button of a card, with what is chosen in its inputs.

        A person who does not see the card sends what the button would send.

        Returns the card that replaces it, or else the message that answers.
        """
        data, place = data_of(posted, label, about) | inputs, _thread(where, posted.id)
        seen = posted.id if posted.is_seen_by(person.id) else None
        pressed = await self.stage.bot.client.press(data, reply_to=seen, conversation=place, from_=person)
        return in_place(pressed.card, posted) if pressed.card else await self._answered(where)

    async def heard(self, where: SimulatedConversation = CHAT) -> Posted:
        """Return the next message, which must be in this conversation.

        In a channel it starts a new thread.
        """
        posted = await self.stage.connector.next_message(SECONDS)
        assert posted.conversation_id == where.id, (posted.conversation_id, where.id, spoken(posted))
        return posted

    async def set_up(self, where: SimulatedConversation = CHAT, sentence: str = DAILY, person: Person = ADA) -> int:
        """Set up a digest and return its number."""
        said = text_of(await self.say(sentence, where, person)).split()
        assert said[2:5] == ["is", "set", "up"], said
        return int(said[1])

    async def digest(self, number: int = 1) -> Digest:
        """Return the digest as it is stored."""
        found = await self.store.digests.get(number)
        assert found is not None
        return found

    async def runs(self, number: int = 1) -> list[OccurrenceState]:
        """Return the state of each of its runs, the newest first."""
        return [each.state for each in await self.store.ledger.of(number)]

    async def due(self, *numbers: int, ago: float | None = None) -> None:
        """Make these digests due `ago` seconds ago. The bot notices it by polling.

        An occurrence is identified by its second, so each time is one second after the last.
        """
        self._times += 1
        for number in numbers or (1,):
            moment = time.time() - (RECENTLY - self._times if ago is None else ago)
            assert await self.store.digests.change(number, None, next_due=moment)

    async def settled(self) -> None:
        """Wait until no run is in progress; one may wait for a sign-in."""
        async with asyncio.timeout(SECONDS):
            while await self._under_way():  # noqa: ASYNC110  # the database sends no event
                await asyncio.sleep(0.02)

    async def nothing_more(self) -> None:
        """Check that no run is in progress and every message has been read."""
        said = await self.stage.quiet()  # a run in progress may cause another one
        await self.settled()
        said += await self.stage.quiet()
        assert [(each.conversation_id, spoken(each)) for each in said] == []

    async def comes_true(self, is_so: Callable[[], Awaitable[bool]]) -> None:
        """Wait until `is_so` returns True: the database sends no event."""
        async with asyncio.timeout(SECONDS):
            while not await is_so():  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def sign_out(self, person: Person = ADA) -> None:
        """Sign a person out."""
        assert "signed out" in text_of(await self.say("sign out", personal(person), person))

    async def down(self) -> None:
        """Stop the bot."""
        await self.stage.bots.pop().close()

    async def sign_in(self, person: Person) -> list[Posted]:
        """Sign a person in, in the 1:1 chat.

        Return what is posted elsewhere then: the answers that waited.
        """
        await self.stage.say("sign in", person)
        assert (await self.stage.exchange(await self.stage.offered(), person)).status == 200
        return [each for each in await self.stage.quiet() if each.conversation_id != personal(person).id]

    async def _answered(self, where: SimulatedConversation) -> Posted:
        said = await self.stage.quiet()
        assert said, "there is no answer"
        assert {each.conversation_id.partition(";messageid=")[0] for each in said} == {where.id}, said
        return said[-1]

    async def _under_way(self) -> bool:
        for digest in await self.store.digests.all():
            due = digest.state is DigestState.ACTIVE and (digest.next_due or 0.0) <= time.time()
            if due or digest.requested is not None:
                return True
        return bool(await self.workflows._ids(status=list(UNDER_WAY)))


def _thread(where: SimulatedConversation, message_id: str) -> SimulatedConversation:
    """Return a thread of a channel, because a message in a channel is always in one."""
    return where.thread(message_id) if where.scope == "channel" else where
