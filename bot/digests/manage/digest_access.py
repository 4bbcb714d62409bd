"""Who may see a digest, and who may change it."""

from collections.abc import Awaitable, Callable

from bot.commands.digest_form import FilledForm
from bot.digests.content.digest_line import DigestLines
from bot.domain.conversation import Caller, Conversation, ConversationKind
from bot.store.digests.digest_record import DamagedDigest, Digest
from bot.store.store import Store

# Returns True if the caller of `here` owns the team of that channel; False if Teams does not report the role.
IsTeamOwner = Callable[[Conversation], Awaitable[bool]]


class DigestAccess:
    """What one caller may see and change in one conversation.

    Teams is asked for the role at most once. `sure`: the caller was asked already whether they mean it. `form` is what
    they typed on a form, which names the owner of the digest.
    """

    def __init__(
        self,
        store: Store,
        is_team_owner: IsTeamOwner,
        caller: Caller,
        here: Conversation | None,
        now: float,
        *,
        sure: bool = False,
        form: FilledForm | None = None,
    ) -> None:
        self._store = store
        self._is_team_owner = is_team_owner
        self._here = here
        self._owns_team: bool | None = None
        self.sure = sure or form is not None
        self.form = form
        self.lines = DigestLines(caller, here, now)

    async def visible(self, number: int) -> Digest | None:
        """Return the digest if the caller owns it or it is posted here. Raises StoreError."""
        return self._seen(await self._store.digests.get(number))

    async def stopped(self, number: int) -> Digest | None:
        """Return a digest that was stopped a moment ago, by the same rule.

        Raises StoreError.
        """
        return self._seen(await self._store.stopped.get(number, self.lines.caller.object_id))

    async def damaged(self, number: int) -> DamagedDigest | None:
        """Return a digest that cannot be read, by the same rule.

        Raises StoreError.
        """
        digest = await self._store.damaged.get(number)
        seen = digest is not None and (self.lines.is_owner(digest) or self.lines.is_here(digest))
        return digest if seen else None

    def _seen(self, digest: Digest | None) -> Digest | None:
        if digest is None:
            return None
        return digest if self.lines.is_owner(digest) or self.lines.is_here(digest) else None

    async def is_anothers(self, number: int) -> Digest | None:
        """Return the digest if it is another person's and the caller may change it.

        Raises StoreError.
        """
        digest = await self.visible(number)
        if digest is None or self.lines.is_owner(digest) or not await self.may_change(digest):
            return None
        return digest

    async def may_change(self, digest: Digest) -> bool:
        """Return True if the caller may change the digest.

        Its owner may, and the owners of the team whose channel it is posted to.
        """
        return self.lines.is_owner(digest) or (self.lines.is_here(digest) and await self.owns_team())

    async def owns_team(self) -> bool:
        """Return True if the caller owns the team of this channel."""
        if self._here is None or self._here.kind is not ConversationKind.CHANNEL:
            return False
        if self._owns_team is None:
            self._owns_team = await self._is_team_owner(self._here)
        return self._owns_team
