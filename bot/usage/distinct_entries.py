"""A report in which every entry has the name by which the caller knows it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.identifier import folded_id
from bot.domain.licensing import Dimension, Entry
from bot.names.name_folding import loose
from bot.names.name_index import NameIndex
from bot.names.namesakes import distinctions
from bot.names.one_entry import one_for_each_id
from bot.query.reports.usage_report import ReportRow, UsageReport

_Id = tuple[Dimension, str]


def with_details(report: UsageReport, names: NameIndex | None) -> UsageReport:
    """Return `report` with the names that are shown.

    Each entry whose name looks like another's has a `detail`.
    The caller's names decide both, so a customer is printed the same on every answer, whatever rows this one has and
    whatever they call it. An id that is newer than the names has the best spelling of its rows; it is compared with
    the names and with others like it. Takes some milliseconds for ten thousand rows; the rows are the same ones where
    nothing changed.
    """
    shown = _shown(report.rows, names)
    if not shown:
        return report
    return replace(report, rows=tuple(_renamed(row, shown) for row in report.rows))


def _shown(rows: Iterable[ReportRow], names: NameIndex | None) -> dict[Entry, Entry]:
    """Return what is shown in place of entries, if it is something else."""
    found: dict[Entry, Entry] = {}
    strangers: dict[Dimension, list[Entry]] = {}
    for entry in dict.fromkeys(entry for row in rows for entry in row.entries.values() if entry.id):
        known = names.same(entry) if names is not None and entry.has_id else None
        if known is None:
            strangers.setdefault(entry.dimension, []).append(entry)
        elif (known.name, known.detail) == (entry.name, entry.detail):
            found[entry] = entry
        else:
            found[entry] = replace(entry, name=known.name, detail=known.detail or entry.detail)
    for some in strangers.values():
        found.update(_named_once(some))
    details = _details([found[each] for some in strangers.values() for each in some], names)
    for entry, shown in found.items() if details else ():
        if not shown.detail and (detail := details.get(_id(shown))):
            found[entry] = replace(shown, detail=detail)
    return {entry: each for entry, each in found.items() if (each.name, each.detail) != (entry.name, entry.detail)}


def _named_once(strangers: Sequence[Entry]) -> dict[Entry, Entry]:
    """Return entries that the caller's names do not have, each id with one name."""
    one = one_for_each_id(each for each in strangers if each.has_id)
    return {each: replace(each, name=one[each].name) if each.has_id else each for each in strangers}


def _details(strangers: Iterable[Entry], names: NameIndex | None) -> dict[_Id, str]:
    """Return the details of entries of new ids, and of others like them."""
    by_name: dict[tuple[Dimension, str], list[Entry]] = {}
    for entry in strangers:
        by_name.setdefault((entry.dimension, loose(entry.name)), []).append(entry)
    details: dict[_Id, str] = {}
    for (_, name), alike in by_name.items():
        others = names.looking_like(alike[0]) if names is not None else ()
        # What is shown under another name does not look alike. One without an id cannot have a detail: the others do.
        compared = [*alike, *(each for each in others if loose(each.name) == name)]
        distinct = distinctions([each if each.has_id else replace(each, id="") for each in compared])
        details.update((_id(each), detail) for each, detail in distinct.items() if each.id)
    return details


def _id(entry: Entry) -> _Id:
    return entry.dimension, folded_id(entry.id) if entry.has_id else ""


def _renamed(row: ReportRow, shown: dict[Entry, Entry]) -> ReportRow:
    if shown.keys().isdisjoint(row.entries.values()):
        return row
    return replace(row, entries={each: shown.get(entry, entry) for each, entry in row.entries.items()})
