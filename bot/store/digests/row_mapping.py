"""Convert rows of the tables to records."""

from collections.abc import Mapping
from typing import Any

from bot.domain.conversation import ConversationKind
from bot.errors import StoreError
from bot.store.digests import schedule_column as schedules
from bot.store.digests.digest_record import Digest, DigestState
from bot.store.digests.occurrence import Occurrence, OccurrenceState

# Release 0.1 suspended the digests of a conversation for this reason, and then deleted them.
_REMOVED, _GONE = "removed", "gone"


def digest_of(row: Mapping[Any, Any]) -> Digest:
    """Return the digest of a row.

    Whether its signature matches is checked by `signed_rows`. Raises StoreError if the row holds values that the bot
    does not write.
    """
    fields = {str(name): value for name, value in row.items() if name != "signature"}
    try:
        fields["schedule"] = schedules.read(fields["schedule"])
        fields["kind"] = ConversationKind(fields["kind"])
        fields["state"] = DigestState(fields["state"])
    except ValueError:
        raise StoreError(f"digest {row['number']} cannot be read") from None
    if fields["reason"] == _REMOVED:
        fields["reason"] = _GONE
    return Digest(**fields)


def occurrence_of(row: Mapping[Any, Any]) -> Occurrence:
    """Return the occurrence of a row.

    Raises StoreError if the row holds values that the bot does not write.
    """
    fields = {str(name): value for name, value in row.items()}
    try:
        fields["state"] = OccurrenceState(fields["state"])
    except ValueError:
        raise StoreError(f"occurrence {row['due']} of digest {row['number']} cannot be read") from None
    return Occurrence(**fields)
