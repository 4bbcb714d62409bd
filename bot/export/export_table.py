"""An answer as a table for people: columns with headings, rows, and what is said about the figures. Pure.

A later reader of the file has not seen the card: question, days, who asked and what is missing are in the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from bot.domain.caller_zone import zone_of
from bot.domain.conversation import Caller
from bot.export.answer_rows import WITHHELD, Cells, cells
from bot.query.reports.report_comparison import ChangeKind
from bot.usage.shown_figures import row_figures
from bot.usage.usage_answer import UsageAnswer, figures_view, question_in_words
from cards.parts.compared_text import days_compared, is_one_line
from cards.parts.correction_text import corrections_in_words
from cards.parts.day_text import age, as_of
from cards.parts.remark_text import explanations, reservations
from cards.parts.scope_text import left_out_in_words
from cards.parts.share_text import all_in_words
from cards.views.usage_views import UsageView
from cards.wording.locale_words import LocaleWords

DAY, SHARE = "day", "share"  # the kinds of cells that a spreadsheet formats
_WORST, _BEFORE = "worst", "before"
# Without these nothing is lost: a person compares names, and the bot's own codes of workloads have no use in a file.
_LEFT_OUT = frozenset({"worstWorkloadId", "beforeUnknownRows", "beforeWithheld", "beforeWorstWorkloadId"})
_COUNTED = frozenset({"unknownRows"})  # left out where all are 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and the kind of its cells if a spreadsheet formats them."""

    name: str
    heading: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ExportTable:
    """The content of a file.

    `title` names the sheet with the figures, `notes` the one with the facts. A cell is a text, a number, a day or None.
    `facts` are pairs: what is said, and about what.
    """

    title: str
    notes: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[object, ...], ...]
    facts: tuple[tuple[str, str], ...]


def export_table(answer: UsageAnswer, caller: Caller, at: datetime, words: LocaleWords) -> ExportTable:
    """Return the answer of `caller` as a table. `at` is the moment at which it was asked."""
    words = words.of_seats(answer.command.seats is not None)
    names, found = cells(answer)
    rows = [_in_words(each, words) for each in found]
    shown = [name for name in names if name not in _LEFT_OUT and _is_used(name, rows)]
    columns = tuple(Column(name, _heading(name, words), _kind(name)) for name in shown)
    return ExportTable(
        words.say("export.sheet.figures"),
        words.say("export.sheet.notes"),
        columns,
        tuple(tuple(row.get(name) for name in shown) for row in rows),
        tuple(_facts(answer, caller, at, words)),
    )


def _is_used(name: str, rows: list[Cells]) -> bool:
    empty = (None, 0) if name in _COUNTED else (None,)
    return any(row.get(name) not in empty for row in rows)


def _in_words(row: Cells, words: LocaleWords) -> Cells:
    """Return the row with words in place of the keys that programs read, and days as days."""
    told = dict(row)
    if told.get("withheld") == WITHHELD:
        told["withheld"] = words.say("export.withheld.several_workloads")
    if "change" in told:
        told["change"] = words.say(_CHANGES[ChangeKind(str(told["change"]))])
    for name in ("asOf", "beforeAsOf"):
        if isinstance(day := told.get(name), str):
            told[name] = date.fromisoformat(day)
    return told


_CHANGES: Mapping[ChangeKind, str] = MappingProxyType(
    {
        ChangeKind.CHANGED: "export.change.changed",
        ChangeKind.SAME: "export.change.same",
        ChangeKind.NEW: "export.change.new",
        ChangeKind.GONE: "export.change.gone",
        ChangeKind.UNKNOWN: "export.change.unknown",
    }
)
_HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "asOf": "export.column.as_of",
        "unknownRows": "export.column.unknown_rows",
        "active": "export.column.active",
        "qualified": "export.column.qualified",
        "unused": "export.column.unused",
        "beyond": "export.column.beyond",
        "assigned": "export.column.active.seats",
        "sold": "export.column.qualified.seats",
        "unassigned": "export.column.unused.seats",
        "overAssigned": "export.column.beyond.seats",
        "share": "export.column.share",
        "withheld": "export.column.withheld",
        "change": "export.column.change",
        "customer": "export.column.customer",
        "workload": "export.column.workload",
        "service": "export.column.service",
        "product": "export.column.product",
        "channel": "export.column.channel",
    }
)


def _heading(name: str, words: LocaleWords) -> str:
    for prefix, key in ((_BEFORE, "export.column.before"), (_WORST, "export.column.worst")):
        if (rest := name.removeprefix(prefix)) != name:
            return words.say(key, column=_heading(rest[0].lower() + rest[1:], words))
    if name.endswith("Id"):
        return words.say("export.column.id", name=_heading(name.removesuffix("Id"), words))
    return words.say(_HEADINGS[name])


def _kind(name: str) -> str:
    lowered = name.casefold()
    return DAY if lowered.endswith("asof") else SHARE if lowered.endswith("share") else ""


def _facts(answer: UsageAnswer, caller: Caller, at: datetime, words: LocaleWords) -> list[tuple[str, str]]:
    asked = at.astimezone(zone_of(caller))
    view = figures_view(answer, 1, question=question_in_words(answer, words.locale), today=asked.date())
    told: list[tuple[str, str]] = [
        (words.say("export.fact.question"), view.question),
        *((words.say("export.fact.day"), each) for each in _days(view, words)),
        (words.say("export.fact.total"), all_in_words(view.total, words)),
        *asked_facts(caller, at, words),
    ]
    label = words.say("export.fact.note")
    return [*told, *((label, each) for each in _notes(answer, view, words))]


def asked_facts(caller: Caller, at: datetime, words: LocaleWords) -> list[tuple[str, str]]:
    """Return who asked, and when."""
    asked = at.astimezone(zone_of(caller))
    return [
        (words.say("export.fact.asked_by"), caller.name or words.say("export.fact.you")),
        (words.say("export.fact.asked_at"), f"{words.moment(asked)} ({asked.tzname()})"),
    ]


def _days(view: UsageView, words: LocaleWords) -> list[str]:
    return [*([] if is_one_line(view) else as_of(view, words)), *days_compared(view, words)]


def _notes(answer: UsageAnswer, view: UsageView, words: LocaleWords) -> list[str]:
    """Return what a reader has to know: what is missing first, then what explains the figures."""
    notes = [*corrections_in_words(view.corrected, words), age(view, words), *reservations(view, words)]
    notes += left_out_in_words(view.narrowed, words)
    explained = explanations(view, words, row_figures(answer.report.rows, answer.report))
    shown_as = words.say("remark.none_qualified")  # on a card; in a file such a cell is empty
    notes += [words.say("export.none_qualified") if each == shown_as else each for each in explained]
    if any(row.figures.withheld for row in answer.report.rows):
        notes.append(words.say("export.withheld.why"))
    return [*filter(None, notes), words.say("export.fact.whose")]
