"""Fill in the command of every digest that has a sentence only.

Release 0.1 stored English sentences. Its digests are upgraded when the bot starts, and those that a process of that
release stores later within a minute. Until then `command_of` reads their sentences. This file and the column `question`
can be removed one release later.
"""

import asyncio

import structlog

from bot.commands.command_document import write
from bot.digests.content.digest_command import command_in
from bot.digests.notices.notice import Notice
from bot.digests.notices.owner_notices import OwnerNotices
from bot.store.digests.digest_record import Digest, DigestState
from bot.store.digests.digest_repository import DigestRepository

log = structlog.get_logger(__name__)

EVERY = 60.0  # seconds between two runs of the upgrade
# The reason of a digest whose sentence is not understood. It is not upgraded until its owner resumes the digest.
UNREADABLE = "not_understood"
TRIES = 3
READ_AT_ONCE = 200  # characters; longer sentences are parsed in a thread


class QuestionUpgrade:
    """Upgrades digests of release 0.1.

    Every replica may run one: each change is a compare-and-set on the digest's version.
    """

    def __init__(self, digests: DigestRepository, notices: OwnerNotices) -> None:
        self._digests = digests
        self._notices = notices

    async def look(self) -> int:
        """Upgrade every digest that has no command yet; return how many were upgraded.

        A digest that other processes keep changing is upgraded by the next call. Raises StoreError.
        """
        upgraded = 0
        async for digest in self._digests.without_command(UNREADABLE):
            upgraded += await self._upgrade(digest)
        if upgraded:
            log.info("digest_questions_upgraded", count=upgraded)
        return upgraded

    async def _upgrade(self, digest: Digest) -> bool:
        if len(digest.question) <= READ_AT_ONCE:
            command = command_in(digest.question)
        else:
            command = await asyncio.to_thread(command_in, digest.question)
        found: Digest | None = digest
        for _ in range(TRIES):  # another process may compute its due time at the same moment
            if found is None or found.command:
                return False
            if command is None:
                if await self._pause(found):
                    return False
            elif await self._digests.change(found.number, found.version, command=write(command)) is not None:
                return True
            found = await self._digests.get(digest.number)
        return False

    async def _pause(self, digest: Digest) -> bool:
        """Pause a digest whose question is lost, and notify its owner unless it is done.

        Returns False if it has changed.
        """
        over = digest.state is DigestState.DONE
        state = DigestState.DONE if over else DigestState.PAUSED
        changed = await self._digests.change(
            digest.number, digest.version, state=state, reason=UNREADABLE, requested=None
        )
        if changed is not None and not over:
            log.warning("digest_question_unreadable", digest=digest.number)
            await self._notices.tell([Notice("unreadable", changed)])
        return changed is not None
