"""The signature of a digest: who is asked for what, and where it is posted.

Rows that a process of the release before writes after this step have none, and rest.
"""

from alembic.operations import Operations
from sqlalchemy import Column, LargeBinary

revision = "0007"
down_revision = "0006"


def upgrade(op: Operations) -> None:
    """Add the column.

    `..schema_upgrade` has the rows signed that exist now, in the same transaction.
    """
    op.add_column("digests", Column("signature", LargeBinary, nullable=True))
