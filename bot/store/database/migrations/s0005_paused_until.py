"""Until when a digest is paused.

Rows that a process of the release before writes have the default: not paused until a day.
"""

from alembic.operations import Operations
from sqlalchemy import Column, Float

revision = "0005"
down_revision = "0004"


def upgrade(op: Operations) -> None:
    """Add the column."""
    op.add_column("digests", Column("paused_until", Float, nullable=True))
