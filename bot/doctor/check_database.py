"""Can what has to survive a restart be written and read back? Knows the store's records only."""

import secrets
import time

from bot.doctor.finding import Finding, failed, ok, warning
from bot.errors import SettingsError, StoreError
from bot.settings import Settings
from bot.store import open_records, tables_at

DATABASE = "database"

KIND = "doctor"
LIFETIME = 60.0  # seconds, should we be killed before the record is removed


async def database(settings: Settings) -> Finding:
    """Opens it as the bot does, writes a record, reads it back and removes it.

    Tables of an older release are left alone: a bot that still runs on them would find others than its own.
    """
    key, value = secrets.token_hex(16), secrets.token_bytes(16)
    try:
        if await tables_at(settings.database) == "older":
            return warning(
                DATABASE,
                "its tables are those of an older release of usagebot",
                "Nothing to do: `usagebot serve` brings them up to date when it is started.",
            )
        async with open_records(settings.database) as records:
            await records.put(KIND, key, value, expires=time.time() + LIFETIME)
            found = await records.get(KIND, key)
            await records.delete(KIND, key)
    except SettingsError as error:
        return failed(
            DATABASE,
            error.problem.rstrip("."),
            "Check USAGEBOT_DATABASE, that the database runs, that this account may open it, and that its tables "
            "are the bot's.",
        )
    except StoreError as error:
        return failed(
            DATABASE,
            f"it opens, but {error}",
            "Check that this account may write there, that the disk is not full, and that its tables are those of this "
            "version.",
        )
    if found is None or found.value != value:
        return failed(DATABASE, "what was written is not what was read", "Check that only one database is behind it.")
    return ok(DATABASE, "opens, and takes and gives back a record")
