"""What must survive a restart and be shared by replicas."""

from bot.store.digest import Claim, Digest, DigestState, Draft
from bot.store.digests import DigestStore
from bot.store.ledger import Ledger
from bot.store.occurrence import FINAL, Occurrence, OccurrenceState
from bot.store.records import Record, Records
from bot.store.replicas import Replicas
from bot.store.store import Store, open_records, open_store, tables_at

__all__ = [
    "FINAL",
    "Claim",
    "Digest",
    "DigestState",
    "DigestStore",
    "Draft",
    "Ledger",
    "Occurrence",
    "OccurrenceState",
    "Record",
    "Records",
    "Replicas",
    "Store",
    "open_records",
    "open_store",
    "tables_at",
]
