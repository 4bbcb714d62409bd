"""The store: what must survive a restart and be shared by replicas."""

from bot.store.digests.delivery_ledger import DeliveryLedger
from bot.store.digests.digest_record import ClaimedRun, Digest, DigestState, NewDigestRecord
from bot.store.digests.digest_repository import DigestRepository
from bot.store.digests.digest_signing import DigestSigning
from bot.store.digests.occurrence import FINAL, Occurrence, OccurrenceState
from bot.store.digests.signed_rows import Signatures
from bot.store.exclusions import ExclusionRecord, Exclusions
from bot.store.miss_records import MissRecord, MissRecords
from bot.store.open_turns import OpenTurn, OpenTurns
from bot.store.records import Record, Records
from bot.store.replicas import Replicas
from bot.store.seen_figures import SeenFigures, SeenRecord
from bot.store.store import Store, open_records, open_store, tables_at

__all__ = [
    "FINAL",
    "ClaimedRun",
    "DeliveryLedger",
    "Digest",
    "DigestRepository",
    "DigestSigning",
    "DigestState",
    "ExclusionRecord",
    "Exclusions",
    "MissRecord",
    "MissRecords",
    "NewDigestRecord",
    "Occurrence",
    "OccurrenceState",
    "OpenTurn",
    "OpenTurns",
    "Record",
    "Records",
    "Replicas",
    "SeenFigures",
    "SeenRecord",
    "Signatures",
    "Store",
    "open_records",
    "open_store",
    "tables_at",
]
