"""Questions to try, from what is known of the caller's own book without a request.

Pure. Before anything is known they are examples.
"""

from bot.commands.command import Customers, Name, NewDigest, Usage
from bot.domain.conversation import Caller
from bot.domain.figures import LicenseMeasure
from bot.domain.licensing import Dimension, Entry
from bot.language.marking.worded_sentence import ENGLISH
from bot.language.sentence.command_sentence import sentence_of
from bot.names.name_index import NameIndex
from bot.query.filters.row_selection import EVERYTHING
from bot.query.filters.share_filter import TopBottom
from bot.usage.command_buttons import ask_button
from bot.usage.memory.recent_reports import RecentReport, RecentReports
from bot.usage.onward.drilled_row import about_row
from bot.usage.shown_figures import row_figures
from cards.views.answer_views import Example

EXCHANGE = Name("Exchange")
BEST = 20
CUSTOMERS = 2  # beside the digest


def examples(
    language: str = ENGLISH, names: NameIndex | None = None, own: tuple[Example, ...] = ()
) -> tuple[Example, ...]:
    """Return three examples, those in `own` first.

    With `names` of the caller's directory they are about these.
    """
    workload = _workload(names)
    customers = () if names is None else names.entries(Dimension.CUSTOMER)
    digest = NewDigest(_most_unused(workload))
    others = (_unused(workload, language), _named(customers[0], language) if customers else _choose(language))
    first = (*own, *others)[:CUSTOMERS]
    return (*first, Example(sentence_of(digest, language), "tile.digest.text", ask_button(digest), "tile.digest"))


def own_customers(recent: RecentReports, caller: Caller) -> tuple[Example, ...]:
    """Return the customers with most unused licenses.

    They are those of the newest answer that lists the caller's customers.
    """
    found = recent.latest(caller, _lists_customers)
    if found is None:
        return ()
    command, answered = found
    report = answered.report
    rows = zip(report.rows, row_figures(report.rows, report), strict=True)
    unused = [(row, figures) for row, figures in rows if figures.percent is not None and figures.unused > 0]
    most = sorted(unused, key=lambda each: -each[1].unused)[:CUSTOMERS]
    about = ", ".join(entry.label for entry in answered.plan.scope)
    made = []
    for row, figures in most:
        question = about_row(command, answered.plan, row, report.by)
        name = row.entries[Dimension.CUSTOMER].label
        sentence = sentence_of(question, caller.locale)
        made.append(Example(sentence, "tile.named.text", ask_button(question), "", name, figures, about))
    return tuple(made)


def _lists_customers(command: Usage, answered: RecentReport) -> bool:
    """Return True for the newest figures of all customers, or of those with most unused licenses."""
    report = answered.report
    chosen = command.order is not None and not (
        not command.order.lowest and command.order.measure is LicenseMeasure.UNUSED
    )
    named = command.customers or command.excluded or command.expression is not None
    dated = command.as_of or command.period or command.versus
    listed = report.by == (Dimension.CUSTOMER,) and all(Dimension.CUSTOMER in row.entries for row in report.rows)
    return listed and not chosen and not named and not dated and command.selection == EVERYTHING


def _workload(names: NameIndex | None) -> Name:
    """Return Exchange, or a workload of the directory if it has no Exchange."""
    entries = () if names is None else names.entries(Dimension.WORKLOAD)
    if not entries:
        return EXCHANGE
    found = next((each for each in entries if each.name == EXCHANGE.text), entries[0])
    return Name(found.name, id=found.id)


def _most_unused(workload: Name) -> Usage:
    return Usage(subjects=(workload,), by=(Dimension.CUSTOMER,), order=TopBottom(BEST, measure=LicenseMeasure.UNUSED))


def _unused(workload: Name, language: str) -> Example:
    question = _most_unused(workload)
    return Example(
        sentence_of(question, language), "tile.unused.text", ask_button(question), "tile.unused", workload.text
    )


def _named(entry: Entry, language: str) -> Example:
    question = Usage(customers=(Name(entry.name, id=entry.id),))
    return Example(sentence_of(question, language), "tile.named.text", ask_button(question), "tile.named", entry.label)


def _choose(language: str) -> Example:
    return Example(sentence_of(Customers(), language), "tile.customer.text", ask_button(Customers()), "tile.customer")
