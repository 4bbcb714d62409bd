"""Answers about sold and assigned licenses, and about their use. Pure."""

from dataclasses import replace
from datetime import date

from bot.gallery.samples.sample_figures import most_unused_first, shown, total_of
from bot.gallery.samples.sample_parts import LONG_NAME, ask, more, with_buttons
from cards.views.answer_views import ErrorView, UsageItem, UsageView, View
from cards.views.kinds.selling_views import NumberView, SourceView
from cards.views.kinds.sold_use_view import SoldUseItem, SoldUseView
from cards.views.usage_views import AgeView, ComparedView, Narrowing, ServiceDateView

DAY, MONTH_BEFORE = date(2018, 10, 16), date(2018, 9, 16)
REMARKS = ("all_suppliers", "over_full")
PRODUCTS = most_unused_first(
    [
        UsageItem("OFFICE 365 ENTERPRISE E3", None, shown(41, 50), (DAY,)),
        UsageItem("MICROSOFT 365 COPILOT", None, shown(3, 10), (DAY,)),
        UsageItem("EXCHANGE ONLINE PROTECTION", None, shown(12, 10), (DAY,)),
    ]
)
BEFORE = (shown(38, 50), shown(3, 10), shown(10, 10))
SOLD = with_buttons(
    UsageView(
        question="sold licenses for TEST COMPANY",
        scope=("TEST COMPANY",),
        by=("product",),
        items=PRODUCTS,
        matched=len(PRODUCTS),
        total=total_of(PRODUCTS),
        as_of=(ServiceDateView("Microsoft Office 365", DAY),),
        remarks=REMARKS,
        narrowed=(Narrowing("sold"),),
        of_customer=True,
        newest=DAY,
        seats=True,
        beside=ask("usage for TEST COMPANY"),
    )
)
CUSTOMERS = most_unused_first(
    UsageItem(name, None, shown(*figures), (DAY,))
    for name, *figures in (("Wellspring Marine GmbH", 590, 800), ("Contoso Retail", 40, 52), ("TEST COMPANY", 56, 70))
)
BY_CUSTOMER = with_buttons(
    replace(
        SOLD,
        question="unassigned licenses by customer",
        scope=(),
        by=("customer",),
        items=CUSTOMERS,
        matched=len(CUSTOMERS),
        total=total_of(CUSTOMERS),
        narrowed=(Narrowing("unassigned"), Narrowing("above", numbers=(10,), measure="unused")),
        selected=True,
        of_customer=False,
        remarks=("all_suppliers", "summed_products"),
    )
)
COMPARED = replace(
    SOLD,
    items=tuple(
        replace(item, change="changed" if item.figures != before else "same", before=before)
        for item, before in zip(SOLD.items, (BEFORE[0], BEFORE[1], BEFORE[2]), strict=True)
    ),
    compared=ComparedView(MONTH_BEFORE, (ServiceDateView("Microsoft Office 365", MONTH_BEFORE),), shown(51, 70)),
    versus=None,
)

_USED_ON, _SOLD_ON = date(2026, 10, 26), date(2026, 10, 27)


def _sold(number: int) -> NumberView:
    return NumberView(number, "deployment", _SOLD_ON)


def _used(number: int) -> NumberView:
    return NumberView(number, "usage", _USED_ON)


_E3 = SoldUseItem("TEST COMPANY", "Microsoft 365 E3", _sold(120), _sold(104), _used(62), 58, "Exchange", 52, 16)
_COPILOT = SoldUseItem(
    "TEST COMPANY", "MICROSOFT 365 COPILOT", _sold(29), _sold(15), not_assigned=14, missing="without_use"
)
_TRIAL = SoldUseItem("TEST COMPANY", "POWER BI PRO", active=_used(3), workload="Power BI", missing="not_sold")
_BEYOND = SoldUseItem(
    "TEST COMPANY", "EXCHANGE ONLINE (PLAN 1)", _sold(10), _sold(12), _used(11), None, "Exchange", 100, beyond=True
)
_SOURCES = (SourceView("deployment", _SOLD_ON), SourceView("usage", date(2026, 10, 25), _USED_ON))
_ONE = SoldUseView(
    "usage of sold licenses for TEST COMPANY in Microsoft 365 E3",
    ("TEST COMPANY", "Microsoft 365 E3"),
    (),
    (_E3,),
    1,
    _SOURCES,
    customer="TEST COMPANY",
    sold=ask("sold licenses for TEST COMPANY"),
    renewals=ask("renewals for TEST COMPANY"),
    digest=ask("digest usage of sold licenses for TEST COMPANY"),
)
_CUSTOMERS = ("Wellspring Marine GmbH", "Hawthorn Plastics BV", "Proseware Films SAS", "Fabrikam", LONG_NAME)


def _of_customer(name: str, at: int) -> SoldUseItem:
    worst = replace(_E3, customer=name)
    if at % 2:
        return replace(worst, product="", products=2, worst=worst, open=ask(f"usage of sold licenses for {name}"))
    return SoldUseItem(
        name, "", _sold(300 - at), _sold(290), percent=40 + at, not_assigned=10 - at, products=3, known=2,
        worst=worst,
        open=ask(f"usage of sold licenses for {name}"),
    )  # fmt: skip


_OF_USE: dict[str, View] = {
    "sold_use": _ONE,
    "sold_use_products": replace(
        _ONE,
        scope=("TEST COMPANY",),
        items=tuple(
            replace(each, open=ask("usage of sold licenses for TEST COMPANY"))
            for each in (_E3, _BEYOND, _COPILOT, _TRIAL)
        ),
        matched=4,
        counted=(("not_sold", 1), ("without_use", 1)),
        usage=ask("usage for TEST COMPANY"),
        age=AgeView("months", 3, some=True),
    ),
    "sold_use_customers": SoldUseView(
        "usage of sold licenses with more than 20 unused licenses",
        (),
        (Narrowing("above", numbers=(20,), measure="unused"),),
        tuple(_of_customer(name, at) for at, name in enumerate(_CUSTOMERS)),
        30,
        (_SOURCES[0], SourceView("usage", problem="endpoint_missing")),
        counted=(("gap.rows", 2), ("gap.unknown_rows", 1), ("no_use", 4)),
        more=more("usage of sold licenses", 12),
        sold=ask("sold licenses"),
    ),
    "sold_use_none": replace(_ONE, items=(), matched=0, narrowed=(Narrowing("none_sold_used"),), digest=None),
}

SEAT_SAMPLES: dict[str, View] = {
    **_OF_USE,
    "sold": SOLD,
    "sold_customers": BY_CUSTOMER,
    "sold_compared": COMPARED,
    "sold_nothing": ErrorView("nothing_sold", {"scope": "TEST COMPANY"}, seats=True),
    "sold_unknown": ErrorView("sold_unknown", {"scope": "TEST COMPANY"}, seats=True),
}
