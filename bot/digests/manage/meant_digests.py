"""Which digests a command means.

Those with its numbers, the one that was spoken of last, or every one.
"""

from bot.commands.command import ChangeDigest, HandleDigest
from bot.digests.content.digest_line import DigestLines
from bot.digests.manage.spoken_of import SpokenOf
from bot.domain.conversation import Caller, Conversation, ConversationKind
from bot.store.digests.digest_record import Digest, DigestState
from bot.store.digests.digest_repository import DigestRepository


class MeantDigests:
    """Finds the digests that a caller means in a conversation.

    Every method raises StoreError.
    """

    def __init__(self, digests: DigestRepository, spoken: SpokenOf) -> None:
        self._digests = digests
        self._spoken = spoken

    async def numbers(
        self, command: HandleDigest | ChangeDigest, caller: Caller, here: Conversation | None
    ) -> tuple[int, ...]:
        """Return the numbers of the digests; none if it is not certain which one is meant."""
        said = command.numbers if isinstance(command, HandleDigest) else (command.number,)
        numbers = tuple(each for each in said if each is not None)
        return numbers or await self._last(caller, here)

    async def own(self, caller: Caller, here: Conversation | None) -> list[Digest]:
        """Return the caller's digests, by number.

        In a 1:1 chat these are all. In any other conversation these are the digests posted to it, because every member
        can read the answer.
        """
        found = await self._digests.of_owner(caller.tenant_id, caller.object_id)
        if here is None or here.kind is ConversationKind.PERSONAL:
            return found
        return [each for each in found if DigestLines(caller, here).is_here(each)]

    async def _last(self, caller: Caller, here: Conversation | None) -> tuple[int, ...]:
        """Return the digest that the caller spoke of last here.

        Otherwise it is the newest of theirs that is posted here. None if several were spoken of, or if another one was
        posted since. A digest that is deleted stays the one that was spoken of: "stop it", said twice, does not stop
        another one.
        """
        if here is None:
            return ()
        found = await self._digests.of_owner(caller.tenant_id, caller.object_id)
        posted = [each for each in found if DigestLines(caller, here).is_here(each)]
        spoken = await self._spoken.last(caller, here.conversation_id)
        if spoken is not None:
            others = [
                each for each in posted if each.number not in spoken.numbers and (each.last_at or 0.0) > spoken.at
            ]
            return spoken.numbers if len(spoken.numbers) == 1 and not others else ()
        living = [each for each in posted if each.state is not DigestState.DONE]
        newest = max(living, key=_seen, default=None)
        return () if newest is None else (newest.number,)


def _seen(digest: Digest) -> tuple[float, int]:
    """Return when the digest was last seen in its conversation."""
    return max(digest.created, digest.last_at or 0.0), digest.number
