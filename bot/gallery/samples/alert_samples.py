"""Alerts as they are posted. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from bot.gallery.samples.digest_samples import LINE
from bot.gallery.samples.digest_times import DUE, MONDAYS, NEXT
from bot.gallery.samples.sample_figures import shown
from bot.gallery.samples.sample_parts import LONG_NAME as LONG
from bot.gallery.samples.sample_parts import ask
from cards.views.answer_views import View
from cards.views.digest_views import ConditionView, DigestSetView, DigestsView
from cards.views.kinds.alert_views import AlertItem, AlertView
from cards.views.usage_views import Narrowing

NOW, BEFORE = date(2018, 10, 14), date(2018, 10, 7)
FELL = AlertView(
    number=5,
    about=("TEST COMPANY", "Exchange"),
    limits=(Narrowing("below", shares=(0.5,)),),
    when=MONDAYS,
    owner="Robin Sample",
    items=(
        AlertItem(
            "TEST COMPANY · Exchange",
            shown(48, 100),
            NOW,
            shown(53, 100),
            BEFORE,
            open=ask("usage for TEST COMPANY on Exchange"),
        ),
    ),
    total=1,
    of_customers=True,
    back_at=Narrowing("at_least", shares=(0.52,)),
    over=1,
    open=ask("show digest 5"),
    settings=ask("change digest 5"),
)
_SEVERAL = replace(
    FELL,
    about=("Exchange",),
    limits=(Narrowing("above", numbers=(20,), measure="unused"),),
    licenses=True,
    items=(
        AlertItem("Contoso · Exchange", shown(60, 100), NOW, shown(85, 100), BEFORE, open=ask("usage for Contoso")),
        AlertItem(f"{LONG} · Exchange", shown(6, 30), NOW, again=True, open=ask("usage for Fabrikam")),
    ),
    total=7,
    back_at=Narrowing("at_most", numbers=(18,), measure="unused"),
    missing=("Fabrikam", "TEST COMPANY"),
    missing_total=9,
    over=12,
    late_for=DUE,
)
_ROSE = replace(
    FELL,
    limits=(Narrowing("between", shares=(0.6, 0.8)),),
    items=(replace(FELL.items[0], now=shown(66, 100), rose=True, again=True),),
    back_at=None,
)
_LINE = replace(
    LINE,
    number=5,
    question="usage for TEST COMPANY on Exchange by customer below 50%",
    last="not_met",
    only=ConditionView(crosses=True),
)
_BLIND = replace(FELL, items=(), total=0, over=0, blind="incomplete")
_MISSING = replace(_BLIND, blind="", missing=("TEST COMPANY",), missing_total=1)
_BACK = replace(_MISSING, missing=(), missing_total=0, returned=("TEST COMPANY",), returned_total=1)

ALERT_SAMPLES: Mapping[str, View] = MappingProxyType(
    {
        "alert": FELL,
        "alert_already": replace(FELL, items=(replace(FELL.items[0], before=None, before_day=None, first=True),)),
        "alert_several": _SEVERAL,
        "alert_over": replace(_SEVERAL, news=False),
        "alert_rose": _ROSE,
        "alert_blind": _BLIND,
        "alert_missing": _MISSING,
        "alert_back": _BACK,
        "alert_nothing": replace(_BLIND, blind="", news=False),
        "alert_created": DigestSetView("created", replace(_LINE, last="", last_at=None), NEXT),
        "alerts": DigestsView((_LINE, replace(_LINE, number=6, last="unknown")), 2),
    }
)
