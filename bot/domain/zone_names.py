"""The time zone that a typed city is in.

Pure, except for the zones that the machine knows.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from zoneinfo import available_timezones

# Folders of older names for zones that have another one.
_OLDER = ("Brazil/", "Canada/", "Chile/", "Etc/", "Mexico/", "SystemV/", "US/", "posix/", "right/")
# Names that are no place: whatever the machine is set to, and a machine that is not set.
_NOWHERE = frozenset({"Factory", "localtime", "posixrules"})


def zone_named(text: str) -> str | None:
    """Return the IANA name of the zone with this name or city.

    None if there is none. Any spelling is found: `new york`, `São Paulo` and `Europe/Amsterdam`.
    """
    known = _zones()
    return known.get(_folded(text))


def city_of(zone: str) -> str:
    """Return the city in the name of a zone, "New York".

    It is the whole name if there is none.
    """
    return zone.rpartition("/")[2].replace("_", " ")


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.strip().replace("_", " ").replace("-", " "))
    return " ".join("".join(each for each in plain if not unicodedata.combining(each)).casefold().split())


@cache
def _zones() -> Mapping[str, str]:
    """Return every name and every city, folded. Of several zones with one city, the shortest name counts."""
    there = available_timezones() - _NOWHERE
    names = sorted(there, key=lambda each: (each.startswith(_OLDER), each.count("/"), len(each), each))
    found = {_folded(name): name for name in names}
    for name in names:
        if "/" in name and not name.startswith(_OLDER):
            found.setdefault(_folded(city_of(name)), name)
    return MappingProxyType(found)
