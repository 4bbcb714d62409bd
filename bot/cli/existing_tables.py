"""The tables that the bot must have created before a command reads them."""

from bot.errors import SettingsError


async def require_tables(url: str) -> None:
    """Raise SettingsError unless the database at `url` has the tables of this release.

    The bot creates and migrates them; a command for the operator does not.
    """
    from bot.store import tables_at  # loads the libraries of the database

    found = await tables_at(url)
    if found == "none":
        raise SettingsError(
            "USAGEBOT_DATABASE",
            "names a database without usagebot's tables. Run this command with the settings and in the working "
            "directory of `usagebot serve`, which creates them.",
        )
    if found == "older":
        raise SettingsError(
            "USAGEBOT_DATABASE",
            "names a database with the tables of an older release. `usagebot serve` of this release migrates them.",
        )
