"""The owner of many digests gets three notices of one event.

Whichever run or replica notices it.
"""

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest

from bot.digests.runs.delivery_failure import verdict
from bot.digests.runs.notify_step import NotifyStep
from bot.digests.runs.refused_post import RefusedPost
from bot.digests.runs.run_id import RunId
from bot.digests.runs.step_context import StepContext
from bot.errors import DeliveryError, StoreError
from bot.identity.tokens.encryption import Encryptor
from cards.views.digest_views import DigestNoticeView
from tests.integration.digests.stage import KEY, Messages, draft, store_at

NOW = time.time()
DAY, HOUR = 86_400.0, 3_600.0
MANY = 40
REFUSED = verdict(DeliveryError(403, "no", code="BotNotInConversationRoster"))


class Replicas:
    """Two replicas on one database; `now` is what their clocks show."""

    def __init__(self) -> None:
        self.now = NOW
        self.parts: list[StepContext] = []

    @property
    def told(self) -> list[tuple[int, str, int, bool]]:
        return [
            (number, view.notice, view.more, view.last)
            for parts in self.parts
            for number, view in self.messages(parts).told
            if isinstance(view, DigestNoticeView)
        ]

    def messages(self, parts: StepContext) -> Messages:
        assert isinstance(parts.messenger, Messages)
        return parts.messenger

    async def tell(self, number: int, word: str, replica: int = 0) -> None:
        await NotifyStep(self.parts[replica])(RunId(number, int(NOW)), word)


@pytest.fixture
async def replicas(scene: Any, database_url: str) -> AsyncIterator[Replicas]:
    found = Replicas()
    async with AsyncExitStack() as stack:
        for executor in ("one", "two"):
            session = await stack.enter_async_context(aiohttp.ClientSession())
            store = await stack.enter_async_context(store_at(database_url, lambda: found.now, scene.signatures))
            messenger = Messages(session, scene.connector.service_url)
            clock = lambda: found.now  # noqa: E731
            found.parts.append(StepContext(store, messenger, messenger.roster, Encryptor([KEY]), executor, clock))
        yield found


async def digests(scene: Any, count: int = MANY, place: int = 0) -> list[int]:
    added = [await scene.store.digests.add(draft(NOW, scene.places[place], scene.connector)) for _ in range(count)]
    return [each.number for each in added]


async def test_one_refusal_in_a_chat_with_forty_digests_is_told_three_times(scene: Any, replicas: Replicas) -> None:
    numbers = await digests(scene)
    claim = (await scene.store.digests.claim(NOW, 1, lambda *_: NOW + DAY, lambda *_: None)).runs[0]
    run = RunId(claim.digest.number, claim.due)
    await scene.store.ledger.advance(run.number, run.due, {"due"}, "sending")
    await scene.store.digests.change(run.number, None, refusals=5, refused_since=NOW - 2 * DAY)
    word = await RefusedPost(replicas.parts[0]).count(run, REFUSED)
    await replicas.tell(run.number, word)
    first, second, third = numbers[:3]
    assert replicas.told == [
        (first, "refused", 0, False),
        (second, "refused", 0, False),
        (third, "refused", MANY - 3, True),
    ]


async def test_one_failure_of_forty_runs_on_two_replicas_is_told_three_times(scene: Any, replicas: Replicas) -> None:
    for count, number in enumerate(await digests(scene)):
        await replicas.tell(number, f"tell failed:{number} partner_down id-{number}", count % 2)
    assert sorted(replicas.told) == [(1, "failed", 0, False), (2, "failed", 0, False), (3, "failed", 0, True)]


async def test_another_problem_and_a_later_hour_are_told_again(scene: Any, replicas: Replicas) -> None:
    for number in await digests(scene, 5):
        await replicas.tell(number, f"tell failed:{number} partner_down")
    await replicas.tell(4, "tell failed:4 no_match")
    await replicas.tell(4, "tell paused_misses:4")
    replicas.now += HOUR + 1
    await replicas.tell(5, "tell failed:5 partner_down")
    assert replicas.told[3:] == [
        (4, "failed", 0, False),
        (4, "paused_misses", 0, False),
        (5, "failed", 0, False),
    ]


async def test_a_refusal_is_one_event_however_it_became_known(scene: Any, replicas: Replicas) -> None:
    numbers = await digests(scene, 4)
    (elsewhere,) = await digests(scene, 1, place=1)
    problem = "403 BotNotInConversationRoster"
    for number, notice in zip(numbers, ("refused", "failed", "suspended", "gone"), strict=True):
        await replicas.tell(number, f"tell {notice}:{number} {problem}")
    await replicas.tell(elsewhere, f"tell refused:{elsewhere} {problem}")
    assert [number for number, *_ in replicas.told] == [*numbers[:3], elsewhere]


async def test_each_removal_is_told_after_a_return(scene: Any, replicas: Replicas) -> None:
    (number,) = await digests(scene, 1)
    for due, notice in enumerate(["refused", "restored"] * 5):
        await NotifyStep(replicas.parts[0])(RunId(number, due), f"tell {notice}:{number}")
    assert [notice for _, notice, *_ in replicas.told] == ["refused", "restored"] * 5


async def test_notices_are_sent_once_when_the_store_fails_among_them(
    scene: Any, replicas: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = await digests(scene)
    word = "tell " + ",".join(f"gone:{number}" for number in numbers) + " 404 ConversationNotFound"
    records = replicas.parts[0].store.records
    add, asked = records.add, []

    async def failing(kind: str, key: str, *given: Any, **options: Any) -> int | None:
        asked.append(key)
        if len(asked) == 3:
            raise StoreError("the connection was dropped")
        return await add(kind, key, *given, **options)

    monkeypatch.setattr(records, "add", failing)
    with pytest.raises(StoreError):
        await replicas.tell(numbers[0], word)
    await replicas.tell(numbers[0], word)
    await replicas.tell(numbers[0], word, replica=1)  # as after a crash before the step was recorded
    assert [(number, more) for number, _, more, _ in replicas.told] == [
        (numbers[0], 0),
        (numbers[1], 0),
        (numbers[2], MANY - 3),
    ]


async def test_the_next_notice_is_sent_when_one_was_not_delivered(
    scene: Any, replicas: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = replicas.messages(replicas.parts[0])
    numbers = await digests(scene, 5)
    with monkeypatch.context() as patch:

        async def blocked(*_: Any) -> None:
            raise DeliveryError(403, "blocked")

        patch.setattr(messages, "_say_in_private", blocked)
        await replicas.tell(numbers[0], f"tell failed:{numbers[0]} partner_down")
    messages.told.clear()
    for number in numbers[1:]:
        await replicas.tell(number, f"tell failed:{number} partner_down")
    assert [number for number, *_ in replicas.told] == numbers[1:4]
