"""Keep the signatures of digests up to date.

After a key was replaced, digests are signed with the new one, so that the old one can be removed. A digest that was
suspended because its signature did not match resumes when it does: the operator has signed it, or the key is back.
"""

from collections.abc import Callable

import structlog

from bot.digests.runs.refused_conversation import resumes_at
from bot.store.digests.digest_record import DigestState
from bot.store.store import Store

log = structlog.get_logger(__name__)


class SignatureUpkeep:
    """Signs and resumes digests. Every replica may run one.

    `clock` returns Unix seconds.
    """

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store = store
        self._clock = clock
        self._all_newest = False

    async def look(self) -> None:
        """Resume what matches again.

        The first call also signs again what an older key has signed. Raises StoreError.
        """
        if not self._all_newest:
            again = await self._store.signing.sign_again()
            self._all_newest = True
            if again:
                log.info("digests_signed_again", count=again)
        for digest in await self._store.signing.mended():
            upcoming = resumes_at(digest, self._clock())
            state = DigestState.DONE if upcoming is None else DigestState.ACTIVE
            resumed = await self._store.digests.change(
                digest.number, digest.version, state=state, reason="", next_due=upcoming
            )
            if resumed is not None:
                log.info("digest_signature_matches", digest=digest.number)
