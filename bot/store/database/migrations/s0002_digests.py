"""The tables of digests, their occurrences, and the replicas that process them."""

from alembic.operations import Operations
from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, LargeBinary, Text

revision = "0002"
down_revision = "0001"


def upgrade(op: Operations) -> None:
    """Create the tables."""
    _digests(op)
    _occurrences(op)
    op.create_table(
        "replicas",
        Column("executor", Text, primary_key=True),
        Column("beat", Float, nullable=False),
        Column("adopted_by", Text, nullable=False),
    )


def _digests(op: Operations) -> None:
    texts = ("tenant_id", "owner_id", "owner_name", "locale", "time_zone", "question", "schedule")
    place = ("conversation_id", "kind", "team_id", "reference", "state", "reason")
    op.create_table(
        "digests",
        Column("number", Integer, primary_key=True),
        *(Column(name, Text, nullable=False) for name in texts + place),
        Column("next_due", Float, nullable=True),
        Column("requested", Float, nullable=True),
        Column("misses", Integer, nullable=False),
        Column("created", Float, nullable=False),
        Column("previous", LargeBinary, nullable=True),
        Column("previous_at", Float, nullable=True),
        Column("last", Text, nullable=False),
        Column("last_at", Float, nullable=True),
        Column("version", Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_digests_due", "digests", ["state", "next_due"])
    op.create_index("ix_digests_requested", "digests", ["requested"])
    op.create_index("ix_digests_owner", "digests", ["tenant_id", "owner_id"])
    op.create_index("ix_digests_conversation", "digests", ["tenant_id", "conversation_id"])


def _occurrences(op: Operations) -> None:
    op.create_table(
        "occurrences",
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("due", BigInteger, primary_key=True, autoincrement=False),
        Column("state", Text, nullable=False),
        Column("attempt", Integer, nullable=False),
        Column("skipped_earlier", Boolean, nullable=False),
        Column("manual", Boolean, nullable=False),
        Column("report", LargeBinary, nullable=True),
        Column("payload", LargeBinary, nullable=True),
        Column("activity_id", Text, nullable=False),
        Column("problem", Text, nullable=False),
        Column("started", Float, nullable=False),
        Column("finished", Float, nullable=True),
        Column("executor", Text, nullable=False),
    )
    op.create_index("ix_occurrences_state", "occurrences", ["state"])
    op.create_index("ix_occurrences_due", "occurrences", ["due"])
