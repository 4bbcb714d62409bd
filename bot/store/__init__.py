"""What must survive a restart and be shared by replicas."""

from bot.store.database import open_records
from bot.store.records import Record, Records

__all__ = ["Record", "Records", "open_records"]
