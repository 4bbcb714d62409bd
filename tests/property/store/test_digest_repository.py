"""The store agrees with a small model after any sequence of changes.

No run is lost.
"""

import asyncio
import contextlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from bot.domain.conversation import ConversationKind
from bot.domain.recurrence import EVERY_DAY, Schedule, Weekly
from bot.store import DigestState, NewDigestRecord, open_store

START = 1_800_000_000.0
DAY = 86_400.0
OWNERS = st.sampled_from(["ada", "bob"])
CHATS = st.sampled_from(["19:one", "19:two"])


@dataclass
class Model:
    owner: str
    chat: str
    next_due: float | None
    state: str = "active"
    requested: float | None = None
    misses: int = 0


def daily(_digest: Any, after: float) -> float:
    """Return the next due time: each day at the time of day of START."""
    return START + ((after - START) // DAY + 1) * DAY


class DigestsMachine(RuleBasedStateMachine):
    digests = Bundle("digests")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.runner = asyncio.Runner()
        self.now = START
        self.held = contextlib.AsyncExitStack()
        self.store = self.run(self.held.enter_async_context(open_store(f"sqlite:///{self.folder}/b.db", self.clock)))
        self.model: dict[int, Model] = {}
        self.occurrences: dict[tuple[int, int], str] = {}
        self.wanted: set[tuple[int, int]] = set()  # those that a user requested

    def clock(self) -> float:
        return self.now

    def run(self, coroutine: Any) -> Any:
        return self.runner.run(coroutine)

    def teardown(self) -> None:
        self.run(self.held.aclose())
        self.runner.close()
        shutil.rmtree(self.folder)

    @rule(seconds=st.sampled_from([0.4, 60.0, DAY, 3.5 * DAY, 400 * DAY]))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @rule(target=digests, owner=OWNERS, chat=CHATS)
    def add(self, owner: str, chat: str) -> int:
        due = daily(None, self.now)
        schedule = Schedule(Weekly(EVERY_DAY), time(8), "UTC")
        texts = {
            "owner_name": "",
            "locale": "en",
            "time_zone": "UTC",
            "question": "q",
            "command": "{}",
            "team_id": "",
            "reference": "",
        }
        draft = NewDigestRecord(
            **texts,
            tenant_id="T",
            owner_id=owner.upper(),
            schedule=schedule,
            conversation_id=chat,
            kind=ConversationKind.GROUP,
            next_due=due,
        )
        number = int(self.run(self.store.digests.add(draft)).number)
        assert number not in self.model
        self.model[number] = Model(owner, chat, due)
        return number

    @rule(number=digests)
    def pause(self, number: int) -> None:
        self.change(number, state=DigestState.PAUSED, next_due=None)

    @rule(number=digests)
    def resume(self, number: int) -> None:
        self.change(number, state=DigestState.ACTIVE, next_due=daily(None, self.now), misses=0)

    @rule(number=digests)
    def run_now(self, number: int) -> None:
        self.change(number, requested=self.now)

    def change(self, number: int, **changes: Any) -> None:
        changed = self.run(self.store.digests.change(number, None, **changes))
        assert (changed is None) == (number not in self.model)
        if number in self.model:
            self.model[number].__dict__.update(changes)

    @rule(number=consumes(digests))
    def delete(self, number: int) -> None:
        assert self.run(self.store.stopped.stop(number, "ada")) == (number in self.model)
        self.lose({number})

    @rule(owner=OWNERS)
    def forget(self, owner: str) -> None:
        theirs = {number for number, each in self.model.items() if each.owner == owner}
        assert self.run(self.store.digests.forget("t", owner)) == len(theirs)
        self.lose(theirs)

    def lose(self, numbers: set[int]) -> None:
        self.model = {n: each for n, each in self.model.items() if n not in numbers}
        self.occurrences = {key: state for key, state in self.occurrences.items() if key[0] not in numbers}

    @rule(chat=CHATS)
    def uninstall(self, chat: str) -> None:
        theirs = self.in_chat(chat, "active")
        found = self.run(self.store.digests.suspend_conversation("t", chat, "gone"))
        assert [each.number for each in found] == theirs
        for number in theirs:
            self.model[number].__dict__.update(state="suspended", requested=None)

    @rule(chat=CHATS)
    def reinstall(self, chat: str) -> None:
        theirs = self.in_chat(chat, "suspended")
        found = self.run(self.store.digests.restore_conversation("t", chat, self.now, daily))
        assert [each.number for each in found] == theirs
        for number in theirs:
            self.model[number].__dict__.update(state="active", next_due=daily(None, self.now))

    def in_chat(self, chat: str, state: str) -> list[int]:
        return sorted(n for n, each in self.model.items() if (each.chat, each.state) == (chat, state))

    @rule(frm=st.sampled_from(["due", "composed", "waiting"]), to=st.sampled_from(["composed", "waiting", "sent"]))
    def advance_all(self, frm: str, to: str) -> None:
        for key, state in list(self.occurrences.items()):
            assert self.run(self.store.ledger.advance(*key, {frm}, to)) == (state == frm)
            if state == frm:
                self.occurrences[key] = to

    @rule(owner=OWNERS)
    def sign_in(self, owner: str) -> None:
        expected = {
            key for key, state in self.occurrences.items() if state == "waiting" and self.model[key[0]].owner == owner
        }
        taken = self.run(self.store.ledger.take_up("T", owner, lambda *_: None))
        assert {(each.number, each.due) for each in taken} == expected
        self.occurrences |= dict.fromkeys(expected, "due")

    @rule(limit=st.sampled_from([1, 2, 100]))
    def claim(self, limit: int) -> None:
        enqueued: list[tuple[int, int]] = []
        claims = self.run(
            self.store.digests.claim(self.now, limit, daily, lambda _, c: enqueued.append((c.digest.number, c.due)))
        ).runs
        asked = [(each.requested, n) for n, each in self.model.items() if each.requested is not None]
        due = [
            (each.next_due, n)
            for n, each in self.model.items()
            if each.requested is None and self.is_due(each) and each.next_due is not None
        ]
        coming = self.given_what_comes(n for _, n in asked)
        assert len(claims) == min(limit, len(asked) + len(due)) - coming
        assert sum(claim.digest.number in {n for _, n in asked} for claim in claims) == min(limit, len(asked)) - coming
        # The one that is due longest comes first; among equals the store may choose.
        late = [self.model[c.digest.number].next_due for c in claims if c.digest.number not in {n for _, n in asked}]
        assert late == sorted(moment for moment, _ in due)[: len(late)]
        assert enqueued == [(claim.digest.number, claim.due) for claim in claims]
        for claim in claims:
            self.claimed(claim)

    def given_what_comes(self, asked: Iterable[int]) -> int:
        """Return how many requests got the run in progress.

        No other run is created for them.
        """
        given = [n for n in asked if self.is_coming(n) and self.run(self.store.digests.get(n)).requested is None]
        for number in given:
            self.model[number].requested = None
        return len(given)

    def is_coming(self, number: int) -> bool:
        if self.is_due(self.model[number]):
            return False
        open_ = {key for key, state in self.occurrences.items() if state in {"due", "composed"}}
        return any(key[0] == number and key[1] >= int(self.now) - 300 for key in open_ & self.wanted)

    def claimed(self, claim: Any) -> None:
        number, each = claim.digest.number, self.model[claim.digest.number]
        manual = not self.is_due(each)
        assert claim.manual == manual
        waiting = [key for key, state in self.occurrences.items() if key[0] == number and state == "waiting"]
        self.occurrences |= dict.fromkeys(waiting, "cancelled" if manual else "missed")
        assert (number, claim.due) not in self.occurrences
        if manual:
            assert each.requested is not None
            assert claim.due >= int(each.requested)
            self.wanted.add((number, claim.due))
        else:
            newest = START + (self.now - START) // DAY * DAY
            assert each.next_due is not None
            assert (claim.due, claim.skipped_earlier) == (int(newest), newest > each.next_due)
            each.next_due = newest + DAY
            each.misses += len(waiting)
        self.occurrences[number, claim.due] = "due"
        each.requested = None

    @rule()
    def claim_in_vain(self) -> None:
        def fail(*_: Any) -> None:
            raise RuntimeError("no queue")

        asked = [n for n, each in self.model.items() if each.requested is not None and not self.is_coming(n)]
        if asked or any(map(self.is_due, self.model.values())):
            with pytest.raises(RuntimeError):
                self.run(self.store.digests.claim(self.now, 100, daily, fail))

    def is_due(self, each: Model) -> bool:
        return each.state == "active" and each.next_due is not None and each.next_due <= self.now

    @invariant()
    def the_store_agrees(self) -> None:
        kept = {each.number: each for each in self.run(self.store.digests.all(limit=1000))}
        assert {
            n: Model(e.owner_id, e.conversation_id, e.next_due, e.state, e.requested, e.misses) for n, e in kept.items()
        } == self.model
        assert self.run(self.store.ledger.counts()) == Counter(self.occurrences.values())


TestDigestStore = DigestsMachine.TestCase
TestDigestStore.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
