"""The name resolver without a directory, for `explain` without a sign-in. Pure."""

from bot.domain.guid import pasted_guid
from bot.domain.licensing import Dimension, Entry
from bot.names.entry_label import read_label
from bot.names.name_index import NameIndex, Unique
from bot.names.workload_aliases import WORKLOADS, workload_code
from bot.query.filters.expression import Eq

# What a sentence may name before a directory is there: the documented workloads and the channels.
OFFLINE_SPANS = NameIndex.of(
    [
        *(Entry(Dimension.WORKLOAD, each.code, each.names[0]) for each in WORKLOADS if each.documented),
        *(Entry(Dimension.CHANNEL, each, each) for each in ("reseller", "direct")),
    ]
).spans


class OfflineNames:
    """A resolver that accepts every name.

    Ids and documented workload codes become ids. Other names stay as typed.
    """

    def find(self, text: str, dimensions: tuple[Dimension, ...]) -> Unique:
        """Return the entry for `text` in the first dimension.

        Its id is "" if only the name is known.
        """
        dimension = dimensions[0]
        label = read_label(text)
        guid = pasted_guid(text) or (pasted_guid(label.detail) if label else None)
        if dimension in {Dimension.CUSTOMER, Dimension.PRODUCT} and guid:
            # The API writes ids in capitals.
            return Unique(Entry(dimension, guid.upper(), label.name if label else text))
        if dimension is Dimension.WORKLOAD and (code := workload_code(text)):
            return Unique(Entry(dimension, code, text))
        if dimension is Dimension.CHANNEL:
            return Unique(Entry(dimension, text.lower(), text))
        return Unique(Entry(dimension, "", text))


OFFLINE_NAMES = OfflineNames()


def by_what_is_known(entry: Entry) -> Eq:
    """Return a filter on the id if it is known, otherwise on the name as typed."""
    if entry.id:
        return Eq(entry.dimension.id_field, entry.id)
    return Eq(entry.dimension.name_field, entry.name)
