"""Digests as they are listed, set up, changed and stopped. Pure."""

from dataclasses import replace
from datetime import date

from bot.gallery.samples.digest_times import AMSTERDAM, LAST, MONDAYS, NEXT, NEXT_DAILY, NOW, TIMES
from bot.gallery.samples.posted_digest_samples import LISTED, POSTED_DIGEST_SAMPLES
from bot.gallery.samples.sample_parts import LONG_NAME as LONG
from bot.gallery.samples.sample_parts import acts, ask, more
from cards.views.answer_views import View
from cards.views.digest_form_views import DigestFormView, DigestSettingsView, FormChoices
from cards.views.digest_views import (
    ConditionView,
    DigestLine,
    DigestNoticeView,
    DigestSetView,
    DigestsView,
    ScheduleView,
)
from cards.views.form_payload import DigestInputs, FormButton

LINE = DigestLine(3, "usage by customer on Exchange", MONDAYS, "active", NEXT[0], "sent", LAST, "Robin Sample",
                  where="channel", acts=acts(3))  # fmt: skip


def _line(number: int, at: int = 0) -> DigestLine:
    """Return the line of a digest of the schedule at this place."""
    times = TIMES[at]
    last = "sent" if times.last is not None else ""
    return replace(LINE, number=number, when=times.when, next=times.next, last=last, last_at=times.last,
                   acts=acts(number))  # fmt: skip


LINES = (
    LINE,
    replace(_line(4, 2), state="paused", next=None, last="missed"),
    replace(_line(5), state="suspended", question=f'usage for "{LONG}"', next=None, last="failed"),
    replace(_line(6), last="unknown", here=False, where="groupChat"),
    replace(_line(7), last="waiting", mine=False),
    replace(_line(1_234_567, 5), state="done", next=None, last="sent", last_at=NOW.replace(hour=11)),
    *(_line(8 + each, each % 6) for each in range(44)),
)
FORM = FormButton({"says": "change digest 3"})
CHOICES = FormChoices(
    ("weekdays", "daily", *(f"day{each}" for each in range(7)), "first", "last"),
    ("always", "changed", "dropped", "below", "unused"),
    DigestInputs("day0", "08:30", "changed", zone=AMSTERDAM),
)
DROPPED = replace(CHOICES, inputs=replace(CHOICES.inputs, quiet="dropped", amount="50"))
# No choice of days says Monday and Thursday, so there is one more.
KEPT = replace(CHOICES, days=("kept", *CHOICES.days), inputs=replace(CHOICES.inputs, when="kept"))
SETTINGS = DigestSettingsView(
    replace(LINE, only=ConditionView(changed=True), last="unchanged"),
    KEPT,
    FORM,
    FORM,
    ask("digests"),
)
UNTIL = date(2018, 11, 5)  # a Monday
NEW = replace(LINE, last="", last_at=None)
RESTS = replace(LINE, state="suspended", next=None, last="failed")
STOPPED = DigestSetView(
    "stopped",
    LINE,
    listed=ask("digests"),
    again=ask("digest every monday and thursday 8:30 usage by customer on Exchange"),
    undo=ask("resume digest 3"),
)
# Those that the person may change, in the question whether to delete them.
CHANGEABLE = (*LINES[:3], *LINES[8:11])
STOPPED_THREE = tuple(replace(STOPPED, line=line, undo=ask(f"resume digest {line.number}")) for line in LINES[:3])
DIGEST_SAMPLES: dict[str, View] = {
    **POSTED_DIGEST_SAMPLES,
    "digests": DigestsView(LINES, 60, more("digests", 50)),
    "digests_few": DigestsView(LINES[:6], 6),
    "digests_unreadable": DigestsView(
        (LINES[0], replace(_line(2), state="unreadable", when=ScheduleView("", None, ""), next=None,
                           acts={"stop": ask("stop digest 2")})), 2),
    "digests_none": DigestsView((), 0),
    "digest_created": DigestSetView("created", NEW, NEXT),
    "digest_elsewhere": DigestSetView("resumed", replace(_line(4, 2), here=False), NEXT_DAILY),
    "digest_stopped": STOPPED,
    "digest_paused": DigestSetView(
        "paused",
        replace(LINE, state="paused", next=None, acts={act: ask(f"{act} digest 3") for act in ("resume", "stop")}),
        listed=ask("digests"),
        until_form=FORM,
    ),
    "digest_one_time": DigestSetView("created", replace(NEW, when=TIMES[5].when, next=TIMES[5].next), (TIMES[5].next,)),
    "digest_first_of_all": replace(DigestSetView("created", NEW, NEXT), zone_form=FORM),
    "digest_form": DigestFormView("usage by customer on Exchange", CHOICES, FORM, shared=True),
    "digest_form_alone": DigestFormView(
        "usage by customer",
        replace(CHOICES, groups=("customer", "workload", "product"), inputs=replace(CHOICES.inputs, what="customer")),
        FORM,
    ),
    "digest_form_long": DigestFormView(f'usage for "{LONG}"', DROPPED, FORM),
    "digest_form_mistakes": DigestFormView(
        "usage by customer on Exchange",
        replace(CHOICES, mistakes=("at", "below", "zone"),
                inputs=replace(CHOICES.inputs, at="", quiet="below", amount="half", zone="Rotterdam")),
        FORM, shared=True,
    ),
    "digest_settings": SETTINGS,
    "digest_settings_paused": replace(
        SETTINGS, line=replace(LINE, state="paused_until", until=UNTIL, next=NEXT[0].replace(month=11, day=UNTIL.day),
                               only=ConditionView(below=60), last="not_met"),
        choices=replace(KEPT, inputs=replace(KEPT.inputs, quiet="below", amount="60"))),
    "digest_settings_mistake": replace(
        SETTINGS, choices=replace(KEPT, mistakes=("past",), inputs=replace(KEPT.inputs, until="2018-10-01"))),
    "digest_settings_others": DigestSettingsView(replace(LINE, mine=False, acts={}), listed=ask("digests")),
    "digest_paused_notice": DigestNoticeView("paused_misses", replace(RESTS, state="paused", last="missed"),
                                              again=ask("resume digest 3")),
    "digest_gone_notice": DigestNoticeView("gone", RESTS, "404 ConversationNotFound", ask("resume digest 3")),
    "digest_refused_notice": DigestNoticeView(
        "refused", RESTS, "403 BotNotInConversationRoster", ask("resume digest 3")
    ),
    "digest_many_notice": DigestNoticeView(
        "refused", RESTS, "403 BotNotInConversationRoster", ask("resume digest 3"), more=37, last=True
    ),
    "digest_last_notice": DigestNoticeView(
        "failed", replace(LINE, last="failed"), "partner_down", ask("run digest 3"), last=True
    ),
    "digest_failed_notice": DigestNoticeView(
        "failed", replace(LINE, last="failed"), "MessageSizeTooBig", ask("run digest 3")
    ),
    "usage_digest": LISTED,
}  # fmt: skip
