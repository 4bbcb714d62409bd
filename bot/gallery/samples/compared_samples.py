"""Answers that compare two days. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.figure_age import figure_age
from bot.gallery.samples.digest_times import LAST_COMPARED
from bot.gallery.samples.posted_digest_samples import FIRST
from bot.gallery.samples.sample_figures import most_unused_first, of_workloads, shown, together, total_of
from bot.gallery.samples.sample_parts import ask, with_buttons
from cards.views.answer_views import UsageItem, UsageView, View
from cards.views.digest_views import ChangeView, DigestView
from cards.views.usage_views import ROWS_ON_CARD, AgeView, ComparedView, Figures, Narrowing, ServiceDateView

LATER, ASKED, EARLIER = date(2018, 10, 28), date(2018, 9, 30), date(2018, 9, 28)
LONG_AGO, NEWEST_THEN = date(2018, 1, 1), date(2018, 9, 9)
SERVICE = "Microsoft Office 365"


def _row(name: str, before: Figures | None, after: Figures, change: str = "changed") -> UsageItem:
    return UsageItem(name, None, after, (LATER,), change, before)


# The largest drop is first; what has no figures of both days is last.
ROWS = (
    _row("TEST COMPANY", shown(62, 100), shown(48, 100)),
    _row("Gesellschaft für Donaudampfschifffahrt", shown(221, 300), shown(212, 310)),
    _row("Hawthorn Plastics BV", shown(71, 100), shown(71, 100), "same"),
    _row("Fabrikam", shown(16, 4), shown(16, 5)),
    _row("Contoso", None, shown(3, 9), "new"),
)
_UNKNOWN = _row("Wellspring Marine GmbH", None, shown(7, 9), "unknown")
GONE = tuple(
    UsageItem(name, None, shown(active, of), (EARLIER,), "gone")
    for name, active, of in (
        ("Proseware Films SAS", 2, 40),
        ("Parnell Paper SAS", 9, 31),
        ("Northwind Traders", 12, 20),
        ("Tailspin Toys", 0, 6),
        ("Adatum", 11, 15),
        ("Litware", 5, 7),
        ("Lucerne Publishing", 3, 3),
    )
)
GONE_SHOWN = 5


def _earlier(rows: Sequence[UsageItem], gone: Sequence[UsageItem] = ()) -> ComparedView:
    """Return the earlier day of rows, and of those that it alone has."""
    figures = [*(row.before for row in rows if row.before is not None), *(row.figures for row in gone)]
    return ComparedView(
        day=ASKED,
        as_of=(ServiceDateView(SERVICE, EARLIER),),
        total=together(figures),
        gone=tuple(gone[:GONE_SHOWN]),
        gone_total=len(gone),
        month=ask("usage on Exchange by customer compared with 2018-08-28"),
        year=ask("usage on Exchange by customer compared with 2017-10-28"),
    )


COMPARED = with_buttons(
    UsageView(
        question="usage on Exchange by customer compared with 2018-09-30",
        scope=("Exchange",),
        narrowed=(Narrowing("versus", day=ASKED),),
        by=("customer",),
        items=ROWS,
        matched=len(ROWS),
        total=total_of(ROWS),
        as_of=(ServiceDateView(SERVICE, LATER),),
        newest=LATER,
        remarks=("over_full",),
        compared=_earlier(ROWS, GONE),
    )
)


def _only(view: UsageView, rows: tuple[UsageItem, ...], compared: ComparedView) -> UsageView:
    """Return the view with these rows alone."""
    return with_buttons(replace(view, items=rows, matched=len(rows), total=total_of(rows), compared=compared))


def _same_days() -> UsageView:
    """Return an answer whose newest figures are older than both days."""
    rows = tuple(replace(row, before=row.figures, change="same", days=(NEWEST_THEN,)) for row in ROWS[:4])
    as_of = (ServiceDateView(SERVICE, NEWEST_THEN),)
    compared = ComparedView(
        day=EARLIER,
        as_of=as_of,
        total=total_of(rows),
        same_days=True,
        earlier=ask("usage on Exchange by customer compared with 2018-08-10"),
        earlier_day=NEWEST_THEN - (LATER - EARLIER),
    )
    old = figure_age(NEWEST_THEN, LATER)
    age = None if old is None else AgeView(old.unit, old.count)
    return replace(_only(COMPARED, most_unused_first(rows), compared), as_of=as_of, newest=NEWEST_THEN, age=age)


def _many() -> tuple[UsageItem, ...]:
    """Return 26 rows, among them one without earlier figures, and one whose earlier figures are not known."""
    moves = [(200 + 3 * at % 40, at - 16) for at in range(24)]
    moved = [_row(f"Contoso {at + 1}", shown(use - by, 300), shown(use, 300), "changed" if by else "same")
             for at, (use, by) in enumerate(moves)]  # fmt: skip
    return (*moved, ROWS[-1], _UNKNOWN)


def _digest() -> DigestView:
    """Return a digest that compares two days; one of its rows has changed since the last digest, too."""
    before = shown(50, 100)
    usage = replace(COMPARED, items=tuple(replace(row, open=ask(f"usage for {row.name}")) for row in ROWS), more=None)
    return replace(
        FIRST,
        usage=usage,
        largest=False,
        since=LAST_COMPARED,
        total_before=together([before, *(row.figures for row in ROWS[1:])]),
        matched_before=len(ROWS),
        moves=(ChangeView(ROWS[0].name, before, ROWS[0].figures, ask(f"usage for {ROWS[0].name}")),),
        moves_total=1,
    )


MANY = _many()
COMPARED_MANY = replace(
    COMPARED,
    items=MANY[:ROWS_ON_CARD],
    matched=len(MANY),
    total=total_of(MANY),
    remarks=(),
    # Of a customer, some earlier figures are unknown, and so is the earlier total.
    compared=replace(_earlier(MANY, GONE), total=None, counted=(("unknown_rows", 1),)),
)
_WORKLOADS = (
    UsageItem(
        "TEST COMPANY",
        None,
        of_workloads(("Teams", 212, 300), ("Exchange", 250, 300)),
        (LATER,),
        "changed",
        of_workloads(("Teams", 221, 300), ("Exchange", 262, 300)),
    ),
    UsageItem(
        "Fabrikam",
        None,
        of_workloads(("Teams", 250, 300), ("Exchange", 262, 300)),
        (LATER,),
        "changed",
        of_workloads(("Teams", 255, 300), ("Exchange", 240, 300)),
    ),
)


COMPARED_SAMPLES: dict[str, View] = {
    "compared": COMPARED,
    "compared_one": with_buttons(
        replace(
            COMPARED,
            question="usage for TEST COMPANY on Exchange compared with 2018-09-28",
            scope=("TEST COMPANY", "Exchange"),
            narrowed=(Narrowing("versus", day=EARLIER),),
            by=("workload", "product"),
            items=(
                replace(
                    ROWS[0], name="Exchange", detail="EXCHANGE ONLINE PROTECTION", figures=shown(48, 104), open=None
                ),
            ),
            matched=1,
            total=shown(48, 104),
            remarks=(),
            more=None,
            reshape=None,
            compared=replace(_earlier(ROWS[:1]), day=EARLIER),
        ),
        whole="TEST COMPANY",
    ),
    "compared_workloads": with_buttons(
        replace(
            COMPARED,
            question="usage by customer compared with 2018-09-30",
            scope=(),
            items=_WORKLOADS,
            matched=2,
            total=of_workloads(
                ("Teams", 212, 300), ("Exchange", 250, 300), ("Teams", 250, 300), ("Exchange", 262, 300)
            ),
            remarks=(),
            compared=replace(
                _earlier(()),
                total=of_workloads(
                    ("Teams", 221, 300), ("Exchange", 262, 300), ("Teams", 255, 300), ("Exchange", 240, 300)
                ),
            ),
        )
    ),
    "compared_same_days": _same_days(),
    "compared_with_nothing": _only(
        replace(
            COMPARED,
            question="usage on Exchange by customer from 2018-01-01 to 2018-10-28",
            narrowed=(Narrowing("range", day=LONG_AGO, last=LATER),),
        ),
        most_unused_first(replace(row, before=None, change="") for row in ROWS),
        ComparedView(day=LONG_AGO, as_of=(), nothing=True),
    ),
    "compared_many": with_buttons(COMPARED_MANY),
    "compared_more": with_buttons(
        replace(COMPARED_MANY, items=MANY[ROWS_ON_CARD:], start=ROWS_ON_CARD, fresh=ROWS_ON_CARD)
    ),
    "compared_digest": _digest(),
}
