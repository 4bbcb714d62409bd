"""What another process did with a person's sign-in, as soon as it did it.

It frees what is held in memory. Nothing depends on it: each turn looks at the store. Depends on the store.
"""

from bot.concurrency.periodic import Periodic
from bot.identity.tokens.held_tokens import HeldTokens
from bot.identity.tokens.token_cache import Person
from bot.store.announcements import Announcements

AGAIN = 5.0  # seconds until the next attempt to listen


class SignInNotices:
    """Announces sign-ins and sign-outs to other processes, and receives theirs."""

    def __init__(self, announcements: Announcements, held: HeldTokens) -> None:
        self._announcements = announcements
        self._held = held
        self._listening = Periodic("sign-in notices", self._listen, AGAIN, failed="sign_in_notices_not_received")

    def start(self) -> None:
        """Listen from now on, if the database can pass notices on."""
        if self._announcements.are_possible:
            self._listening.start()

    async def stop(self) -> None:
        """Listen no more."""
        await self._listening.stop()

    async def announce(self, person: Person, version: int) -> None:
        """Announce that the person has signed in, and the record has this version.

        Raises StoreError.
        """
        await self._announcements.announce("|".join((*person, str(version))))

    async def announce_end(self, person: Person, since: float) -> None:
        """Announce that the sign-in of this moment has ended.

        A notice may come late, when the person has signed in again. Raises StoreError.
        """
        await self._announcements.announce("|".join((*person, "out", repr(since))))

    async def _listen(self) -> None:
        # What was announced before is lost, so every token is looked up before its next use.
        await self._announcements.listen(self._held.doubt, self._received)

    def _received(self, text: str) -> None:
        match text.split("|"):
            case [tenant, person, "out", since]:
                self._held.left((tenant, person), float(since))
            case [tenant, person, version]:
                held = self._held.get((tenant, person))
                if held is not None and str(held.version) != version:
                    self._held.drop((tenant, person))
