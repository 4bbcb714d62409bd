"""Every card, drawn by Microsoft's renderer on a small phone and a desktop.

Each is drawn in the light and in the dark theme.
"""

from datetime import date
from typing import Any

import pytest

from cards.draw import draw
from cards.views.answer_views import (
    Choice,
    ErrorView,
    HelloView,
    HelpView,
    ListView,
    NoMatchView,
    NotUnderstoodView,
    PickerView,
    ProgressView,
    ShapeView,
    UsageItem,
    UsageView,
    View,
)
from cards.views.button_payload import RowButton, ShapeButton
from cards.views.usage_views import AgeView, CorrectionView, Figures, ServiceDateView
from cards.wording.locale_words import LocaleWords
from tests.e2e.cards.compared_views import COMPARED_VIEWS
from tests.e2e.cards.digest_views import DIGEST_VIEWS
from tests.shown_figures import shown
from tests.unit.cards.buttons import ask, example, more, suggestion

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

DAY = date(2018, 10, 14)
TENANT = "0112a436-b14e-4888-967b-ca4bb2cf1234"
WORKLOADS = (
    ("Exchange", "EXCHANGE ONLINE PROTECTION", 1_204, 1_310),
    ("SharePoint", "OFFICE 365 ENTERPRISE E3", 0, 1),
    ("Skype for Business", "OFFICE 365 ENTERPRISE E3", 512, 1_310),
    ("Teams", "OFFICE 365 ENTERPRISE E3", 1_404, 1_310),
    ("Yammer", "OFFICE 365 ENTERPRISE E3", 3, 1_310),
    ("Power BI", "POWER BI (FREE)", 0, 0),
)
LONG = (
    "Gesellschaft zur Förderung der Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten mbH & Co. KG"
)


EXAMPLES = (
    example("usage for TEST COMPANY on Exchange", "help.example.basic"),
    example("usage on Exchange below 50%", "help.example.below"),
    example("top 20 by customer on Teams", "help.example.top"),
)
MANY = (
    *EXAMPLES,
    example('usage for "Focus on IT" on Exchange and SharePoint', "help.example.quoted"),
    example("usage on exo, spo by customer", "help.example.by"),
    example("usage for TEST COMPANY in OFFICE 365 ENTERPRISE E3", "help.example.product"),
    example("usage for TEST COMPANY except Skype", "help.example.except"),
    example("usage via reseller on Exchange", "help.example.channel"),
    example(f"usage for {TENANT.upper()}", "help.example.tenant"),
    example("usage for TEST COMPANY as of 2018-10-14", "help.example.as_of"),
    example("filter workloadCode eq 'SFB' or (channel eq 'Reseller')", "help.example.filter"),
)


def items(count: int, name: str = "Contoso {}") -> tuple[UsageItem, ...]:
    opens = RowButton({"verb": "usage", "on": ["Teams"], "by": ["customer"]}, "x1ZbCtsDEfrP", count)
    return tuple(UsageItem(name.format(index), None, shown(index * 7, 100), open=opens) for index in range(count))


VIEWS: dict[str, View] = {
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
        items=items(12),
        matched=480,
        total=shown(1_234_567, 2_345_678),
        as_of=(ServiceDateView("Teams", DAY),),
        more=more("usage by customer on Teams", 24),
    ),
    "usage_more": UsageView(
        question="usage by customer on Teams",
        scope=("Teams",),
        by=("customer",),
        items=items(36),
        matched=480,
        total=shown(1_234_567, 2_345_678),
        as_of=(ServiceDateView("Teams", DAY),),
        more=more("usage by customer on Teams", 48),
    ),
    "usage_long": UsageView(
        question=f"usage for {LONG} by workload, product",
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
    "help": HelpView(None, MANY),
    "help_topic": HelpView("usage", EXAMPLES),
    "hello": HelloView("Robin Sample", EXAMPLES),
    "welcome": HelloView("", EXAMPLES, welcome=True),
    "picker": PickerView(
        "contoso",
        "customer",
        (
            Choice("Contoso", TENANT, ask(f"usage for {TENANT}", replace=True)),
            Choice("Contoso", TENANT.replace("0112", "9112"), ask(f"usage for {TENANT}", replace=True)),
            Choice("Contoso Retail", None, ask("usage for Contoso Retail", replace=True)),
            Choice(LONG, None, ask(f"usage for {LONG}", replace=True)),
        ),
        17,
    ),
    "picker_domains": PickerView(
        "parnell",
        "customer",
        tuple(
            Choice(f"Parnell Paper SAS ({domain})", TENANT, ask(f"usage for {TENANT}", replace=True))
            for domain in ("parnellpapersas37.onmicrosoft.com", "parnell-paper.sales.example.co.uk", "pps.fr")
        ),
        3,
    ),
    "no_match": NoMatchView(
        "Contso",
        "customer",
        (
            Choice("Contoso", None, ask("usage for Contoso")),
            Choice("Context", None, ask("usage for Context")),
        ),
    ),
    "no_match_at_all": NoMatchView("Qwxz", "workload", ()),
    "not_understood": NotUnderstoodView(
        "usage for TEST COMPANY on Exchange belwo 50%",
        "not_understood",
        35,
        "belwo",
        (suggestion("usage for TEST COMPANY on Exchange below 50%"),),
    ),
    "missing_name": NotUnderstoodView("usage for ", "missing.name", 10, "", (suggestion("usage for TEST COMPANY"),)),
    "customers": ListView(
        "customer",
        "fabr",
        (*tuple((f"Fabrikam {place}", TENANT) for place in ("Berlin", "Lyon", "Gent", "Pécs")), (LONG, TENANT)),
        23,
        more("customers fabr", 30),
    ),
    "no_rows": ErrorView("no_rows", {"scope": "TEST COMPANY, Yammer"}),
    "only_file": ErrorView("only_file"),
    "only_emoji": ErrorView("only_emoji"),
    "throttled": ErrorView("throttled", {"seconds": "300"}, TENANT, ask("usage")),
    "mfa_required": ErrorView("mfa_required", {}, TENANT),
    "working": ProgressView("usage by customer", 3, 10),
    "working_unknown": ProgressView("usage by customer", 0, None),
}


assert not VIEWS.keys() & (DIGEST_VIEWS | COMPARED_VIEWS).keys()
VIEWS |= DIGEST_VIEWS | COMPARED_VIEWS


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 800])
@pytest.mark.parametrize("name", VIEWS)
async def test_a_card_fits_the_screen_and_is_not_cut(
    name: str, width: int, theme: str, draw_on_screen: Any, valid_card: Any
) -> None:
    card = valid_card(draw(VIEWS[name], LocaleWords.load("en-US")))
    drawn = await draw_on_screen(card, name, width=width, theme=theme)
    assert drawn.complaints == []
    assert drawn.unreadable == []


@pytest.mark.parametrize("name", VIEWS)
async def test_a_card_has_room_for_longer_words(name: str, draw_on_screen: Any, valid_card: Any) -> None:
    card = valid_card(draw(VIEWS[name], LocaleWords.load("qps-ploc")))
    drawn = await draw_on_screen(card, f"{name}-longer")
    assert drawn.unreadable == []
