"""The rows of an answer as cells: the one place where rows become values.

The JSON and the CSV of the command line and the files of the chat all have these keys; QUESTIONS.md describes them.
Pure.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from bot.domain.figures import LicenseFigures, Licenses
from bot.domain.licensing import Dimension
from bot.query.reports.report_comparison import ChangeKind, RowChange
from bot.query.reports.usage_report import ReportRow
from bot.usage.usage_answer import UsageAnswer

# Why there are no numbers of licenses: a license counts once in each workload, so they are not added.
WITHHELD = "several_workloads"
NUMBERS = ("active", "qualified", "unused", "beyond")
# What these are called in an answer about sold licenses, which has no workloads.
SEATS: Mapping[str, str] = MappingProxyType(
    {"qualified": "sold", "active": "assigned", "unused": "unassigned", "beyond": "overAssigned", "share": "share"}
)
NO_WORST: Mapping[str, None] = dict.fromkeys(("workload", "workloadId", *NUMBERS, "share"))
FIGURES = frozenset({"asOf", "unknownRows", *NUMBERS, *SEATS.values(), "share", "withheld", "worst"})

Cells = dict[str, object]


def rows_as_json(answer: UsageAnswer) -> Iterator[Cells]:
    """Yield the rows.

    If two days are compared, each has its `change` and the figures `before`.
    """
    changes, seats = None if answer.compared is None else answer.compared.changes, _is_of_seats(answer)
    for at, row in enumerate(answer.report.rows):
        yield row_as_json(row, seats=seats) | ({} if not changes else change_as_json(changes[at], seats=seats))


def _is_of_seats(answer: UsageAnswer) -> bool:
    return answer.command.seats is not None


def change_as_json(change: RowChange, *, seats: bool = False) -> Cells:
    """Return what is known of a row on the earlier day."""
    before = change.before
    figures = None
    if before is not None:
        as_of = change.days[0].isoformat() if change.days else None
        # A row of which figures are unknown on either day has no figures before.
        figures = {"asOf": as_of, "unknownRows": 0, **figures_as_json(before, seats=seats)}
    return {"change": change.kind.value, "before": figures}


def gone_as_json(answer: UsageAnswer) -> Iterator[Cells]:
    """Yield the rows that the earlier day alone has, with its figures."""
    for row in () if answer.compared is None else answer.compared.gone:
        yield row_as_json(row, seats=_is_of_seats(answer))


def row_as_json(row: ReportRow, *, seats: bool = False) -> Cells:
    """Return a row with its names, ids and figures.

    A dimension that the row sums over is null. `seats`: it is of sold licenses.
    """
    shown: Cells = {}
    for dimension in Dimension if not seats else (each for each in Dimension if each is not Dimension.WORKLOAD):
        entry = row.entries.get(dimension)
        shown[dimension.value] = entry.name if entry else None
        if dimension is not Dimension.CHANNEL:
            shown[f"{dimension.value}Id"] = entry.id if entry and entry.has_id else None
    as_of = row.days[0].isoformat() if row.days else None
    return {**shown, "asOf": as_of, "unknownRows": row.unknown, **figures_as_json(row.figures, seats=seats)}


def figures_as_json(figures: LicenseFigures, *, seats: bool = False) -> Cells:
    """Return the figures. Numbers of licenses are null if they are of several workloads.

    `worst` then has the workload with most unused, and its numbers. `seats`: they are of sold licenses.
    """
    if seats:
        told: Mapping[str, object] = {**_numbers(figures.sums), "share": figures.share}
        return {name: told[key] for key, name in SEATS.items()}
    worst = figures.worst
    named = None
    if worst is not None:
        named = {
            "workload": worst.workload.name,
            "workloadId": worst.workload.id if worst.workload.has_id else None,
            **_numbers(worst.licenses),
            "share": worst.licenses.share,
        }
    return {
        **_numbers(None if figures.withheld else figures.sums),
        "share": figures.share,
        "withheld": WITHHELD if figures.withheld else None,
        "worst": named,
    }


def _numbers(licenses: Licenses | None) -> dict[str, int | None]:
    if licenses is None:
        return dict.fromkeys(NUMBERS)
    return {
        "active": licenses.active,
        "qualified": licenses.qualified,
        "unused": licenses.unused,
        "beyond": licenses.beyond,
    }


def cells(answer: UsageAnswer) -> tuple[tuple[str, ...], Iterator[Cells]]:
    """Return the names of the columns, and the rows as flat cells.

    A column of `worst` begins with "worst", one of an earlier day with "before". Rows that the earlier day alone has
    are last. A cell that is missing is null.
    """
    seats = _is_of_seats(answer)
    names = _flat(row_as_json(ReportRow({}, LicenseFigures()), seats=seats))
    if answer.compared is not None:
        names |= _flat_change(change_as_json(RowChange(ChangeKind.SAME, LicenseFigures()), seats=seats))
    return tuple(names), _rows(answer)


def _rows(answer: UsageAnswer) -> Iterator[Cells]:
    yield from map(_line, rows_as_json(answer))
    yield from map(_gone_line, gone_as_json(answer))


def _line(row: Mapping[str, object]) -> Cells:
    """Return a row of the answer as cells, also those of the earlier day."""
    plain = {key: value for key, value in row.items() if key not in ("change", "before")}
    return _flat(plain) | (_flat_change(row) if "change" in row else {})


def _gone_line(row: Mapping[str, object]) -> Cells:
    """Return a row that the earlier day alone has: only its names and its figures before."""
    figures = {key: value for key, value in row.items() if key in FIGURES}
    names = {key: value for key, value in row.items() if key not in FIGURES}
    return names | _flat_change({"change": ChangeKind.GONE.value, "before": figures})


def _flat_change(row: Mapping[str, object]) -> Cells:
    before = row.get("before")
    figures = _flat(before) if isinstance(before, dict) else {}
    return {"change": row["change"], **{f"before{name[0].upper()}{name[1:]}": cell for name, cell in figures.items()}}


def _flat(row: Mapping[str, object]) -> Cells:
    return dict(_cells(row))


def _cells(row: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for key, value in row.items():
        if key != "worst":
            yield key, value
            continue
        worst = value if isinstance(value, dict) else NO_WORST
        yield from ((f"worst{name[0].upper()}{name[1:]}", cell) for name, cell in worst.items())
