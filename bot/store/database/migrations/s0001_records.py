"""The table of records.

Releases before this step created the same table without any steps, hence "if not exists".
"""

from alembic.operations import Operations
from sqlalchemy import Column, Float, Integer, LargeBinary, String

revision = "0001"
down_revision = None


def upgrade(op: Operations) -> None:
    """Create the table if it is missing."""
    op.create_table(
        "records",
        Column("kind", String(40), primary_key=True),
        Column("key", String(200), primary_key=True),
        Column("version", Integer, nullable=False),
        Column("value", LargeBinary, nullable=False),
        Column("expires", Float, nullable=True),
        if_not_exists=True,
    )
    op.create_index("ix_records_expires", "records", ["expires"], if_not_exists=True)
