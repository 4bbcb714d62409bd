"""How many notices of one event an owner gets.

Few, whichever run or replica notices the event. Each notice needs one of `MOST_NOTICES` places, which are records that
all replicas share. They hold no name: the key is a hash.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.digests.notices.notice import ENDS
from bot.domain.key_hash import key_hash
from bot.store.records import Records

KIND = "digest_told"
# Notices about one event that one owner gets. The list of digests shows the others.
MOST_NOTICES = 3
# Seconds for which notices with the same reason are about one event.
EVENT_SECONDS = 3_600.0

_SENT = b"|sent"

Told = tuple[tuple[str, str], tuple[str, str]]  # the key of the owner, and the event


@dataclass(frozen=True, slots=True)
class NoticePlace:
    """Place `number` (from 0) of the notices of `told`.

    `sent`: the notice with this `mark` was sent before.
    """

    told: Told
    number: int
    mark: str = ""
    sent: bool = False

    @property
    def is_last(self) -> bool:
        """Return True if no further notice about the event is sent."""
        return self.number == MOST_NOTICES - 1

    @property
    def key(self) -> str:
        """Return the key of the record."""
        owner, event = self.told
        return key_hash("|".join((*owner, *event, str(self.number))))


class NoticeLimit:
    """Hands out the places.

    `clock` returns Unix seconds. Every method raises StoreError.
    """

    def __init__(self, records: Records, clock: Callable[[], float]) -> None:
        self._records = records
        self._clock = clock

    async def take(self, told: Told, mark: str, after: int) -> NoticePlace | None:
        """Take the first free place behind place `after` (-1 for any).

        None if there is none. A mark gets its place back: after a crash, the same notice is in the same place.
        """
        for number in range(after + 1, MOST_NOTICES):
            place = NoticePlace(told, number, mark)
            if await self._records.add(KIND, place.key, mark.encode(), expires=self._expires) is not None:
                return place
            held = await self._records.get(KIND, place.key)
            if held is not None and held.value.removesuffix(_SENT) == mark.encode():
                return NoticePlace(told, number, mark, held.value.endswith(_SENT))
        return None

    async def sent(self, place: NoticePlace) -> None:
        """Record that the notice was sent. What its event ends begins anew."""
        await self._records.put(KIND, place.key, place.mark.encode() + _SENT, expires=self._expires)
        owner, (kind, where) = place.told
        if (ended := ENDS.get(kind)) is not None:
            for number in range(MOST_NOTICES):
                await self.give_back(NoticePlace((owner, (ended, where)), number))

    async def give_back(self, place: NoticePlace) -> None:
        """Free the place of a notice that was not delivered."""
        await self._records.delete(KIND, place.key)

    @property
    def _expires(self) -> float:
        return self._clock() + EVENT_SECONDS
