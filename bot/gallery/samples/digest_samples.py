"""Digests as they are posted, listed, set up, changed and stopped. Pure."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.gallery.samples.sample_parts import LONG_NAME as LONG
from bot.gallery.samples.sample_parts import acts, ask, more, shown
from cards.views.answer_views import UsageItem, UsageView, View
from cards.views.digest_form_views import DigestFormView, DigestSettingsView, FormChoices
from cards.views.digest_views import (
    ChangeView,
    ConditionView,
    DigestLine,
    DigestNoticeView,
    DigestSetView,
    DigestsView,
    DigestView,
    ScheduleView,
)
from cards.views.form_payload import DigestInputs, FormButton
from cards.views.usage_views import ServiceDateView

ZONE = ZoneInfo("Europe/Amsterdam")
AT = datetime(2018, 10, 15, 8, 30, tzinfo=ZONE)
BEFORE = datetime(2018, 10, 8, 8, 30, tzinfo=ZONE)
MONDAYS = ScheduleView("weekly", time(8, 30), "Europe/Amsterdam", days=(0, 3))
WHENS = (
    MONDAYS,
    ScheduleView("weekdays", time(9), "Europe/Amsterdam"),
    ScheduleView("daily", time(17), "America/Argentina/ComodRivadavia"),
    ScheduleView("monthly", time(9), "Europe/Amsterdam", day=30),
    ScheduleView("monthly", time(9), "Europe/Amsterdam", day=31),
    ScheduleView("once", None, "Europe/Amsterdam"),
)
USAGE = UsageView(
    question="usage by customer on Exchange",
    scope=("Exchange",),
    by=("customer",),
    items=tuple(UsageItem(f"Contoso {place}", None, shown(index * 31, 120), open=ask("usage for Contoso"))
                for index, place in enumerate(("Berlin", "Lyon", "Gent", "Pécs", "Delft"))),
    matched=480,
    total=shown(31_204, 52_310),
    as_of=(ServiceDateView("Exchange", date(2018, 10, 14)),),
    remarks=("summed_products",),
)  # fmt: skip
DIGEST = DigestView(
    number=3,
    usage=USAGE,
    when=MONDAYS,
    owner="Robin Sample",
    since=BEFORE,
    total_before=shown(30_117, 52_301),
    matched_before=479,
    idle=(ChangeView("Contoso Berlin", shown(12, 120), shown(0, 120), ask("usage for Contoso Berlin on Exchange")),),
    adopted=(ChangeView("Contoso Lyon", shown(0, 120), shown(31, 120), ask("usage for Contoso Lyon on Exchange")),),
    moves=(
        ChangeView("Contoso Gent", shown(12, 80), shown(62, 120), ask("usage for Contoso Gent on Exchange")),
        ChangeView("Contoso Pécs", shown(99, 120), shown(93, 120), ask("usage for Contoso Pécs on Exchange")),
    ),
    came=(ChangeView("Contoso Delft", None, shown(0, 9), ask("usage for Contoso Delft on Exchange")),),
    idle_total=1,
    adopted_total=1,
    moves_total=211,
    came_total=1,
    largest=True,
    open=ask("show digest 3"),
    settings=ask("change digest 3"),
)
LINE = DigestLine(3, "usage by customer on Exchange", MONDAYS, "active", AT, "sent", BEFORE, "Robin Sample",
                  where="channel", acts=acts(3))  # fmt: skip
LINES = (
    LINE,
    replace(LINE, number=4, state="paused", when=WHENS[2], next=None, last="missed"),
    replace(LINE, number=5, state="suspended", question=f'usage for "{LONG}"', last="failed"),
    replace(LINE, number=6, last="unknown", here=False, where="groupChat"),
    replace(LINE, number=7, last="waiting", mine=False),
    replace(LINE, number=1_234_567, state="done", when=WHENS[5]),
    *(replace(LINE, number=8 + each, when=WHENS[each % 6]) for each in range(44)),
)
FORM = FormButton({"says": "change digest 3"})
CHOICES = FormChoices(
    ("weekdays", "daily", *(f"day{each}" for each in range(7)), "first", "last"),
    ("always", "changed", "below", "unused"),
    DigestInputs("day0", "08:30", "changed", zone="Europe/Amsterdam"),
)
SETTINGS = DigestSettingsView(
    replace(LINE, only=ConditionView(changed=True), last="unchanged"),
    replace(CHOICES, days=("kept", *CHOICES.days), inputs=replace(CHOICES.inputs, when="kept")),
    FORM,
    FORM,
    ask("digests"),
)
STOPPED = DigestSetView(
    "stopped",
    LINE,
    listed=ask("digests"),
    again=ask("digest every monday 8:30 usage on Exchange"),
    undo=ask("resume digest 3"),
)
DIGEST_SAMPLES: dict[str, View] = {
    "digest": DIGEST,
    "digest_first": replace(DIGEST, since=None, late_for=BEFORE, skipped=True),
    "digest_no_change": replace(DIGEST, idle_total=0, adopted_total=0, moves_total=0, came_total=0,
                                total_before=USAGE.total, same_day=True),
    "digest_selected": replace(
        DIGEST,
        usage=replace(USAGE, selected=True, matched=5, scope=("Exchange", LONG)),
        gone=(ChangeView(LONG, shown(123_456_789, 987_654_321), None), ChangeView("W" * 90, shown(0, 1), None)),
        gone_total=2,
    ),
    "digest_nothing": replace(DIGEST, usage=replace(USAGE, items=(), matched=0, total=shown(0, 0), selected=True),
                              idle_total=0, adopted_total=0, moves_total=0, came_total=0, gone=DIGEST.idle,
                              gone_total=1),
    "digest_one": replace(
        DIGEST,
        usage=replace(USAGE, items=(UsageItem("Exchange", "EXCHANGE ONLINE PROTECTION", shown(0, 1)),), matched=1,
                      total=shown(0, 1), scope=("TEST COMPANY", "Exchange")),
        total_before=shown(1, 1), matched_before=1, adopted_total=0, moves_total=0, came_total=0,
        idle=(ChangeView("Exchange · EXCHANGE ONLINE PROTECTION", shown(1, 1), shown(0, 1)),),
    ),
    "digests": DigestsView(LINES, 60, more("digests", 50)),
    "digests_few": DigestsView(LINES[:6], 6),
    "digests_none": DigestsView((), 0),
    "digest_created": DigestSetView("created", LINE, (AT, AT.replace(day=18), AT.replace(day=22))),
    "digest_elsewhere": DigestSetView("resumed", replace(LINE, here=False, when=WHENS[2]),
                                      (AT, AT.replace(day=18), AT.replace(day=22))),
    "digest_stopped": STOPPED,
    "digest_first_of_all": replace(DigestSetView("created", LINE, (AT, AT.replace(day=18))), zone_form=FORM),
    "digest_form": DigestFormView("usage by customer on Exchange", CHOICES, FORM, "Europe/Amsterdam", shared=True),
    "digest_form_alone": DigestFormView(
        "usage by customer",
        replace(CHOICES, groups=("customer", "workload", "product"), inputs=replace(CHOICES.inputs, what="customer")),
        FORM, "Europe/Amsterdam",
    ),
    "digest_form_first": DigestFormView(f'usage for "{LONG}"', CHOICES, FORM, "Europe/Amsterdam", zone_asked=True),
    "digest_form_mistakes": DigestFormView(
        "usage by customer on Exchange",
        replace(CHOICES, mistakes=("at", "below", "zone"),
                inputs=replace(CHOICES.inputs, at="", quiet="below", amount="half", zone="Rotterdam")),
        FORM, "Europe/Amsterdam", zone_asked=True, shared=True,
    ),
    "digest_settings": SETTINGS,
    "digest_settings_paused": replace(
        SETTINGS, line=replace(LINE, state="paused_until", until=date(2018, 11, 5), only=ConditionView(below=60),
                               last="not_met"),
        choices=replace(CHOICES, inputs=replace(CHOICES.inputs, quiet="below", amount="60"))),
    "digest_settings_mistake": replace(
        SETTINGS, choices=replace(CHOICES, mistakes=("past",), inputs=replace(CHOICES.inputs, until="2018-10-01"))),
    "digest_settings_others": DigestSettingsView(replace(LINE, mine=False, acts={}), listed=ask("digests")),
    "digest_paused_notice": DigestNoticeView("paused_misses", LINE, again=ask("resume digest 3")),
    "digest_gone_notice": DigestNoticeView("gone", LINE, "404 ConversationNotFound", ask("resume digest 3")),
    "digest_refused_notice": DigestNoticeView(
        "refused", LINE, "403 BotNotInConversationRoster", ask("resume digest 3")
    ),
    "digest_failed_notice": DigestNoticeView("failed", LINE, "MessageSizeTooBig", ask("run digest 3")),
    "usage_digest": replace(
        USAGE, more=more("usage", 24), digest=ask("digest usage by customer on Exchange")),
}  # fmt: skip
