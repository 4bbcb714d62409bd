"""Cards of a conversation: help, welcome, the choice of a name, what was not understood. Pure."""

from dataclasses import replace
from datetime import date

from bot.gallery.samples.sample_figures import shown
from bot.gallery.samples.sample_parts import LONG_NAME as LONG
from bot.gallery.samples.sample_parts import TENANT, ask, example, long_name, more, suggestion, tenant_of
from cards.views.answer_views import (
    CancelledView,
    Choice,
    ErrorView,
    HelloView,
    HelpView,
    ListView,
    NoMatchView,
    NotUnderstoodView,
    PickerView,
    ProgressView,
    View,
)
from cards.views.button_payload import FillButton, RepeatButton
from cards.views.form_payload import FormButton
from cards.views.kinds.seats_view import SeatsView
from cards.views.progress.cancel_payload import CancelButton
from cards.views.usage_views import Narrowing
from cards.views.way_views import Way

BELOW_HALF = Narrowing("below", shares=(0.5,))
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

TILES = (
    replace(EXAMPLES[0], title="tile.unused", name="Exchange", words="tile.unused.text"),
    replace(EXAMPLES[1], title="tile.customer", words="tile.customer.text"),
    replace(EXAMPLES[2], title="tile.digest", words="tile.digest.text"),
)
OWN = (
    replace(EXAMPLES[0], name="Wellspring Marine GmbH", figures=shown(590, 800), about="Exchange"),
    replace(EXAMPLES[1], name=LONG, figures=shown(999, 1_000), about="Exchange"),
    TILES[2],
)
PLACES = ("Berlin", "Brno", "Delft", "Gent", "Graz", "Leuven", "Lyon", "Metz", "Nice", "Pécs", "Riga", "Turku",
          "Utrecht", "Wien")  # fmt: skip
FABRIKAM = (*(f"Fabrikam {place}" for place in PLACES), long_name("Fabrikam AG"))


def _choice(name: str, tenant: str | None) -> Choice:
    """Return a customer to choose; its id is shown if another one has the same name."""
    return Choice(name, tenant, ask(f"usage for {tenant or tenant_of(name)}", replace=True))


CONVERSATION_SAMPLES: dict[str, View] = {
    "help": HelpView(None, MANY, keeps_misses=True, tiles=TILES, more=more("help", 40)),
    "help_all": HelpView(None, MANY, keeps_misses=True),
    "help_topic": HelpView("usage", EXAMPLES),
    "hello": HelloView("Robin Sample", OWN, more("help", 40)),
    "welcome": HelloView("", TILES, more("help", 40)),
    "picker": PickerView(
        "contoso",
        "customer",
        (
            # Two customers of one name, then names of one customer each.
            *(_choice("Contoso", tenant) for tenant in (TENANT, tenant_of("Contoso"))),
            *(_choice(f"Contoso {trade}", None) for trade in ("Foods", "Pharma", "Retail")),
            _choice(long_name("Contoso AG"), None),
        ),
        17,
    ),
    "picker_domains": PickerView(
        "parnell",
        "customer",
        tuple(
            _choice(f"Parnell Paper SAS ({domain})", None)
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
        (suggestion("usage for TEST COMPANY on Exchange below 50%"), suggestion("usage for TEST COMPANY on Exchange")),
        understood=("TEST COMPANY", "Exchange", LONG),
    ),
    "only_sold": NotUnderstoodView(
        "is copilot being used",
        "not_offered.copilot",
        3,
        "copilot",
        (suggestion("sold licenses in MICROSOFT 365 COPILOT"),),
        seats=SeatsView("MICROSOFT 365 COPILOT", 29, 15, date(2026, 10, 27)),
    ),
    "proposed": NotUnderstoodView(
        "hw r seats at TEST COMPANY for mail",
        "not_understood",
        0,
        "hw r",
        (suggestion("usage for TEST COMPANY"),),
        understood=("TEST COMPANY",),
        proposal=suggestion("usage for TEST COMPANY on Exchange"),
    ),
    "missing_name": NotUnderstoodView("usage for ", "missing.name", 10, "", (suggestion("usage for TEST COMPANY"),)),
    "missing_day": NotUnderstoodView(
        "compare TEST COMPANY",
        "missing.day",
        0,
        "",
        (suggestion("usage for TEST COMPANY"),),
        understood=("TEST COMPANY",),
        day=FormButton({"says": "usage"}),
    ),
    "customers": ListView(
        "customer",
        "fabr",
        tuple((name, tenant_of(name)) for name in FABRIKAM),
        23,
        more("customers fabr", 30, start=len(FABRIKAM)),
        asks=tuple(ask(f"usage for {tenant_of(name)}") for name in FABRIKAM),
        other=FillButton({"verb": "usage"}, "fabr"),
    ),
    "no_rows": ErrorView(
        "no_rows", {"scope": "TEST COMPANY, Yammer"}, ways=(Way("usage.whole", ask("usage for TEST COMPANY")),)
    ),
    "none_within": ErrorView(
        "none_within",
        {"scope": "TEST COMPANY, Exchange"},
        ways=(
            Way("way.no_kept", ask("usage for TEST COMPANY on Exchange with more than 10 unused licenses")),
            Way("way.no_limits", ask("usage for TEST COMPANY on Exchange")),
        ),
        limits=(BELOW_HALF, Narrowing("above", numbers=(10,), measure="unused")),
        kept=(BELOW_HALF,),
    ),
    "no_such_digest": ErrorView("no_such_digest", {"number": "7"}),
    "only_file": ErrorView("only_file"),
    "only_emoji": ErrorView("only_emoji"),
    "throttled": ErrorView("throttled", {"seconds": "300"}, TENANT, ask("usage")),
    "mfa_required": ErrorView("mfa_required", {}, TENANT),
    "working": ProgressView("usage by customer", 3, 10, CancelButton("0" * 32)),
    "working_customers": ProgressView("usage by customer", 40, 250, CancelButton("0" * 32), of_customers=True),
    "working_unknown": ProgressView("usage by customer", 0, None),
    "cancelled": CancelledView("usage by customer", RepeatButton("usage by customer")),
    "already_answered": ErrorView("already_answered"),
    "not_your_question": ErrorView("not_your_question"),
    "cancelling": ErrorView("cancelling"),
    "not_cancelled": ErrorView("not_cancelled"),
}
