"""What people leave out of answers, for themselves or for a conversation."""

from alembic.operations import Operations
from sqlalchemy import Column, LargeBinary, Text

revision = "0013"
down_revision = "0012"


def upgrade(op: Operations) -> None:
    """Create the table."""
    op.create_table(
        "exclusions",
        Column("scope", Text, primary_key=True),
        Column("subject", Text, primary_key=True),
        Column("tenant_id", Text, nullable=False),
        Column("person_id", Text, nullable=False),
        Column("value", LargeBinary, nullable=False),
    )
    op.create_index("ix_exclusions_person", "exclusions", ["tenant_id", "person_id"])
