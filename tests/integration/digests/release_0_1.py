"""A database as release 0.1 left it: tables and rows, literally as it wrote them."""

import asyncio
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, create_engine, text

from bot.digests.runs.run_id import RunId
from bot.digests.scheduler import dbos_queue, dbos_runtime
from bot.digests.scheduler.dbos_runtime import DbosRuntime, WorkerSettings
from bot.identity.tokens.encryption import Encryptor
from bot.simulator.connector import ADA, SimulatedConnector
from bot.simulator.connector.teams_people import SimulatedConversation
from tests.integration.digests.stage import KEY, reference

VERSION = "digests-1"
KINDS = {
    "sqlite": {"SERIAL": "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT", "BYTES": "BLOB", "NUMBER": "FLOAT"},
    "postgresql": {"SERIAL": "SERIAL PRIMARY KEY", "BYTES": "BYTEA", "NUMBER": "DOUBLE PRECISION"},
}
TABLES = """
CREATE TABLE usagebot_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT usagebot_version_pkc PRIMARY KEY
(version_num))

INSERT INTO usagebot_version VALUES ('0002')

CREATE TABLE records (kind VARCHAR(40) NOT NULL, "key" VARCHAR(200) NOT NULL, version INTEGER NOT NULL, value
BYTES NOT NULL, expires NUMBER, PRIMARY KEY (kind, "key"))

CREATE INDEX ix_records_expires ON records (expires)

CREATE TABLE digests (number SERIAL, tenant_id TEXT NOT NULL, owner_id TEXT NOT NULL, owner_name TEXT NOT
NULL, locale TEXT NOT NULL, time_zone TEXT NOT NULL, question TEXT NOT NULL, schedule TEXT NOT NULL,
conversation_id TEXT NOT NULL, kind TEXT NOT NULL, team_id TEXT NOT NULL, reference TEXT NOT NULL, state TEXT
NOT NULL, reason TEXT NOT NULL, next_due NUMBER, requested NUMBER, misses INTEGER NOT NULL, created NUMBER NOT
NULL, previous BYTES, previous_at NUMBER, last TEXT NOT NULL, last_at NUMBER, version INTEGER NOT NULL)

CREATE INDEX ix_digests_due ON digests (state, next_due)

CREATE INDEX ix_digests_requested ON digests (requested)

CREATE INDEX ix_digests_owner ON digests (tenant_id, owner_id)

CREATE INDEX ix_digests_conversation ON digests (tenant_id, conversation_id)

CREATE TABLE occurrences (number INTEGER NOT NULL, due BIGINT NOT NULL, state TEXT NOT NULL, attempt INTEGER
NOT NULL, skipped_earlier BOOLEAN NOT NULL, manual BOOLEAN NOT NULL, report BYTES, payload BYTES, activity_id
TEXT NOT NULL, problem TEXT NOT NULL, started NUMBER NOT NULL, finished NUMBER, executor TEXT NOT NULL,
PRIMARY KEY (number, due))

CREATE INDEX ix_occurrences_state ON occurrences (state)

CREATE INDEX ix_occurrences_due ON occurrences (due)

CREATE TABLE replicas (executor TEXT NOT NULL, beat NUMBER NOT NULL, adopted_by TEXT NOT NULL, PRIMARY KEY
(executor))
"""
QUESTION = "usage on Exchange by customer"
SINCE = "Contoso From Before"  # a customer that only the figures of release 0.1 contain


def _sync(url: str) -> str:
    return url.replace("sqlite+aiosqlite", "sqlite")


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """Open a transaction that uses no code of this release."""
    engine = create_engine(_sync(url))
    with engine.begin() as connection:
        yield connection
    engine.dispose()


async def make_database(url: str) -> None:
    """Create the tables of release 0.1, and those of its queue."""
    kind = "sqlite" if url.startswith("sqlite") else "postgresql"
    if kind == "sqlite":
        Path(_sync(url).removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    with connected(url) as connection:
        for statement in TABLES.strip().split("\n\n"):
            for name, spelled in KINDS[kind].items():
                statement = statement.replace(name, spelled)  # noqa: PLW2901
            connection.exec_driver_sql(statement)

    async def nothing(_: Any) -> str:
        return "over"

    old = DbosRuntime(_sync(url), "old", nothing, WorkerSettings())
    await old.start()
    await old.stop(5)


def digest_row(
    place: SimulatedConversation, connector: SimulatedConnector, now: float, **differing: Any
) -> dict[str, Any]:
    """Return a daily digest of Ada's, as release 0.1 stored it."""
    return {
        "tenant_id": ADA.tenant_id.lower(),
        "owner_id": ADA.object_id.lower(),
        "owner_name": ADA.name,
        "locale": "en-US",
        "time_zone": "UTC",
        "question": QUESTION,
        "schedule": '{"days":[0,1,2,3,4,5,6],"at":"08:30:00","zone":"UTC"}',
        "conversation_id": place.id,
        "kind": "groupChat",
        "team_id": "",
        "reference": reference(connector, place),
        "state": "active",
        "reason": "",
        "next_due": now + 86_400,
        "requested": None,
        "misses": 0,
        "created": now - 864_000,
        "previous": None,
        "previous_at": None,
        "last": "",
        "last_at": None,
        "version": 3,
    } | differing


def add_digest(connection: Connection, row: dict[str, Any]) -> int:
    """Insert a digest and return its number."""
    names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    adding = text(f"INSERT INTO digests ({names}) VALUES ({values}) RETURNING number")
    return int(connection.execute(adding, row).scalar_one())


def add_occurrence(connection: Connection, number: int, due: int, state: str, **differing: Any) -> None:
    row = {
        "number": number,
        "due": due,
        "state": state,
        "attempt": 1,
        "skipped_earlier": False,
        "manual": False,
        "report": None,
        "payload": None,
        "activity_id": "",
        "problem": "",
        "started": float(due),
        "finished": None,
        "executor": "",
    } | differing
    names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO occurrences ({names}) VALUES ({values})"), row)


def packed_answer() -> bytes:
    """Return the figures of one customer as release 0.1 stored them between two steps.

    This is version 1, with a sentence.
    """
    kept = {
        "question": QUESTION,
        "filter": "workloadCode eq 'EXO'",
        "processed": None,
        "by": ["customer"],
        "scope": [{"dimension": "workload", "id": "EXO", "name": "Exchange"}],
        "rows": [
            [{"customer": {"dimension": "customer", "id": "T-1", "name": SINCE}}, {"active": 5, "qualified": 10}],
        ],
        "matched": 1,
        "total": {"active": 5, "qualified": 10},
        "as_of": [{"service": "o365", "day": "2018-10-14"}],
        "remarks": [],
        "matched_before_limit": 1,
    }
    return zlib.compress(json.dumps(kept).encode(), level=1)


def drawn_card(number: int) -> bytes:
    """Return a message as release 0.1 drew it, with a button of version 1."""
    button = {"v": 1, "do": "ask", "text": f"show digest {number}", "replace": False}
    card = {
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": [
            {"type": "TextBlock", "text": "drawn by release 0.1", "wrap": True},
            {
                "type": "ActionSet",
                "actions": [{"type": "Action.Execute", "title": "Open", "verb": "ask", "data": button}],
            },
        ],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return json.dumps({"type": "message", "attachments": [attachment], "summary": "drawn by release 0.1"}).encode()


def sealed(plain: bytes, number: int, due: int) -> bytes:
    return Encryptor([KEY]).encrypt(plain, RunId(number, due).about)


async def enqueue(url: str, place: SimulatedConversation, number: int, due: int, change: dict[str, str]) -> None:
    """Put a run of release 0.1 into the queue, and apply `change` to the queue's row."""
    where = SimpleNamespace(tenant_id=ADA.tenant_id.lower(), conversation_id=place.id)
    queue = dbos_queue.RunQueue(_sync(url))
    table = "workflow_status" if url.startswith("sqlite") else "dbos.workflow_status"
    change = {"application_version": VERSION} | change
    values = ", ".join(f"{name} = :{name}" for name in change)

    def put() -> None:
        with connected(url) as connection:
            queue.put(connection, RunId(number, due), where)  # type: ignore[arg-type]
            statement = text(f"UPDATE {table} SET {values} WHERE workflow_uuid = :run")
            connection.execute(statement, change | {"run": str(RunId(number, due))})

    await asyncio.to_thread(put)
    await queue.close()


assert dbos_runtime.VERSION == dbos_queue.VERSION != VERSION
