"""Figures that people have seen, encrypted, for trends."""

from alembic.operations import Operations
from sqlalchemy import Column, Float, LargeBinary, Text

revision = "0012"
down_revision = "0011"


def upgrade(op: Operations) -> None:
    """Create the table."""
    op.create_table(
        "seen_figures",
        Column("tenant_id", Text, primary_key=True),
        Column("person_id", Text, primary_key=True),
        Column("scope", Text, primary_key=True),
        Column("day", Text, primary_key=True),
        Column("seen", Float, nullable=False),
        Column("value", LargeBinary, nullable=False),
    )
    op.create_index("ix_seen_figures_seen", "seen_figures", ["seen"])
