"""What must hold, or a digest is not posted.

Rows that a process of the release before writes have the default: they are always posted.
"""

from alembic.operations import Operations
from sqlalchemy import Column, Text

revision = "0009"
down_revision = "0008"


def upgrade(op: Operations) -> None:
    """Add the column."""
    op.add_column("digests", Column("only_if", Text, nullable=False, server_default=""))
