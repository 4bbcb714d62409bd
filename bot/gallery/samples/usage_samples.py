"""Answers with figures: one row, several, many, other shapes, and what is missing in them. Pure."""

from datetime import date

from bot.gallery.samples.sample_customers import COUNT, CUSTOMERS
from bot.gallery.samples.sample_figures import most_unused_first, of_workloads, shown, together, total_of
from bot.gallery.samples.sample_parts import LONG_NAME as LONG
from bot.gallery.samples.sample_parts import ask, more, with_buttons
from cards.views.answer_views import ShapeView, UsageItem, UsageView, View
from cards.views.button_payload import RowButton, ShapeButton, ViewButton
from cards.views.usage_views import ROWS_ON_CARD, AgeView, CorrectionView, Narrowing, ServiceDateView

BELOW = Narrowing("below", shares=(0.8,))
DAY, WEEK_BEFORE = date(2018, 10, 14), date(2018, 10, 7)
WORKLOADS = (
    ("Exchange", "EXCHANGE ONLINE PROTECTION", 1_204, 1_310),
    ("SharePoint", "OFFICE 365 ENTERPRISE E3", 0, 1),
    ("Skype for Business", "OFFICE 365 ENTERPRISE E3", 512, 1_310),
    ("Teams", "OFFICE 365 ENTERPRISE E3", 1_404, 1_310),
    ("Yammer", "OFFICE 365 ENTERPRISE E3", 3, 1_310),
    ("Power BI", "POWER BI (FREE)", 0, 0),
)
NAMED = (
    ("Wellspring Marine GmbH", 590, 800),
    ("Hawthorn Plastics BV", 310, 450),
    ("Proseware Films SAS", 96, 214),
    ("TEST COMPANY", 62, 100),
    ("Fabrikam", 71, 95),
    ("Contoso Retail", 40, 52),
)
# The services of these workloads, with the days of their figures.
SERVICES = {name: WEEK_BEFORE if name == "Teams" else DAY for name, *_ in WORKLOADS}
OF_PARNELL = (
    (("Skype for Business", 123_456, 234_567), ("Skype for Business", 1_234, 0), ("Exchange", 219_870, 234_567)),
    (("Exchange", 1, 12), ("Teams", 9, 10)),
)
OF_EXCHANGE = (
    UsageItem("OFFICE 365 ENTERPRISE E3", None, shown(30, 160), (WEEK_BEFORE,)),
    UsageItem("EXCHANGE ONLINE PROTECTION", None, shown(0, 100), (DAY,), unknown=1),
)
LONG_ROWS = (
    UsageItem(LONG, LONG, shown(123_456_789, 987_654_321)),
    UsageItem("W" * 90, "m" * 90, shown(1, 1_000)),
    UsageItem("شركة الاختبار للتجارة", "שלום", shown(99_999, 100_000)),
    UsageItem("*Contoso* [x](http://evil.example)", "**b** `c` <b>d</b>", shown(10**18, 1)),
)


def _page(first: int) -> UsageView:
    """Return 20 rows of a long list from this position on."""
    return with_buttons(
        UsageView(
            question="usage by customer on Teams",
            scope=("Teams",),
            by=("customer",),
            items=tuple(UsageItem(row.name, None, row.now) for row in CUSTOMERS[first : first + ROWS_ON_CARD]),
            matched=COUNT,
            total=together(row.now for row in CUSTOMERS),
            as_of=(ServiceDateView("Teams", DAY),),
            start=first,
            fresh=first,
        )
    )


USAGE_SAMPLES: dict[str, View] = {
    "answer": UsageView(
        question="usage for TEST COMPANY on Exchange",
        scope=("TEST COMPANY", "Exchange"),
        by=("workload", "product"),
        items=(UsageItem("Exchange", None, shown(62, 100)),),
        matched=1,
        total=shown(62, 100),
        as_of=(ServiceDateView("Exchange", DAY),),
        of_customer=True,
        whole=ask("usage for TEST COMPANY"),
        versus=ask("usage for TEST COMPANY on Exchange compared with last month"),
        digest=ask("digest usage for TEST COMPANY on Exchange"),
        export=ask("export usage for TEST COMPANY on Exchange"),
    ),
    "usage_ignored": UsageView(
        question="usage for TEST COMPANY on Exchange",
        scope=("TEST COMPANY", "Exchange"),
        by=("workload", "product"),
        items=(UsageItem("Exchange", None, shown(62, 100)),),
        matched=1,
        total=shown(62, 100),
        as_of=(ServiceDateView("Exchange", DAY),),
        narrowed=(
            Narrowing("ignored", names=("Fabrikam", LONG)),
            Narrowing("no_trials", count=12),
            Narrowing("not_ignored", names=("TEST COMPANY",)),
        ),
        of_customer=True,
        digest=ask("digest usage for TEST COMPANY on Exchange"),
        export=ask("export usage for TEST COMPANY on Exchange"),
        ignored=ask("what do you ignore"),
    ),
    "usage_kept": UsageView(
        question="usage for TEST COMPANY on Exchange below 80%",
        scope=("TEST COMPANY", "Exchange"),
        by=("workload", "product"),
        items=(UsageItem("Exchange", None, shown(62, 100)),),
        matched=1,
        total=shown(62, 100),
        as_of=(ServiceDateView("Exchange", DAY),),
        narrowed=(BELOW,),
        selected=True,
        of_customer=True,
        whole=ask("usage for TEST COMPANY"),
        digest=ask("digest usage for TEST COMPANY on Exchange below 80%"),
        export=ask("export usage for TEST COMPANY on Exchange below 80%"),
        kept=(BELOW,),
        freed=ask("usage for TEST COMPANY on Exchange"),
    ),
    "list": UsageView(
        question="usage by customer on Exchange",
        scope=("Exchange",),
        by=("customer",),
        items=tuple(
            UsageItem(name, None, shown(active, of), open=RowButton({"says": "usage"}, "x1ZbCtsDEfrP", 6))
            for name, active, of in NAMED
        ),
        matched=6,
        total=shown(1_169, 1_711),
        as_of=(ServiceDateView("Exchange", DAY),),
        versus=ask("usage by customer on Exchange compared with last month"),
        digest=ask("digest usage by customer on Exchange"),
        export=ask("export usage by customer on Exchange"),
        reshape=ViewButton({"says": "usage"}, 6),
    ),
    "usage_one": with_buttons(
        UsageView(
            question="usage for TEST COMPANY on Exchange",
            scope=("TEST COMPANY", "Exchange"),
            by=("workload", "product"),
            items=(UsageItem("Exchange", "EXCHANGE ONLINE PROTECTION", shown(0, 1)),),
            matched=1,
            total=shown(0, 1),
            as_of=(ServiceDateView("Exchange", DAY),),
            of_customer=True,
        ),
        whole="TEST COMPANY",
    ),
    "usage_several": with_buttons(
        UsageView(
            question="usage for Fabrikam by workload, product",
            scope=("Fabrikam",),
            by=("workload", "product"),
            items=most_unused_first(
                UsageItem(name, product, shown(active, of), (SERVICES[name],))
                for name, product, active, of in WORKLOADS
            ),
            matched=len(WORKLOADS),
            total=of_workloads(*((name, active, of) for name, _, active, of in WORKLOADS)),
            as_of=tuple(ServiceDateView(name, day) for name, day in sorted(SERVICES.items())),
            newest=DAY,
            remarks=("mixed_days", "none_qualified", "over_full"),
            of_customer=True,
        )
    ),
    "usage_products": with_buttons(
        UsageView(
            question="usage for TEST COMPANY on Exchange",
            scope=("TEST COMPANY", "Exchange"),
            by=("product",),
            items=(*OF_EXCHANGE[:1], UsageItem("EXCHANGE ONLINE PROTECTION", None, shown(0, 100))),
            matched=2,
            total=shown(30, 260),
            as_of=(ServiceDateView("Exchange", DAY),),
            of_customer=True,
        ),
        whole="TEST COMPANY",
    ),
    "usage_shape": ShapeView(
        ("Exchange",),
        (),
        ("customer", "workload", "product"),
        "customer",
        ("unused", "lowest", "name"),
        "unused",
        ("all", "below_half", "idle", "beyond"),
        "all",
        ShapeButton({"says": "usage"}),
        more("usage", 20),
    ),
    "usage_row": UsageView(
        question="usage for Wellspring Marine GmbH on Exchange",
        scope=("Wellspring Marine GmbH", "Exchange"),
        by=("workload", "product"),
        items=(UsageItem("Exchange", None, shown(590, 800)),),
        matched=1,
        total=shown(590, 800),
        as_of=(ServiceDateView("Exchange", DAY),),
        whole=ask("usage for Wellspring Marine GmbH"),
        versus=ask("usage for Wellspring Marine GmbH on Exchange compared with last month"),
        digest=ask("digest usage for Wellspring Marine GmbH on Exchange"),
        export=ask("export usage for Wellspring Marine GmbH on Exchange"),
        back=more("usage by customer on Exchange", 40, start=20),
        following=RowButton({"says": "usage by customer on Exchange"}, "x1ZbCtsDEfrP", 40, 20),
        listed="customer",
    ),
    "usage_workloads": with_buttons(
        UsageView(
            question="usage by customer",
            scope=(),
            by=("customer",),
            items=(
                UsageItem(
                    "Parnell Paper SAS (parnellpapersas37.onmicrosoft.com)",
                    None,
                    of_workloads(*OF_PARNELL[0]),
                    unknown=2,
                ),
                UsageItem("Parnell Paper SAS (parnellpapersas38.onmicrosoft.com)", None, of_workloads(*OF_PARNELL[1])),
            ),
            matched=2,
            total=of_workloads(*OF_PARNELL[0], *OF_PARNELL[1]),
            as_of=(ServiceDateView("Microsoft Office 365", DAY),),
            remarks=("over_full", "summed_products"),
            counted=(("unknown_rows", 2),),
        )
    ),
    "usage_incomplete": with_buttons(
        UsageView(
            question="usage for TEST COMPANY on Exchange by product",
            scope=("TEST COMPANY", "Exchange"),
            by=("product",),
            items=OF_EXCHANGE,
            matched=len(OF_EXCHANGE),
            total=total_of(OF_EXCHANGE),
            as_of=(ServiceDateView("Exchange", WEEK_BEFORE), ServiceDateView("Exchange", DAY)),
            corrected=(CorrectionView("TEST COMPNAY", "TEST COMPANY"),),
            counted=(("missing_rows", 2), ("unreadable_days", 1)),
            older=((WEEK_BEFORE, 1),),
            newest=DAY,
            age=AgeView("months", 3),
            of_customer=True,
        ),
        whole="TEST COMPANY",
    ),
    "usage_many": _page(0),
    "usage_more": _page(ROWS_ON_CARD),
    "usage_long": with_buttons(
        UsageView(
            question=f'usage for "{LONG}" on Exchange by product, channel',
            scope=(LONG, "Exchange"),
            by=("product", "channel"),
            items=LONG_ROWS,
            matched=len(LONG_ROWS),
            total=total_of(LONG_ROWS),
            as_of=(ServiceDateView("Exchange", DAY),),
            remarks=("over_full",),
            of_customer=True,
        ),
        whole=LONG,
    ),
}
