"""Two hundred people who ask, and the outcome of each question."""

import asyncio
import random
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.simulator.connector import SimulatedConnector, TeamsClient
from bot.simulator.connector import inbound_activity as inbound
from bot.simulator.connector.teams_client import Delivered
from bot.simulator.connector.teams_people import Person, guid, personal
from bot.simulator.connector.transcript import Posted
from bot.simulator.entra import SimulatedEntra, User
from tests.integration.teams.sign_in.conftest import OAUTH, spoken

QUESTIONS = (
    "usage on Exchange",
    "usage on Exchange by customer",
    "usage for TEST COMPANY on Exchange",
    "usage on Teams below 50%",
    "which customers have more than 20 unused licenses on Exchange?",
    "help",
)
WORKING = re.compile("Working on it")
AGAIN = re.compile(r"[Aa]sk (the question |me )?again|I was restarted|try again", re.DOTALL)
SET_UP = re.compile(r"Digest (\d+) is set up")
PAUSE = (4.0, 16.0)  # seconds between an answer and the person's next question
DELIVERY_SECONDS = 90.0  # as long as a channel keeps trying
ANSWER_SECONDS = 120.0


@dataclass
class Answer:
    """The answer to a question.

    `texts` has the last text of each message that is no progress card, by its id.
    """

    sent: float
    progress: list[float] = field(default_factory=list)  # when *Working on it* was shown
    taken: float | None = None  # when a replica acknowledged it
    texts: dict[str, str] = field(default_factory=dict)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    seconds: float | None = None

    def history(self, began: float) -> str:
        """Return when it was asked and acknowledged, and when its progress was shown.

        In seconds since `began`.
        """
        taken = "never" if self.taken is None else f"{self.taken - began:.1f}"
        shown = [round(each - began, 1) for each in self.progress]
        return f"asked {self.sent - began:.1f}, acknowledged {taken}, progress shown {shown}"


class Town:
    """The people, their chats, and everything that they got."""

    def __init__(
        self, connector: SimulatedConnector, entra: SimulatedEntra, chance: random.Random, people: int
    ) -> None:
        self.connector = connector
        self.entra = entra
        self.people = [Person(f"Person {number}", guid(f"person {number}")) for number in range(people)]
        self.asked: dict[str, Answer] = {}
        self.refused = 0
        self.digests: dict[int, str] = {}  # by number, the object id of who set it up
        self.notices: dict[str, Counter[str]] = defaultdict(Counter)  # by conversation
        self._replies: dict[str, str] = {}  # of each message of the bot, the question that it replies to
        self._users = {
            each.object_id: entra.directory.add(User(each.name, each.tenant_id, each.object_id)) for each in self.people
        }
        self._chance = chance
        self._clients: list[TeamsClient] = []
        self._signing: dict[str, asyncio.Future[dict[str, Any]]] = {}

    def served_at(self, ports: list[int]) -> None:
        """Say where the replicas listen."""
        self._clients = [TeamsClient(self.connector, f"http://127.0.0.1:{port}/api/messages") for port in ports]

    async def close(self) -> None:
        for client in self._clients:
            await client.close()

    async def deliver(self, activity: dict[str, Any]) -> Delivered | None:
        """Hand the activity to a replica, to another if that one is down.

        Return None if none took it.
        """
        end = time.monotonic() + DELIVERY_SECONDS
        while time.monotonic() < end:
            client = self._chance.choice(self._clients)
            try:
                delivered = await client.post(activity)
            except (aiohttp.ClientError, TimeoutError):
                await asyncio.sleep(0.5)
                continue
            if 200 <= delivered.status < 300:
                return delivered
            await asyncio.sleep(1)
        return None

    async def listen(self) -> None:
        """File everything that the bot posts, until this is cancelled."""
        while True:
            self._file(await self.connector.next_message(3_600))

    def _file(self, posted: Posted) -> None:
        question = self._replies.setdefault(posted.id, posted.reply_to or "")
        text = spoken(posted) or posted.text
        if any(each["contentType"] == OAUTH for each in posted.activity.get("attachments") or ()):
            content = posted.activity["attachments"][0]["content"]
            waiting = self._signing.pop(posted.conversation_id, None)
            if waiting is not None and not waiting.done():
                waiting.set_result(content)
            return
        answer = self.asked.get(question)
        if answer is None:
            if posted.kind == "sent":
                self.notices[posted.conversation_id][text] += 1
            return
        if not WORKING.search(text):
            answer.texts[posted.id] = text
            if answer.seconds is None:
                answer.seconds = time.monotonic() - answer.sent
            answer.answered.set()
        else:
            answer.progress.append(time.monotonic())

    async def sign_in(self, person: Person) -> None:
        """Sign the person in silently, as Teams does."""
        chat = personal(person)
        self.connector.state.join(chat)
        waiting = self._signing[chat.id] = asyncio.get_running_loop().create_future()
        client = self._clients[0]
        await client.say("sign in", from_=person)
        async with asyncio.timeout(ANSWER_SECONDS):
            card = await waiting
        token = self.entra.sso_token(self._users[person.object_id], self.connector.app_id)
        assert (await client.exchange(card, token, from_=person)).status == 200

    async def ask(self, person: Person, text: str) -> str:
        """Return the answer to the question; "" if there is none."""
        chat = personal(person)
        activity = inbound.as_message(self._clients[0].new("message", chat, person), text, chat)
        answer = self.asked[activity["id"]] = Answer(time.monotonic())
        if await self.deliver(activity) is None:
            del self.asked[activity["id"]]
            self.refused += 1
            return ""
        answer.taken = time.monotonic()
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await answer.answered.wait()
        except TimeoutError:
            return ""
        return next(iter(answer.texts.values()))

    async def lives(self, person: Person, until: float) -> None:
        """Set up one digest, and ask until that moment of the monotonic clock."""
        await asyncio.sleep(self._chance.uniform(0, PAUSE[1]))
        has_digest = False
        while time.monotonic() < until:
            if has_digest:
                await self.ask(person, self._chance.choice(QUESTIONS))
            else:
                minutes = self._chance.randint(1, max(1, int((until - time.monotonic()) / 60)))
                answer = await self.ask(person, f"digest in {minutes} minutes usage on Exchange by customer")
                if found := SET_UP.search(answer):
                    has_digest = True
                    self.digests[int(found[1])] = person.object_id
            await asyncio.sleep(self._chance.uniform(*PAUSE))

    def outcome(self) -> Counter[str]:
        """Count the questions that were answered, interrupted, lost, doubled.

        Who has the answer and a notice that it may be missing is counted apart: that is no second answer.
        """
        counted: Counter[str] = Counter(asked=len(self.asked), refused=self.refused)
        for answer in self.asked.values():
            if not answer.texts:
                counted["lost"] += 1
                continue
            notices = sum(bool(AGAIN.search(text)) for text in answer.texts.values())
            given = len(answer.texts) - notices
            if given > 1 or notices > 1:
                counted["doubled"] += 1
            elif given and notices:
                counted["answered, and a notice"] += 1
            else:
                counted["answered" if given else "ask again"] += 1
        return counted

    def most_repeated(self) -> tuple[int, str]:
        """Return how often one person got the same notice, and which."""
        counts = [(count, text) for each in self.notices.values() for text, count in each.items()]
        return max(counts, default=(0, ""))
