"""Digests that were stopped a moment ago, so that it can be undone."""

from alembic.operations import Operations
from sqlalchemy import Column, Float, Integer, LargeBinary, Text

revision = "0008"
down_revision = "0007"


def upgrade(op: Operations) -> None:
    """Create the table."""
    op.create_table(
        "stopped_digests",
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("tenant_id", Text, nullable=False),
        Column("owner_id", Text, nullable=False),
        Column("stopped_by", Text, nullable=False),
        Column("stopped_at", Float, nullable=False),
        Column("row", LargeBinary, nullable=False),
    )
    op.create_index("ix_stopped_digests_owner", "stopped_digests", ["tenant_id", "owner_id"])
    op.create_index("ix_stopped_digests_stopped_at", "stopped_digests", ["stopped_at"])
