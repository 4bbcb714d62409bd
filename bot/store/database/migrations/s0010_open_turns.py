"""Questions whose answer was promised, encrypted.

A process that dies leaves them to another one.
"""

from alembic.operations import Operations
from sqlalchemy import Column, Float, LargeBinary, Text

revision = "0010"
down_revision = "0009"


def upgrade(op: Operations) -> None:
    """Create the table."""
    op.create_table(
        "open_turns",
        Column("key", Text, primary_key=True),
        Column("tenant_id", Text, nullable=False),
        Column("person_id", Text, nullable=False),
        Column("opened", Float, nullable=False),
        Column("lease", Float, nullable=False),
        Column("card", Text, nullable=False),
        Column("value", LargeBinary, nullable=False),
    )
    op.create_index("ix_open_turns_lease", "open_turns", ["lease"])
    op.create_index("ix_open_turns_person", "open_turns", ["tenant_id", "person_id"])
