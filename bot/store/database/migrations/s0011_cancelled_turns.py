"""Whether the person of an open turn wants its answer no longer.

Rows that a process of the release before writes have the default: their persons still want it.
"""

from alembic.operations import Operations
from sqlalchemy import Boolean, Column, false

revision = "0011"
down_revision = "0010"


def upgrade(op: Operations) -> None:
    """Add the column."""
    op.add_column("open_turns", Column("cancelled", Boolean, nullable=False, server_default=false()))
