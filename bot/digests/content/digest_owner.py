"""Whose digest it is. Pure."""

from bot.domain.conversation import Caller
from bot.store.digests.digest_record import Digest


def owner_of(digest: Digest) -> Caller:
    """Return the owner as the caller whose permissions a digest uses."""
    return Caller(digest.tenant_id, digest.owner_id, digest.owner_name, digest.locale, digest.time_zone)
