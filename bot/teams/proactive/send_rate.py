"""The rate limit of proactive messages, per conversation and per tenant.

It is below the limits of Teams.

The time is that of the running event loop. Both limits are checked together for each message. With one limiter behind
the other, messages of one conversation would gather between the two and be sent in a burst. No library checks both
together. aiolimiter's leaky bucket lets twice its size pass within one period. As a spacing of single messages
(`AsyncLimiter(1, 1 / rate)`) it never makes up for a timer that fires late: at 50 per second a twentieth of the rate is
lost. Its rate cannot be changed, and a turn cannot be returned unused. pyrate-limiter's log is exact, but all waiters
share one lock, so a conversation at its limit blocks the others, and each wait is 50 ms longer than necessary.
"""

import asyncio
from collections import OrderedDict
from functools import partial
from itertools import count
from types import TracebackType

from bot.errors import SettingsError
from bot.teams.proactive.rate_window import CONVERSATION, TENANT, RateWindow, SentTimes
from bot.teams.proactive.send_queue import SendQueue

DEFAULT_RATE = 20
REMEMBERED = 200_000  # conversations


class SendRate:
    """Grants turns to send, in the order in which they were requested.

    This order holds in each conversation, and among the conversations that are below their limit. `per_second` is for
    each tenant, 1 to 50. Messages also stay below Teams' own limit per tenant, counted when their responses arrive: if
    `per_second` is near that limit and Teams responds slowly, fewer are sent.

    Raises SettingsError when `per_second` is out of range.
    """

    def __init__(self, per_second: int = DEFAULT_RATE) -> None:
        if not 1 <= per_second <= TENANT.count:
            raise SettingsError("USAGEBOT_TENANT_RATE", f"{per_second} is not between 1 and {TENANT.count} a second")
        self._rate = RateWindow(per_second, 1.0)
        self._begun: tuple[RateWindow, ...] = (self._rate,)
        self._tenant: tuple[RateWindow, ...] = (TENANT,)
        self._conversation: tuple[RateWindow, ...] = CONVERSATION
        # Not a cache: a conversation with a message in flight has to stay, however many there are.
        self._sent: OrderedDict[str, SentTimes] = OrderedDict()
        self._lines: dict[str, SendQueue] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._numbers = count()

    def share(self, replicas: int) -> None:
        """Use one part of `replicas` of every limit: that many processes post.

        This process is one of them; its part is rounded down.
        """
        replicas = max(1, replicas)
        self._begun = (self._rate.shared(replicas),)
        self._tenant = (TENANT.shared(replicas),)
        self._conversation = tuple(window.shared(replicas) for window in CONVERSATION)
        for tenant_id, line in tuple(self._lines.items()):
            line.wake_all()
            self._grant(tenant_id)

    def turn(self, tenant_id: str, conversation_id: str) -> "SendSlot":
        """Return an async context for one request.

        Entering it waits until the limits allow the request.

        A task that is cancelled while it waits uses up no turn.
        """
        return SendSlot(self, tenant_id.lower(), conversation_id)

    def note(self, conversation_id: str) -> None:
        """Count a message sent without a turn: an answer to a person who waits."""
        self._at(conversation_id).add(asyncio.get_running_loop().time())

    @property
    def waiting(self) -> int:
        """How many requests wait for a turn."""
        return sum(map(len, self._lines.values()))

    async def enter(self, tenant_id: str, conversation_id: str) -> None:
        """Wait for a turn; `SendSlot` calls this."""
        waiter: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        line = self._lines.setdefault(tenant_id, SendQueue())
        line.join(conversation_id, next(self._numbers), waiter)
        self._grant(tenant_id)
        try:
            await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():  # granted, and cancelled before it could be used
                self._at(conversation_id).in_flight -= 1
                line.sent.in_flight -= 1
                line.begun.take_back(waiter.result())
                self._arrived(tenant_id, conversation_id)
            raise

    def leave(self, tenant_id: str, conversation_id: str) -> None:
        """End a turn: the response has arrived, or will not arrive. `SendSlot` calls this."""
        now = asyncio.get_running_loop().time()
        for sent in (self._at(conversation_id), self._lines[tenant_id].sent):
            sent.in_flight -= 1
            sent.add(now)
        self._arrived(tenant_id, conversation_id)

    def _arrived(self, tenant_id: str, conversation_id: str) -> None:
        # People of several tenants can be in one conversation, with digests of their own.
        for other, line in tuple(self._lines.items()):
            if line.arrived(conversation_id) or other == tenant_id:
                self._grant(other)

    def _grant(self, tenant_id: str) -> None:
        """Grant every turn that can be granted now, and set a timer for the next one."""
        loop, line = asyncio.get_running_loop(), self._lines[tenant_id]
        now = loop.time()
        again = line.wake(now)
        while (first := line.next()) is not None:
            conversation_id, waiter = first
            free = self._tenant_free(line)
            if free is None or free > now:
                line.ready_again(conversation_id)
                again = _sooner(free, again)
                break
            again = _sooner(self._serve(line, conversation_id, waiter, now), again)
        self._set_timer(tenant_id, loop, again)

    def _tenant_free(self, line: SendQueue) -> float | None:
        begun, sent = line.begun.free_at(self._begun), line.sent.free_at(self._tenant)
        return None if begun is None or sent is None else max(begun, sent)

    def _serve(
        self, line: SendQueue, conversation_id: str, waiter: "asyncio.Future[float]", now: float
    ) -> float | None:
        """Grant this turn, or delay it until the conversation is below its limit.

        Return when that is; None if the turn was granted or the moment is not known yet.
        """
        sent = self._at(conversation_id)
        free = sent.free_at(self._conversation)
        if free is None:
            line.block(conversation_id)
        elif free > now:
            line.delay(conversation_id, free)
            return free
        else:
            sent.in_flight += 1
            line.sent.in_flight += 1
            line.begun.add(now)
            line.served(conversation_id)
            waiter.set_result(now)
        return None

    def _set_timer(self, tenant_id: str, loop: asyncio.AbstractEventLoop, moment: float | None) -> None:
        if (timer := self._timers.pop(tenant_id, None)) is not None:
            timer.cancel()
        if moment is not None:
            self._timers[tenant_id] = loop.call_at(moment, partial(self._grant, tenant_id))

    def _at(self, conversation_id: str) -> SentTimes:
        """Return what was sent to a conversation; it is forgotten after its longest window."""
        sent = self._sent.get(conversation_id)
        if sent is not None:
            self._sent.move_to_end(conversation_id)
            return sent
        now = asyncio.get_running_loop().time()
        for _ in range(min(2, len(self._sent))):
            oldest_id, oldest = next(iter(self._sent.items()))
            if not oldest.over(now) and (oldest.in_flight or len(self._sent) < REMEMBERED):
                break
            del self._sent[oldest_id]
        sent = self._sent[conversation_id] = SentTimes()
        return sent


class SendSlot:
    """One turn of a `SendRate`, as a context manager."""

    __slots__ = ("_conversation_id", "_pace", "_tenant_id")

    def __init__(self, pace: SendRate, tenant_id: str, conversation_id: str) -> None:
        self._pace = pace
        self._tenant_id = tenant_id
        self._conversation_id = conversation_id

    async def __aenter__(self) -> None:
        await self._pace.enter(self._tenant_id, self._conversation_id)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pace.leave(self._tenant_id, self._conversation_id)


def _sooner(moment: float | None, other: float | None) -> float | None:
    """Return the earlier moment; None means never."""
    return other if moment is None else moment if other is None else min(moment, other)
