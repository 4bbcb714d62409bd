"""How often Teams has refused the messages of a digest in a row, and since when.

Rows that a process of the release before writes have the defaults: not refused.
"""

from alembic.operations import Operations
from sqlalchemy import Column, Float, Integer

revision = "0004"
down_revision = "0003"


def upgrade(op: Operations) -> None:
    """Add the columns."""
    op.add_column("digests", Column("refusals", Integer, nullable=False, server_default="0"))
    op.add_column("digests", Column("refused_since", Float, nullable=True))
