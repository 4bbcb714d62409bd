"""Notify the owner of a digest that an owner of the team has changed it."""

from typing import Protocol

import structlog

from bot.commands.command import ChangeDigest, DigestAction, HandleDigest
from bot.digests.content.digest_line import DigestLines
from bot.digests.runs.owner_answer import owner_of
from bot.errors import DeliveryError
from bot.store.digests.digest_record import Digest
from cards.views.answer_views import View
from cards.views.digest_views import DigestNoticeView

log = structlog.get_logger(__name__)

STOPPED, CHANGED = "stopped_by_team", "changed_by_team"


class Notifier(Protocol):
    """Notifies owners in private. `Messenger` implements it."""

    async def tell(self, digest: Digest, view: View) -> None:
        """Show `view` to the owner in their 1:1 chat.

        Raises DeliveryError.
        """
        ...


class OwnerNotices:
    """Sends the notices; None sends none."""

    def __init__(self, notifier: Notifier | None) -> None:
        self._notifier = notifier

    async def changed(self, digest: Digest, command: HandleDigest | ChangeDigest) -> None:
        """Notify the owner. If that fails, it is logged: the digest is changed already."""
        if self._notifier is None:
            return
        stopped = isinstance(command, HandleDigest) and command.act is DigestAction.STOP
        notice = STOPPED if stopped else CHANGED
        try:
            await self._notifier.tell(digest, DigestNoticeView(notice, DigestLines(owner_of(digest)).line(digest)))
        except DeliveryError as error:
            log.warning("digest_owner_not_notified", digest=digest.number, notice=notice, problem=str(error))
