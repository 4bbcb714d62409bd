"""A PostgreSQL of the tests' own: a cluster in a temporary folder, reached through a socket there, gone afterwards.

It uses the programs of Debian's package and nothing else of it: the cluster that the package starts may run or not. The
server refuses to run as root, so root runs it as the package's user.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

USER = "usagebot"
# Nothing has to survive a power failure.
HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300", "shared_buffers=32MB")
# It ends with whoever holds the other end of its standard input, however that one ends.
UNTIL_LET_GO = """
"$0" "$@" >"$PGDATA/log" 2>&1 &
server=$!
read -r _
kill -TERM $server  # even if it has only just begun
kill -INT $server  # without waiting for who is connected
wait $server
rm -rf "$PGDATA"
"""


class Cluster:
    """Makes databases; `folder` holds the socket. `templates` are databases that others are made after."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0
        self.templates: set[str] = set()

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{USER}@/{database}?host={self._folder}"

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """The URL of a new database with what is in `template`, which is nothing unless told otherwise."""
        self._made += 1
        name = f"test_{self._made}"
        self.execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        try:
            yield self.url(name)
        finally:
            self.execute("DROP DATABASE {} WITH (FORCE)", name)

    def execute(self, statement: Any, *names: str) -> None:
        with self.connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def connect(self) -> "psycopg.Connection[Any]":
        """As the superuser."""
        return psycopg.connect(host=str(self._folder), user=USER, dbname="postgres", autocommit=True)


def programs() -> Path | None:
    """Where PostgreSQL's programs are; None where it is not installed."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    # Debian keeps them off the PATH, by major version.
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else None


@contextmanager
def cluster(bin_folder: Path) -> Iterator[Cluster]:
    """A running cluster."""
    account: dict[str, Any] = {}
    if os.geteuid() == 0:
        account = {"user": "postgres", "group": "postgres", "extra_groups": []}
    folder = Path(tempfile.mkdtemp(prefix="usagebot-pg-"))
    if account:
        shutil.chown(folder, "postgres", "postgres")
    environment = {"PGDATA": str(folder), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    make = [bin_folder / "initdb", "--auth=trust", f"--username={USER}", "--encoding=UTF8", "--locale=C", "--no-sync"]
    try:
        subprocess.run(make, check=True, capture_output=True, env=environment, cwd=folder, **account)
    except subprocess.CalledProcessError as problem:
        shutil.rmtree(folder)
        raise RuntimeError(f"initdb failed: {problem.stderr.decode()}") from None
    settings = ("listen_addresses=", f"unix_socket_directories={folder}", *HASTE)
    arguments = [str(bin_folder / "postgres"), *(part for setting in settings for part in ("-c", setting))]
    server = subprocess.Popen(
        ["sh", "-c", UNTIL_LET_GO, *arguments], stdin=subprocess.PIPE, env=environment, cwd=folder, **account
    )
    try:
        running = Cluster(folder)
        _wait(running, server)
        yield running
    finally:
        server.communicate(timeout=30)


def _wait(cluster: Cluster, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        try:
            cluster.connect().close()
        except psycopg.OperationalError:
            try:
                server.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            break
        return
    raise RuntimeError("PostgreSQL did not start")
