"""Everything in one database, as one thing to open."""

from dataclasses import dataclass, field

from bot.store.digests import DigestStore
from bot.store.ledger import Ledger
from bot.store.records import Records
from bot.store.replicas import Replicas


@dataclass(frozen=True, slots=True)
class Store:
    """What must survive a restart and be shared by replicas.

    `url` is the database's with an asynchronous driver, `sync_url` the same for libraries that know only the others
    (`sqlite:///…`, `postgresql+psycopg://…`). Both may hold a password.
    """

    records: Records
    digests: DigestStore
    ledger: Ledger
    replicas: Replicas
    url: str = field(repr=False)
    sync_url: str = field(repr=False)
