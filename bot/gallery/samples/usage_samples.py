"""Answers with figures: one row, several, many, other shapes, and what is missing in them. Pure."""

from datetime import date

from bot.gallery.samples.sample_parts import LONG_NAME as LONG
from bot.gallery.samples.sample_parts import ask, more, shown
from cards.views.answer_views import ShapeView, UsageItem, UsageView, View
from cards.views.button_payload import RowButton, ShapeButton, ViewButton
from cards.views.usage_views import AgeView, CorrectionView, Figures, ServiceDateView

DAY = date(2018, 10, 14)
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


def _items(count: int, name: str = "Contoso {}") -> tuple[UsageItem, ...]:
    opens = RowButton({"verb": "usage", "on": ["Teams"], "by": ["customer"]}, "x1ZbCtsDEfrP", count)
    return tuple(UsageItem(name.format(index), None, shown(index * 7, 100), open=opens) for index in range(count))


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
        digest=ask("digest usage by customer on Exchange"),
        export=ask("export usage by customer on Exchange"),
        reshape=ViewButton({"says": "usage"}, 6),
    ),
    "usage_one": UsageView(
        question="usage for TEST COMPANY on Exchange",
        scope=("TEST COMPANY", "Exchange"),
        by=("workload", "product"),
        items=(UsageItem("Exchange", "EXCHANGE ONLINE PROTECTION", shown(0, 1)),),
        matched=1,
        total=shown(0, 1),
        as_of=(ServiceDateView("Exchange", DAY),),
    ),
    "usage_several": UsageView(
        question="usage for Fabrikam by workload, product",
        scope=("Fabrikam",),
        by=("workload", "product"),
        items=tuple(UsageItem(name, product, shown(active, of)) for name, product, active, of in WORKLOADS),
        matched=6,
        total=shown(3_123, 5_241),
        as_of=(
            ServiceDateView("Exchange", DAY),
            ServiceDateView("SharePoint", DAY),
            ServiceDateView("Teams", date(2018, 10, 7)),
        ),
        remarks=("mixed_days", "none_qualified", "over_full", "summed_products"),
    ),
    "usage_shape": ShapeView(
        ("Exchange",),
        (),
        ("customer", "workload", "product"),
        "customer",
        ("unused", "lowest"),
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
        back=more("usage by customer on Exchange", 40, start=20),
        following=RowButton({"says": "usage by customer on Exchange"}, "x1ZbCtsDEfrP", 40, 20),
        listed="customer",
    ),
    "usage_workloads": UsageView(
        question="usage by customer",
        scope=(),
        by=("customer",),
        items=(
            UsageItem(
                "Parnell Paper SAS (parnellpapersas37.onmicrosoft.com)",
                None,
                Figures(73, 123_456, 234_567, 111_111, 1_234, "Skype for Business", several=True),
                unknown=2,
            ),
            UsageItem(
                "Parnell Paper SAS (parnellpapersas38.onmicrosoft.com)",
                None,
                Figures(7, 1, 12, 11, 0, "Exchange", several=True),
            ),
        ),
        matched=2,
        total=Figures(72, 123_457, 234_579, 111_122, 1_234, "Skype for Business", several=True),
        as_of=(ServiceDateView("Microsoft Office 365", DAY),),
        counted=(("unknown_rows", 2),),
    ),
    "usage_incomplete": UsageView(
        question="usage for TEST COMPNAY on Exchange",
        scope=("TEST COMPANY", "Exchange"),
        by=("product",),
        items=(
            UsageItem("EXCHANGE ONLINE PROTECTION", None, shown(0, 100), (DAY,)),
            UsageItem("OFFICE 365 ENTERPRISE E3", None, shown(30, 60), (date(2018, 10, 7),)),
        ),
        matched=2,
        total=shown(30, 160),
        as_of=(ServiceDateView("Exchange", DAY), ServiceDateView("Exchange", date(2018, 10, 7))),
        remarks=("summed_products",),
        corrected=(CorrectionView("TEST COMPNAY", "TEST COMPANY"),),
        counted=(("missing_rows", 12), ("unreadable_days", 1), ("repeated_rows", 2)),
        older=((date(2018, 10, 7), 1),),
        newest=DAY,
        age=AgeView("months", 3),
    ),
    "usage_many": UsageView(
        question="usage by customer on Teams",
        scope=("Teams",),
        by=("customer",),
        items=_items(12),
        matched=480,
        total=shown(1_234_567, 2_345_678),
        as_of=(ServiceDateView("Teams", DAY),),
        more=more("usage by customer on Teams", 24),
    ),
    "usage_more": UsageView(
        question="usage by customer on Teams",
        scope=("Teams",),
        by=("customer",),
        items=_items(36),
        matched=480,
        total=shown(1_234_567, 2_345_678),
        as_of=(ServiceDateView("Teams", DAY),),
        more=more("usage by customer on Teams", 48),
    ),
    "usage_long": UsageView(
        question=f'usage for "{LONG}" by workload, product',
        scope=(LONG, "Exchange", "SharePoint"),
        by=("workload", "product"),
        items=(
            UsageItem(LONG, LONG, shown(123_456_789, 987_654_321)),
            UsageItem("W" * 90, "m" * 90, shown(1, 1_000)),
            UsageItem("شركة الاختبار للتجارة", "שלום", shown(99_999, 100_000)),
            UsageItem("*Contoso* [x](http://evil.example)", "**b** `c` <b>d</b>", shown(10**18, 1)),
        ),
        matched=4,
        total=shown(123_556_789, 987_754_321),
        as_of=(ServiceDateView("Exchange", DAY),),
    ),
}
