"""What distinguishes entries of one name. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from bot.domain.licensing import Entry

_LEAST = 4  # characters of an id
_LONGEST = 12
_WHOLE = 8  # characters: a shorter id is a code, which is shown as a whole
CUT = "…"


@dataclass(frozen=True, slots=True)
class CustomerDetails:
    """What is known about customers besides their names, by their ids in lower case."""

    domains: Mapping[str, str] = field(default_factory=dict)
    products: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def digest(self) -> bytes:
        """Return bytes that are equal only for equal details."""
        known = (sorted(self.domains.items()), sorted((each, sorted(some)) for each, some in self.products.items()))
        return sha256(repr(known).encode()).digest()  # `repr` escapes halves of surrogate pairs


NO_DETAILS = CustomerDetails()


def distinctions(alike: Sequence[Entry], details: CustomerDetails = NO_DETAILS) -> dict[Entry, str]:
    """Return for each entry of one name what the others do not have.

    This is its domain, else its only product, else the last characters of its id, at least four. One of several
    products would look as if the figures were of that product. Empty if all entries have the same id: they are one
    thing with several names.
    """
    by_id: dict[str, list[Entry]] = {}
    for entry in alike:
        by_id.setdefault(entry.id.casefold(), []).append(entry)
    if len(by_id) < 2:
        return {}
    domains = Counter(details.domains[each].casefold() for each in by_id if each in details.domains)
    products = Counter(product for each in by_id for product in details.products.get(each, ()))
    found: dict[Entry, str] = {}
    for each, entries in by_id.items():
        domain = details.domains.get(each)
        own = tuple(details.products.get(each, ()))
        if domain and domains[domain.casefold()] == 1:
            shown = domain
        else:
            shown = own[0] if len(own) == 1 and products[own[0]] == 1 else _part_of(each, entries[0].id, by_id)
        found.update(dict.fromkeys(entries, shown))
    return found


def _part_of(key: str, written: str, others: Mapping[str, object]) -> str:
    """Return the shortest end of an id that no other id has.

    Else its shortest beginning, else the whole id; `…` is what is left out.
    """
    if len(written) <= _WHOLE:
        return written
    for size in range(_LEAST, _LONGEST + 1):
        if sum(other.endswith(key[-size:]) for other in others) == 1:
            return CUT + written[-size:]
    for size in range(_LEAST, _LONGEST + 1):
        if sum(other.startswith(key[:size]) for other in others) == 1:
            return written[:size] + CUT
    return written
