"""Answers about sold and assigned licenses: one customer, customers, two days, nothing. Pure."""

from dataclasses import replace
from datetime import date

from bot.gallery.samples.sample_figures import most_unused_first, shown, total_of
from bot.gallery.samples.sample_parts import ask, with_buttons
from cards.views.answer_views import ErrorView, UsageItem, UsageView, View
from cards.views.usage_views import ComparedView, Narrowing, ServiceDateView

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

SEAT_SAMPLES: dict[str, View] = {
    "sold": SOLD,
    "sold_customers": BY_CUSTOMER,
    "sold_compared": COMPARED,
    "sold_nothing": ErrorView("nothing_sold", {"scope": "TEST COMPANY"}, seats=True),
    "sold_unknown": ErrorView("sold_unknown", {"scope": "TEST COMPANY"}, seats=True),
}
