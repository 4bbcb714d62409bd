"""Check that the database can be written and read back.

What has to survive a restart is stored in it. This module uses the store's records only.
"""

import secrets
import time

from bot.doctor.finding import Finding, failed, ok, warning
from bot.errors import SettingsError, StoreError
from bot.settings import Settings
from bot.store import open_records, tables_at

DATABASE = "database"

KIND = "doctor"
LIFETIME = 60.0  # seconds, in case the process is killed before it removes the record


async def database(settings: Settings) -> Finding:
    """Open the database as the bot does, write a record, read it back and remove it.

    Tables of an older release are left unchanged: a bot of that release that still runs could not use newer ones.
    """
    key, value = secrets.token_hex(16), secrets.token_bytes(16)
    try:
        if await tables_at(settings.database) == "older":
            return warning(
                DATABASE,
                "its tables are from an older release of usagebot",
                "Nothing to do: `usagebot serve` migrates them when it starts.",
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
    return ok(DATABASE, "opens, and a record can be written and read back")
