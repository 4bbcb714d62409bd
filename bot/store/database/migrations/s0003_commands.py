"""The command document of a digest.

Rows that a process of the release before writes have none yet: "".
"""

from alembic.operations import Operations
from sqlalchemy import Column, Text

revision = "0003"
down_revision = "0002"


def upgrade(op: Operations) -> None:
    """Add the column.

    `bot.digests.manage.question_upgrade` fills it, because the store parses no sentences.
    """
    op.add_column("digests", Column("command", Text, nullable=False, server_default=""))
