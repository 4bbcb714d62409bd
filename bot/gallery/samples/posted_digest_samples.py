"""Digests as they are posted. Their changes and totals are computed from the rows. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.gallery.samples.digest_times import DUE, LAST, MONDAYS
from bot.gallery.samples.sample_customers import COUNT, CUSTOMERS, SampleCustomer
from bot.gallery.samples.sample_figures import shown, together
from bot.gallery.samples.sample_parts import LONG_NAME as LONG
from bot.gallery.samples.sample_parts import ask, with_buttons
from cards.views.answer_views import UsageItem, UsageView, View
from cards.views.digest_views import BecauseView, ChangeView, ConditionView, DigestView
from cards.views.usage_views import ROWS_ON_CARD, Figures, Narrowing, ServiceDateView

NEWEST, WEEK_BEFORE = date(2018, 10, 14), date(2018, 10, 7)
ROWS = 5


def _item(row: SampleCustomer) -> UsageItem:
    return UsageItem(row.name, None, row.now, open=ask(f"usage for {row.name} on Exchange"))


USAGE = UsageView(
    question="usage by customer on Exchange",
    scope=("Exchange",),
    by=("customer",),
    items=tuple(map(_item, CUSTOMERS[:ROWS])),
    matched=COUNT,
    total=together(row.now for row in CUSTOMERS),
    as_of=(ServiceDateView("Exchange", NEWEST),),
    remarks=("summed_products",),
)
FIRST = DigestView(
    number=3,
    usage=USAGE,
    when=MONDAYS,
    owner="Robin Sample",
    largest=True,
    open=ask("show digest 3"),
    settings=ask("change digest 3"),
)


def _since_last(
    view: DigestView, rows: Sequence[SampleCustomer], gone: Sequence[ChangeView] = (), moves: int = 2
) -> DigestView:
    """Return the digest with what changed in these rows, the largest change first: so many `moves` are listed."""
    before = [each for each in (*(row.before for row in rows), *(change.before for change in gone)) if each is not None]
    found: dict[str, list[ChangeView]] = {}
    for row in sorted(rows, key=lambda row: -row.moved):
        opened = ask(f"usage for {row.name} on Exchange")
        found.setdefault(row.kind, []).append(ChangeView(row.name, row.before, row.now, opened))
    idle, adopted, moved, came = (found.get(kind, []) for kind in ("idle", "adopted", "moves", "came"))
    return replace(
        view,
        since=LAST,
        total_before=together(before),
        matched_before=len(before),
        idle=tuple(idle[:1]),
        adopted=tuple(adopted[:1]),
        moves=tuple(moved[:moves]),
        came=tuple(came[:1]),
        gone=tuple(gone[:1]),
        idle_total=len(idle),
        adopted_total=len(adopted),
        moves_total=len(moved),
        came_total=len(came),
        gone_total=len(gone),
    )


DIGEST = _since_last(FIRST, CUSTOMERS)


def _dropped(share: int) -> BecauseView:
    """Return that customers dropped below this percentage: those that were not below it before, or are new."""
    before = [100 if row.before is None else row.before.percent or 0 for row in CUSTOMERS]
    met = sum((row.now.percent or 0) < share <= was for row, was in zip(CUSTOMERS, before, strict=True))
    return BecauseView(ConditionView(drops_below=share), lines=met, of_customers=True)


def _below(rows: Sequence[SampleCustomer], gone: Sequence[ChangeView], moves: int) -> DigestView:
    """Return a digest whose question selects its rows by their percentages."""
    usage = replace(
        USAGE,
        question="usage by customer on Exchange below 70%",
        narrowed=(Narrowing("below", shares=(0.7,)),),
        items=tuple(map(_item, rows)),
        matched=len(rows),
        total=together(row.now for row in rows),
        as_of=USAGE.as_of if rows else (),
        remarks=USAGE.remarks if rows else (),
        selected=True,
    )
    return _since_last(replace(FIRST, usage=usage, largest=False), rows, gone, moves)


def _gone(name: str, before: Figures) -> ChangeView:
    return ChangeView(name, before, None)


def _of_one_row() -> DigestView:
    """Return a digest whose question has one row: its change is that of the total."""
    before, now = shown(1, 1), shown(0, 1)
    usage = replace(
        USAGE,
        question="usage for TEST COMPANY on Exchange",
        scope=("TEST COMPANY", "Exchange"),
        by=("workload", "product"),
        items=(UsageItem("Exchange", "EXCHANGE ONLINE PROTECTION", now),),
        matched=1,
        total=now,
        remarks=(),
        of_customer=True,
    )
    change = ChangeView("Exchange · EXCHANGE ONLINE PROTECTION", before, now)
    return replace(
        FIRST,
        usage=usage,
        since=LAST,
        total_before=before,
        matched_before=1,
        idle=(change,),
        idle_total=1,
        largest=False,
    )


POSTED_DIGEST_SAMPLES: dict[str, View] = {
    "digest": DIGEST,
    "digest_dropped": replace(DIGEST, because=_dropped(60)),
    "digest_first": replace(FIRST, late_for=DUE, skipped=True),
    "digest_no_change": replace(
        FIRST,
        usage=replace(USAGE, as_of=(ServiceDateView("Exchange", WEEK_BEFORE),)),
        since=LAST,
        total_before=USAGE.total,
        matched_before=COUNT,
        same_day=True,
    ),
    "digest_selected": _below(
        CUSTOMERS[:ROWS],
        (_gone(LONG, shown(123_456_789, 987_654_321)), _gone("W" * 90, shown(0, 1))),
        moves=1,
    ),
    "digest_nothing": _below((), (_gone("Contoso Berlin", shown(12, 620)),), moves=0),
    "digest_one": _of_one_row(),
}
LISTED = with_buttons(replace(USAGE, items=tuple(map(_item, CUSTOMERS[:ROWS_ON_CARD]))))
