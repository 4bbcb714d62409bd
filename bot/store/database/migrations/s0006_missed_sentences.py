"""Sentences that were not understood, without names and encrypted."""

from alembic.operations import Operations
from sqlalchemy import Column, Float, Integer, LargeBinary, Text

revision = "0006"
down_revision = "0005"


def upgrade(op: Operations) -> None:
    """Create the table."""
    op.create_table(
        "missed_sentences",
        Column("number", Integer, primary_key=True),
        Column("tenant_id", Text, nullable=False),
        Column("person_id", Text, nullable=False),
        Column("at", Float, nullable=False),
        Column("kind", Text, nullable=False),
        Column("language", Text, nullable=False),
        Column("text", LargeBinary, nullable=False),
    )
    op.create_index("ix_missed_sentences_at", "missed_sentences", ["at"])
    op.create_index("ix_missed_sentences_person", "missed_sentences", ["tenant_id", "person_id"])
