"""Notify the owners of digests in private.

Of one event they are notified few times, however many digests it concerns.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from secrets import token_hex
from typing import Protocol

import structlog

from bot.digests.content.digest_owner import owner_of
from bot.digests.notices.notice import Notice
from bot.digests.notices.notice_limit import MOST_NOTICES, NoticeLimit, NoticePlace, Told
from bot.errors import DeliveryError, NotSentError, StoreError, ZoneError
from bot.store.digests.digest_record import Digest
from bot.store.records import Records
from cards.views.answer_views import View

log = structlog.get_logger(__name__)


class Notifier(Protocol):
    """Notifies owners in private. `Messenger` implements it."""

    async def tell(self, digest: Digest, view: View) -> None:
        """Show `view` to the owner in their 1:1 chat.

        Raises DeliveryError.
        """
        ...


class OwnerNotices:
    """Sends the notices; without a `notifier` it sends none.

    `clock` returns Unix seconds. A notice that is not delivered is logged: what it says has happened already.
    """

    def __init__(self, notifier: Notifier | None, records: Records, clock: Callable[[], float]) -> None:
        self._notifier = notifier
        self._limit = NoticeLimit(records, clock)

    async def tell(self, notices: Sequence[Notice], origin: str = "") -> None:
        """Send each owner at most `MOST_NOTICES` notices of one event.

        The last one says how many digests have no notice. The notices of other runs and replicas count. `origin` is the
        run: called again for it, this sends what was not sent. Raises StoreError if there is an `origin`; without one
        it is not called again, so a notice is sent rather than lost.
        """
        events = defaultdict(list)
        for notice in notices:
            events[owner_of(notice.digest).key, notice.event].append(notice)
        for told, same in events.items():
            await self._few(told, same, origin)

    async def at_once(self, notices: Sequence[Notice]) -> None:
        """Notify each owner of what one person did at once, with the same bound.

        Earlier notices do not count: what they are about is another event.
        """
        owners = defaultdict(list)
        for notice in notices:
            owners[owner_of(notice.digest).key].append(notice)
        for same in owners.values():
            more = len(same) - MOST_NOTICES
            for place, notice in enumerate(same[:MOST_NOTICES]):
                await self._told(notice, max(0, more) if place == MOST_NOTICES - 1 else 0, last=False)

    async def _few(self, told: Told, notices: Sequence[Notice], origin: str) -> None:
        lenient = suppress(*(() if origin else (StoreError,)))
        mark, number = origin or token_hex(8), -1
        for at, notice in enumerate(notices):
            place: NoticePlace | None = NoticePlace(told, number + 1) if number + 1 < MOST_NOTICES else None
            with lenient:
                place = await self._limit.take(told, f"{mark}|{notice.digest.number}", number)
            if place is None:
                log.info("digest_notices_spared", notice=notice.name, count=len(notices) - at)
                return
            number = place.number
            if place.sent:
                continue
            more = len(notices) - at - 1 if place.is_last else 0
            settle = self._limit.sent if await self._told(notice, more, last=place.is_last) else self._limit.give_back
            with lenient:
                await settle(place)

    async def _told(self, notice: Notice, more: int, *, last: bool) -> bool:
        """Send the notice; return False if it was certainly not delivered."""
        if self._notifier is None:
            return True
        try:
            await self._notifier.tell(notice.digest, notice.view(more, last=last))
        except (DeliveryError, ZoneError) as error:
            number, name = notice.digest.number, notice.name
            log.warning("digest_owner_not_notified", digest=number, notice=name, problem=str(error))
            return isinstance(error, DeliveryError) and not isinstance(error, NotSentError) and error.status is None
        return True
