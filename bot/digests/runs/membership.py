"""Whether the owner of a digest is still in its conversation, right before a post.

A digest shows what its owner may see. Who left a conversation cannot see any more what is shown there, so nothing is
posted, and the digests of this owner in it are suspended. If Teams does not say whether the owner is there, nothing is
posted either: the run is repeated, and nothing is suspended or deleted for that.
"""

import structlog

from bot.digests.content.digest_line import DigestLines
from bot.digests.content.digest_owner import owner_of
from bot.digests.runs import step_result as words
from bot.digests.runs.delivery_failure import FailureEffect, FailureVerdict, verdict
from bot.digests.runs.refused_post import RefusedPost
from bot.digests.runs.run_id import RunId
from bot.digests.runs.step_context import StepContext
from bot.domain.conversation import ConversationKind
from bot.domain.key_hash import key_hash
from bot.errors import DeliveryError
from bot.store.digests.digest_record import LEFT, REFUSED, Digest, DigestState
from bot.store.digests.occurrence import OccurrenceState
from cards.views.digest_views import DigestNoticeView

log = structlog.get_logger(__name__)

OUTSIDERS = "outsiders"  # the notice, and the kind of the records that an owner got it
OUTSIDERS_SECONDS = 90 * 86_400.0  # until the notice comes once more


class Membership:
    """Asks before a post whether the owner is there, and reports who else is."""

    def __init__(self, parts: StepContext, refusals: RefusedPost) -> None:
        self._parts = parts
        self._refusals = refusals

    async def ended(self, run: RunId, digest: Digest, *, manual: bool) -> str:
        """Return the result that ends the run, or "" if the message may be posted.

        For a run by hand, and after the owner left, Teams is asked anew. Raises StoreError.
        """
        try:
            is_there = await self._parts.roster.is_member(digest, fresh=manual or digest.reason == LEFT)
        except DeliveryError as error:
            found = verdict(error)
            log.warning("digest_membership_unknown", digest=run.number, due=run.due, problem=found.problem)
            return await self._unknown(run, found)
        if not is_there:
            return await self._left(run, digest, manual=manual)
        await self._warn(digest)
        return ""

    async def _unknown(self, run: RunId, found: FailureVerdict) -> str:
        """Try again later. The conversation may not know the bot any more: then it refuses the message, too."""
        match found.fate:
            case FailureEffect.REFUSED:
                return await self._refusals.count(run, found)
            case FailureEffect.FAILED:
                return await self._parts.fail(run, found.problem)
            case _:
                composed = OccurrenceState.COMPOSED
                await self._parts.standings.advance(run, {composed}, composed, problem=found.problem, executor="")
                return await self._parts.again(run, found.problem, found.retry_after)

    async def _left(self, run: RunId, digest: Digest, *, manual: bool) -> str:
        owner = digest.owner_id
        suspended = await self._parts.store.digests.leave(
            digest.tenant_id, digest.conversation_id, lambda each: each.owner_id == owner
        )
        numbers = [each.number for each in suspended]
        if digest.state is DigestState.DONE and not manual:  # its single time, which the owner may still want
            await self._parts.store.digests.change(
                run.number, None, state=DigestState.SUSPENDED, reason=LEFT, last=REFUSED, last_at=self._parts.clock()
            )
            numbers.append(run.number)
        if numbers:
            log.info("digests_suspended", count=len(numbers))
        await self._parts.cancel(run, LEFT)
        if manual and run.number not in numbers:  # a user requested this run, and waits for it
            numbers.insert(0, run.number)
        return words.tell([(LEFT, number) for number in numbers])

    async def _warn(self, digest: Digest) -> None:
        """Notify the owner that people of other organizations are there.

        Once in 90 days for each conversation.
        """
        if digest.kind is ConversationKind.PERSONAL:
            return
        records = self._parts.store.records
        key = key_hash("|".join((*owner_of(digest).key, digest.conversation_id)))
        added = None
        try:
            if await self._parts.roster.has_outsiders(digest):
                expires = self._parts.clock() + OUTSIDERS_SECONDS
                added = await records.add(OUTSIDERS, key, b"", expires=expires)
            if added is not None:
                line = DigestLines(owner_of(digest)).line(digest)
                await self._parts.messenger.tell(digest, DigestNoticeView(OUTSIDERS, line))
        except DeliveryError as error:
            log.warning("outsiders_notice_not_delivered", digest=digest.number, problem=str(error))
            if added is not None:  # the next message tries again
                await records.delete(OUTSIDERS, key)
