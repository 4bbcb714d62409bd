"""Answers that compare two days. Pure."""

from dataclasses import replace
from datetime import date

from bot.gallery.samples.digest_samples import DIGEST
from bot.gallery.samples.sample_parts import ask, shown
from cards.views.answer_views import UsageItem, UsageView, View
from cards.views.usage_views import ComparedView, Figures, Narrowing, ServiceDateView

LATER, EARLIER = date(2018, 10, 28), date(2018, 9, 28)
ROWS = (
    UsageItem("TEST COMPANY", None, shown(48, 100), (LATER,), "changed", shown(62, 100)),
    UsageItem("Gesellschaft für Donaudampfschifffahrt", None, shown(212, 310), (LATER,), "changed", shown(221, 300)),
    UsageItem("Fabrikam", None, Figures(100, 5, 5, 0, 11), (LATER,), "changed", Figures(100, 4, 4, 0, 12)),
    UsageItem("Hawthorn Plastics BV", None, shown(71, 100), (LATER,), "same", shown(71, 100)),
    UsageItem("Contoso", None, shown(3, 9), (LATER,), "new"),
    UsageItem("Wellspring Marine GmbH", None, shown(7, 9), (LATER,), "unknown"),
)
BOTH = ComparedView(
    day=EARLIER,
    as_of=(ServiceDateView("Microsoft Office 365", EARLIER),),
    total=shown(360, 520),
    gone=(UsageItem("Proseware Films SAS", None, shown(2, 4), (EARLIER,), "gone"),),
    gone_total=7,
    month=ask("usage on Exchange by customer compared with 2018-08-28"),
    year=ask("usage on Exchange by customer compared with 2017-10-28"),
)
COMPARED = UsageView(
    question="usage on Exchange by customer compared with 2018-09-28",
    scope=("Exchange",),
    narrowed=(Narrowing("versus", day=EARLIER),),
    by=("customer",),
    items=ROWS,
    matched=len(ROWS),
    total=shown(346, 533),
    as_of=(ServiceDateView("Microsoft Office 365", LATER),),
    newest=LATER,
    digest=ask("digest usage on Exchange by customer"),
    compared=BOTH,
)


def _several(percent: int, active: int, workload: str = "Teams") -> Figures:
    return Figures(percent, active, 300, 300 - active, 0, workload, several=True)


COMPARED_SAMPLES: dict[str, View] = {
    "compared": COMPARED,
    "compared_one": replace(
        COMPARED,
        scope=("TEST COMPANY", "Exchange"),
        by=("workload", "product"),
        items=(replace(ROWS[0], name="Exchange", detail="EXCHANGE ONLINE PROTECTION", figures=shown(48, 104)),),
        matched=1,
        total=shown(48, 104),
        compared=replace(BOTH, total=shown(62, 100), gone=(), gone_total=0),
    ),
    "compared_workloads": replace(
        COMPARED,
        scope=(),
        items=(
            UsageItem("TEST COMPANY", None, _several(71, 212), (LATER,), "changed", _several(74, 221)),
            UsageItem("Fabrikam", None, _several(80, 250), (LATER,), "changed", _several(78, 240, "Exchange")),
        ),
        matched=2,
        total=_several(75, 262),
        compared=replace(BOTH, total=_several(76, 261), gone=(), gone_total=0),
    ),
    "compared_same_days": replace(
        COMPARED,
        items=tuple(replace(item, before=item.figures, change="same") for item in ROWS[:3]),
        matched=3,
        compared=ComparedView(
            day=EARLIER,
            as_of=COMPARED.as_of,
            total=COMPARED.total,
            same_days=True,
            earlier=ask("usage on Exchange by customer compared with 2018-08-28"),
            earlier_day=date(2018, 8, 28),
        ),
    ),
    "compared_with_nothing": replace(
        COMPARED,
        narrowed=(Narrowing("range", day=date(2018, 1, 1), last=LATER),),
        items=tuple(replace(item, before=None, change="") for item in ROWS[:3]),
        matched=3,
        compared=ComparedView(day=date(2018, 1, 1), as_of=(), nothing=True),
    ),
    "compared_many": replace(
        COMPARED,
        items=tuple(replace(ROWS[at % 6], name=f"{ROWS[at % 6].name} {at}") for at in range(30)),
        matched=30,
        compared=replace(BOTH, total=None),
    ),
    "compared_digest": replace(DIGEST, usage=replace(COMPARED, digest=None), largest=False),
}
