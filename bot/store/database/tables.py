"""The tables as they are now.

`migrations` create them. Depends on SQLAlchemy's Core, not on an engine.

`records` holds every kind of record: an opaque value with a version (for compare-and-set) and an expiry time. The
package that writes a value defines its meaning and encrypts it.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData()


class AnyText(TypeDecorator[str]):
    """Text that people write.

    NUL and half a surrogate pair are replaced: PostgreSQL cannot store them.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: object) -> str | None:
        """Return the text as it is stored."""
        return None if value is None else str(value).replace("\0", "\ufffd").encode(errors="replace").decode()


RECORDS = Table(
    "records",
    metadata,
    Column("kind", String(40), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("expires", Float, nullable=True, index=True),
)

DIGESTS = Table(
    "digests",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("tenant_id", AnyText, nullable=False),
    Column("owner_id", AnyText, nullable=False),
    Column("owner_name", AnyText, nullable=False),
    Column("locale", AnyText, nullable=False),
    Column("time_zone", AnyText, nullable=False),
    Column("question", AnyText, nullable=False),
    Column("schedule", AnyText, nullable=False),
    Column("conversation_id", AnyText, nullable=False),
    Column("kind", AnyText, nullable=False),
    Column("team_id", AnyText, nullable=False),
    Column("reference", AnyText, nullable=False),
    Column("state", AnyText, nullable=False),
    Column("reason", AnyText, nullable=False),
    Column("next_due", Float, nullable=True),
    Column("requested", Float, nullable=True),
    Column("misses", Integer, nullable=False),
    Column("created", Float, nullable=False),
    Column("previous", LargeBinary, nullable=True),
    Column("previous_at", Float, nullable=True),
    Column("last", AnyText, nullable=False),
    Column("last_at", Float, nullable=True),
    Column("version", Integer, nullable=False),
    Column("command", AnyText, nullable=False, server_default=""),
    Column("refusals", Integer, nullable=False, server_default="0"),
    Column("refused_since", Float, nullable=True),
    Column("paused_until", Float, nullable=True),
    Column("signature", LargeBinary, nullable=True),
    Column("only_if", AnyText, nullable=False, server_default=""),
    Index("ix_digests_due", "state", "next_due"),
    Index("ix_digests_requested", "requested"),
    Index("ix_digests_owner", "tenant_id", "owner_id"),
    Index("ix_digests_conversation", "tenant_id", "conversation_id"),
    sqlite_autoincrement=True,  # a number is never used again: the names of workflows contain it
)

OCCURRENCES = Table(
    "occurrences",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("due", BigInteger, primary_key=True, autoincrement=False),
    Column("state", AnyText, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("skipped_earlier", Boolean, nullable=False),
    Column("manual", Boolean, nullable=False),
    Column("report", LargeBinary, nullable=True),
    Column("payload", LargeBinary, nullable=True),
    Column("activity_id", AnyText, nullable=False),
    Column("problem", AnyText, nullable=False),
    Column("started", Float, nullable=False),
    Column("finished", Float, nullable=True),
    Column("executor", AnyText, nullable=False),
    Index("ix_occurrences_state", "state"),
    Index("ix_occurrences_due", "due"),
)

STOPPED_DIGESTS = Table(
    "stopped_digests",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("tenant_id", AnyText, nullable=False),
    Column("owner_id", AnyText, nullable=False),
    Column("stopped_by", AnyText, nullable=False),
    Column("stopped_at", Float, nullable=False),
    Column("row", LargeBinary, nullable=False),
    Index("ix_stopped_digests_owner", "tenant_id", "owner_id"),
    Index("ix_stopped_digests_stopped_at", "stopped_at"),
)

REPLICAS = Table(
    "replicas",
    metadata,
    Column("executor", AnyText, primary_key=True),
    Column("beat", Float, nullable=False),
    Column("adopted_by", AnyText, nullable=False),
)

MISSED_SENTENCES = Table(
    "missed_sentences",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("tenant_id", AnyText, nullable=False),
    Column("person_id", AnyText, nullable=False),
    Column("at", Float, nullable=False),
    Column("kind", AnyText, nullable=False),
    Column("language", AnyText, nullable=False),
    Column("text", LargeBinary, nullable=False),
    Index("ix_missed_sentences_at", "at"),
    Index("ix_missed_sentences_person", "tenant_id", "person_id"),
)

OPEN_TURNS = Table(
    "open_turns",
    metadata,
    Column("key", AnyText, primary_key=True),
    Column("tenant_id", AnyText, nullable=False),
    Column("person_id", AnyText, nullable=False),
    Column("opened", Float, nullable=False),
    Column("lease", Float, nullable=False),
    Column("card", AnyText, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("cancelled", Boolean, nullable=False, server_default=false()),
    Index("ix_open_turns_lease", "lease"),
    Index("ix_open_turns_person", "tenant_id", "person_id"),
)

SEEN_FIGURES = Table(
    "seen_figures",
    metadata,
    Column("tenant_id", AnyText, primary_key=True),
    Column("person_id", AnyText, primary_key=True),
    Column("scope", AnyText, primary_key=True),
    Column("day", AnyText, primary_key=True),
    Column("seen", Float, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Index("ix_seen_figures_seen", "seen"),
)

EXCLUSIONS = Table(
    "exclusions",
    metadata,
    Column("scope", AnyText, primary_key=True),
    Column("subject", AnyText, primary_key=True),
    Column("tenant_id", AnyText, nullable=False),
    Column("person_id", AnyText, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Index("ix_exclusions_person", "tenant_id", "person_id"),
)
