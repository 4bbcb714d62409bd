"""Renewals, and whom to call. Pure."""

from dataclasses import replace
from datetime import date

from bot.gallery.samples.digest_times import DUE, MONDAYS, NEXT
from bot.gallery.samples.sample_parts import LONG_NAME, ask, more
from cards.views.answer_views import View
from cards.views.digest_views import ConditionView, DigestLine, DigestSetView
from cards.views.kinds.kind_digest_view import KindDigestView
from cards.views.kinds.renewal_alert_view import RenewalAlertItem, RenewalAlertView
from cards.views.kinds.selling_views import (
    CallItem,
    CallsView,
    NumberView,
    ReasonView,
    RenewalItem,
    RenewalsView,
    RuleView,
    SourceView,
    TermView,
)
from cards.views.usage_views import Narrowing

_USED_ON, _SOLD_ON, _READ_ON = date(2026, 10, 26), date(2026, 10, 27), date(2026, 10, 28)
_END = date(2026, 11, 30)


def _sold(number: int) -> NumberView:
    return NumberView(number, "deployment", _SOLD_ON)


def _used(number: int) -> NumberView:
    return NumberView(number, "usage", _USED_ON)


_TERM = TermView("Microsoft 365 E3", "35b3", _END, 33, renewing="auto", seats=120, after=100)
_STORY = RenewalItem(
    "TEST COMPANY",
    "Microsoft 365 E3",
    _sold(120),
    _sold(104),
    _used(62),
    _used(42),
    "Exchange",
    60,
    _TERM,
    (_TERM,),
    not_assigned=16,
    idle=42,
    seats=120,
)
_MONTHLY = TermView("Microsoft 365 E3", "9c01", date(2026, 11, 12), 15, renewing="off", seats=20, trial=True)
_OVER = TermView("Microsoft 365 E3", "77d2", date(2026, 10, 1), -27, renewing="off", state="expired", seats=5)
_FAR = TermView("Visio Plan 2", "0a4e", far=True, renewing="unknown", state="suspended")
_UNMATCHED = RenewalItem(
    "TEST COMPANY", "Visio Plan 2", NumberView(8, "live", _READ_ON), term=_FAR, terms=(_FAR,), unjoined="unknown_offer"
)
_OTHERS = RenewalItem(
    "TEST COMPANY", "EXCHANGE ONLINE (PLAN 1)", _sold(10), _sold(12), _used(9), _used(1), "Exchange", 90,
    unjoined="no_subscription", group="product",
)  # fmt: skip
_LAPSED = RenewalItem(
    "TEST COMPANY", "Project Plan 3", NumberView(5, "live", _READ_ON), term=_OVER, terms=(_OVER,),
    unjoined="unknown_offer", group="ended", seats=5,
)  # fmt: skip
_SOURCES = (
    SourceView("live", _READ_ON),
    SourceView("deployment", _SOLD_ON),
    SourceView("usage", date(2026, 10, 25), _USED_ON),
)
_FAILED = (
    SourceView("live", problem="not_your_customer"),
    SourceView("analytics", _READ_ON),
    SourceView("deployment", problem="endpoint_missing"),
    SourceView("usage", _USED_ON),
)
_ONE = RenewalsView(
    "renewals for TEST COMPANY in Microsoft 365 E3",
    ("TEST COMPANY", "Microsoft 365 E3"),
    (),
    (_STORY,),
    1,
    _SOURCES,
    customer="TEST COMPANY",
    usage=ask("usage for TEST COMPANY"),
    all_products=ask("renewals for TEST COMPANY"),
    digest=ask("digest renewals for TEST COMPANY"),
    remind=ask("alert every day at 9:00 renewals for TEST COMPANY in the next 30 days"),
    again=ask("renewals for TEST COMPANY in Microsoft 365 E3", replace=True),
)
_CUSTOMERS = ("Wellspring Marine GmbH", "Hawthorn Plastics BV", "Proseware Films SAS", "Fabrikam", LONG_NAME)


def _listed(customer: str, days: int) -> RenewalItem:
    end = date.fromordinal(_READ_ON.toordinal() + days)
    term = replace(_TERM, end=end, days=days, after=None)
    return replace(_STORY, customer=customer, term=term, terms=(term,), open=ask(f"renewals for {customer}"))


_LIST = RenewalsView(
    "renewals in the next 60 days below 80%",
    (),
    (),
    tuple(_listed(name, 12 + 9 * at) for at, name in enumerate(_CUSTOMERS)),
    30,
    (SourceView("analytics", _READ_ON), *_SOURCES[1:]),
    ahead=60,
    renewing="auto",
    groups=(("running", 30),),
    counted=(
        ("gap.unread", 2),
        ("no_end", 1),
        ("no_use", 7),
        ("no_quantity", 2),
        ("no_subscription", 84),
        ("unjoined.no_offer", 3),
    ),
    more=more("renewals in the next 60 days", 12),
    digest=ask("digest renewals in the next 60 days"),
)
_CUSTOMER = replace(
    _ONE,
    scope=("TEST COMPANY",),
    items=tuple(
        replace(each, open=ask("renewals for TEST COMPANY")) for each in (_STORY, _UNMATCHED, _LAPSED, _OTHERS)
    ),
    matched=4,
    groups=(("running", 2), ("ended", 1), ("product", 1)),
    numbers=replace(_STORY, product="", sold=_sold(130), assigned=_sold(116), term=None, terms=()),
    counted=(("unjoined.no_subscription", 1), ("unjoined.unknown_offer", 2)),
    all_products=None,
)
_RULES = (
    RuleView("renews_unused", 60, 50),
    RuleView("stops", 60),
    RuleView("unused", 0, 75, 10),
    RuleView("dropped", 30, 10, 5),
    RuleView("renews", 30),
)
_REASONS = (
    ReasonView("renews_unused", "Microsoft 365 E3", 58, 48, _END, 33, "auto", "Exchange"),
    ReasonView("stops", "Visio Plan 2", 0, None, _END, 33, "off"),
    ReasonView("unused", "Exchange", 58, 48),
    ReasonView("dropped", "Teams", 14, day=date(2026, 9, 26)),
    ReasonView("renews", "Project Plan 3", 0, None, _READ_ON, 0, "unknown"),
)
_CALLS = CallsView(
    "whom should I call",
    (),
    (),
    tuple(CallItem(name, _REASONS[at:], ask(f"usage for {name}")) for at, name in enumerate(_CUSTOMERS)),
    5,
    _RULES,
    _LIST.sources,
    earlier=date(2026, 9, 26),
    counted=(
        ("gap.unread", 2),
        ("calls.no_end", 1),
        ("calls.no_renewing", 2),
        ("calls.no_use", 3),
        ("calls.no_workload", 4),
        ("unjoined.no_offer", 5),
    ),
    digest=ask("digest whom should I call"),
)

_REMINDED = RenewalAlertView(
    number=7,
    about=(),
    limits=(Narrowing("below", shares=(0.6,)),),
    ahead=60,
    when=MONDAYS,
    owner="Robin Sample",
    items=(RenewalAlertItem(replace(_STORY, open=ask("renewals for TEST COMPANY"))),),
    total=1,
    sources=_LIST.sources,
    open=ask("open digest 7"),
    settings=ask("change digest 7"),
)
_BEFORE_ENDS = DigestLine(
    7, "renewals below 60% in the next 60 days", MONDAYS, "active", DUE, owner="Robin Sample", mine=True, here=True,
    only=ConditionView(crosses=True, ends=True),
)  # fmt: skip
RENEWAL_ALERT_SAMPLES: dict[str, View] = {
    "renewal_alert": _REMINDED,
    "renewal_alert_several": replace(
        _REMINDED,
        about=(LONG_NAME,),
        renewing="off",
        items=(
            RenewalAlertItem(_listed(LONG_NAME, 12), again=True),
            RenewalAlertItem(replace(_UNMATCHED, customer="Fabrikam", seats=8)),
        ),
        total=9,
        missing=("Fabrikam · Visio Plan 2", "TEST COMPANY · Microsoft 365 E3"),
        missing_total=8,
        blind="partly_unread",
        counted=(("no_end", 2),),
        late_for=DUE,
    ),
    "renewal_alert_blind": replace(_REMINDED, items=(), total=0, blind="unread"),
    "renewal_alert_ended": replace(_REMINDED, items=(), total=0, blind="ended"),
    "renewal_alert_missing": replace(_REMINDED, items=(), total=0, missing=("TEST COMPANY · E3",), missing_total=1),
    "renewal_alert_nothing": replace(_REMINDED, items=(), total=0, news=False),
    "renewal_alert_created": DigestSetView("created", _BEFORE_ENDS, NEXT),
}
SELLING_SAMPLES: dict[str, View] = {
    "renewal": _ONE,
    "renewal_several": replace(
        _ONE, items=(replace(_STORY, term=_MONTHLY, terms=(_MONTHLY, _TERM, _OVER)),), usage=None, sources=_FAILED
    ),
    "renewal_unknown": replace(_ONE, items=(_UNMATCHED,), counted=(("unjoined.unknown_offer", 1),), sources=_FAILED),
    "renewals_customer": _CUSTOMER,
    "renewals_list": _LIST,
    "renewals_none": replace(_LIST, items=(), matched=0, more=None, counted=(), groups=()),
    "renewals_ended": replace(
        _CUSTOMER, items=(_LAPSED, _OTHERS), matched=2, groups=(("ended", 1), ("product", 1)), counted=()
    ),
    "calls": _CALLS,
    "digest_of_renewals": KindDigestView(
        3,
        replace(_LIST, more=None, digest=None),
        MONDAYS,
        "Anna Berg",
        open=ask("open digest 3"),
        settings=ask("change digest 3"),
    ),
    **RENEWAL_ALERT_SAMPLES,
    "calls_none": replace(_CALLS, items=(), matched=0, earlier=None, counted=()),
}
