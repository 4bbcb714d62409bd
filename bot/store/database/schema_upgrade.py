"""The upgrade of a database to the tables of this release.

Depends on Alembic; imported only when a database is opened. Several replicas may start at once: the first one to take
the lock runs the steps, the others find them done. All steps are one transaction, on SQLite too.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from alembic.util import CommandError
from sqlalchemy import Connection, inspect, text

from bot.errors import SettingsError
from bot.store.database import migrations
from bot.store.database.tables import RECORDS

# Not Alembic's default name: the database may be shared with a program that uses that one.
VERSION_TABLE = "usagebot_version"
# The step after which digests have signatures. Those that exist then are signed, this once.
SIGNED = "0007"
_LOCK = 0x75736167  # any number, the same in every replica


class SchemaVersion(StrEnum):
    """Which of our tables a database has."""

    NONE = "none"
    OLDER = "older"  # a bot of this release upgrades them when it starts
    CURRENT = "current"


def found_in(connection: Connection) -> SchemaVersion:
    """Return which of our tables exist; nothing is changed.

    Raises SettingsError when a newer release has upgraded the database.
    """
    scripts = _scripts()
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    heads = context.get_current_heads()
    if heads == (scripts.get_current_head(),):
        return SchemaVersion.CURRENT
    if not heads:
        return SchemaVersion.OLDER if _has_records(connection) else SchemaVersion.NONE
    if {step.revision for step in scripts.walk_revisions()}.issuperset(heads):
        return SchemaVersion.OLDER
    raise _newer(context, scripts)


def migrate(connection: Connection, sign_all: Callable[[Connection], None]) -> None:
    """Run the missing steps, in a transaction that writes.

    `sign_all` signs the digests, if they have no signatures yet: in this run, and never again. A digest without a
    signature is then one that something else than the bot has written.
    Raises SettingsError when a newer release has upgraded the database: its tables may mean something else.
    """
    if connection.dialect.name == "postgresql":
        # Held until the transaction ends. https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    scripts = _scripts()
    made: set[str] = set()

    def missing(heads: Any, _context: object) -> Iterable[MigrationStep]:
        steps = list(scripts.iterate_revisions("heads", heads))
        made.update(step.revision for step in steps)
        return [MigrationStep.upgrade_from_script(scripts.revision_map, step) for step in reversed(steps)]

    context = MigrationContext.configure(connection, opts={"fn": missing, "version_table": VERSION_TABLE})
    try:
        context.run_migrations(op=Operations(context))
    except (CommandError, RevisionError):
        raise _newer(context, scripts) from None
    if SIGNED in made:
        sign_all(connection)


def _has_records(connection: Connection) -> bool:
    """Return True if the database has the table of the release before step 0001, which stored no step.

    The columns are compared because a table of another program may have the same name.
    """
    if not inspect(connection).has_table(RECORDS.name):
        return False
    return {each["name"] for each in inspect(connection).get_columns(RECORDS.name)} == set(RECORDS.columns.keys())


def _scripts() -> ScriptDirectory:
    folder = Path(str(migrations.__file__)).parent
    return ScriptDirectory(folder, version_locations=[folder])


def _newer(context: MigrationContext, scripts: ScriptDirectory) -> SettingsError:
    found, newest = ", ".join(context.get_current_heads()), scripts.get_current_head()
    return SettingsError(
        "USAGEBOT_DATABASE",
        f"holds the tables of a newer release of usagebot (step {found}, this one knows {newest}): "
        "run that release, or name another database",
    )
