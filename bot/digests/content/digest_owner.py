"""Whose digest it is. Pure."""

from bot.domain.conversation import Caller, ConversationKind
from bot.store.digests.digest_record import Digest


def owner_of(digest: Digest) -> Caller:
    """Return the owner as the caller whose permissions a digest uses.

    What is left out is that of the conversation to which it is posted.
    """
    place = "" if digest.kind is ConversationKind.PERSONAL else digest.conversation_id
    return Caller(
        digest.tenant_id, digest.owner_id, digest.owner_name, digest.locale, digest.time_zone, place=place, posts=True
    )
