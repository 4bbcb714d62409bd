"""The names that a question may have, as the person who asks it sees them."""

from bot.commands.clauses import names_of
from bot.commands.command import Clause, Command, Export, Name, NewDigest, Usage
from bot.domain.conversation import Caller
from bot.errors import PartnerCenterError
from bot.names.name_index import NameIndex, Unique
from bot.partner_center.directory.name_directory import NameDirectory
from bot.usage.query_plan import found_as
from bot.usage.sold.sold_reading import asks_sold

_PRODUCTS = (Clause.ON, Clause.IN)


async def names_for(command: Command | None, caller: Caller, directories: NameDirectory) -> NameIndex:
    """Return the names of the usage report.

    A question about sold licenses that names another product has the products that were sold, too. If these cannot be
    loaded, the question is about the other names. Raises NotSignedInError and PartnerCenterError.
    """
    names = await directories.names(caller)
    if command is None or not asks_sold(command) or all(_is_known(*each, names) for each in _products(command)):
        return names
    try:
        return await directories.sold_names(caller)
    except PartnerCenterError:
        return names


def _products(command: Command) -> list[tuple[Clause, Name]]:
    question = command.question if isinstance(command, Export | NewDigest) else command
    if not isinstance(question, Usage):
        return []
    said = [(clause, name) for clause, names in names_of(question) for name in names]
    return [each for each in (*said, *question.excluded) if each[0] in _PRODUCTS]


def _is_known(clause: Clause, name: Name, names: NameIndex) -> bool:
    """Return True if it is a name of the usage report as it is, and not only like one."""
    found = found_as(name, clause, names)
    return isinstance(found, Unique) and not (found.corrected or found.begun)
