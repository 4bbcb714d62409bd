"""Brings a database to the tables of this release. Knows Alembic; imported only when a database is opened.

Several replicas may start at once: the first to take the lock does the work, the others find it done. All steps are one
transaction, on SQLite too.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from alembic.util import CommandError
from sqlalchemy import Connection, text

from bot.errors import SettingsError
from bot.store import migrations

# Not Alembic's usual name: the database may be shared with a program that uses that one.
VERSION_TABLE = "usagebot_version"
_LOCK = 0x75736167  # any number, the same in every replica


def migrate(connection: Connection) -> None:
    """Run the missing steps, in a transaction that writes.

    Raises SettingsError where a newer release has been at work: its tables may mean something else.
    """
    if connection.dialect.name == "postgresql":
        # Held until the transaction ends. https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    folder = Path(str(migrations.__file__)).parent
    scripts = ScriptDirectory(folder, version_locations=[folder])

    def missing(heads: Any, _context: object) -> Iterable[MigrationStep]:
        steps = list(scripts.iterate_revisions("heads", heads))
        return [MigrationStep.upgrade_from_script(scripts.revision_map, step) for step in reversed(steps)]

    context = MigrationContext.configure(connection, opts={"fn": missing, "version_table": VERSION_TABLE})
    try:
        context.run_migrations(op=Operations(context))
    except (CommandError, RevisionError):
        found = ", ".join(context.get_current_heads())
        newest = scripts.get_current_head()
        raise SettingsError(
            "USAGEBOT_DATABASE",
            f"holds the tables of a newer release of usagebot (step {found}, this one knows {newest}): "
            "run that release, or name another database",
        ) from None
