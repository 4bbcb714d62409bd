"""A PostgreSQL cluster for the tests only.

It is in a temporary folder, is reached through a socket there, and is deleted afterwards. It uses the programs of
Debian's package and nothing else of it: the cluster that the package starts may run or not. The server refuses to run
as root, so root runs it as the user of the package.
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
# No data has to survive a power failure.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300", "shared_buffers=32MB")
# The shell stops the server when its standard input is closed, however the process at the other end ends.
UNTIL_STDIN_CLOSES = """
"$0" "$@" >"$PGDATA/log" 2>&1 &
server=$!
read -r _
kill -TERM $server  # even if it has only just begun
kill -INT $server  # without waiting for who is connected
wait $server
rm -rf "$PGDATA"
"""


class Cluster:
    """Creates databases.

    `folder` holds the socket. `templates` are the databases of which others are copies.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0
        self.templates: set[str] = set()

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{USER}@/{database}?host={self._folder}"

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """Yield the URL of a new database, a copy of `template`; by default it is empty."""
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
        """Connect as the superuser."""
        return psycopg.connect(host=str(self._folder), user=USER, dbname="postgres", autocommit=True)


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs; None if it is not installed."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    # Debian keeps them outside of PATH, by major version.
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else None


@contextmanager
def cluster(bin_folder: Path) -> Iterator[Cluster]:
    """Run a cluster."""
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
    settings = ("listen_addresses=", f"unix_socket_directories={folder}", *FAST)
    arguments = [str(bin_folder / "postgres"), *(part for setting in settings for part in ("-c", setting))]
    server = subprocess.Popen(
        ["sh", "-c", UNTIL_STDIN_CLOSES, *arguments], stdin=subprocess.PIPE, env=environment, cwd=folder, **account
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
