"""A card in the pseudo-locale has no text outside the pseudo-locale's brackets."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.gallery.samples.sample_parts import acts, ask, example, more, suggestion
from cards.answers.account_card import STATES
from cards.digests.digest_list_card import ACTS, LAST
from cards.digests.digest_notice_card import DONE, NOTICES
from cards.digests.schedule_inputs import MISTAKES
from cards.digests.several_digests_card import CHANGED, CONFIRM, UNCHANGED
from cards.draw import draw, summary
from cards.views.answer_views import (
    AccessStatusView,
    AccountView,
    Choice,
    ErrorView,
    HelloView,
    HelpView,
    ListView,
    NoMatchView,
    NotUnderstoodView,
    PickerView,
    ProgressView,
    SignInView,
    UsageItem,
    UsageView,
    View,
)
from cards.views.digest_form_views import DigestFormView, DigestSettingsView, FormChoices
from cards.views.digest_views import (
    ChangeView,
    ConditionView,
    ConfirmDigestsView,
    DigestLine,
    DigestNoticeView,
    DigestSetView,
    DigestsSetView,
    DigestsView,
    DigestView,
    ScheduleView,
    UnchangedDigest,
)
from cards.views.form_payload import DigestInputs, FormButton
from cards.views.usage_views import ServiceDateView
from cards.wording.locale_words import LocaleWords
from tests.shown_figures import shown

# All data is written as capital X. Any other letter must be inside brackets.
ITEM = UsageItem("XX", "XXX", shown(1, 2))
CHOICE = Choice("X" * 40, "XX", ask("XX"))
EXAMPLE = example("XX", "help.example.basic")
ASKS = (suggestion("XX"),)
USAGE = UsageView("XX", (), ("customer",), (ITEM, ITEM), 9, shown(2, 4),
                  (ServiceDateView("XX", date(2018, 10, 14)), ServiceDateView("XXX", date(2018, 10, 7))),
                  ("over_full", "mixed_days"), more("XX", 9), digest=ask("XX"))  # fmt: skip
AT = datetime(2018, 10, 15, 8, 30, tzinfo=UTC)
WHENS = (
    ScheduleView("daily", time(8, 30), "XX"),
    ScheduleView("weekdays", time(17), "XX"),
    ScheduleView("weekly", time(8, 30), "XX", days=(0, 3)),
    ScheduleView("monthly", time(8, 30), "XX", day=1),
    ScheduleView("monthly", time(8, 30), "XX", day=30),
    ScheduleView("monthly", time(8, 30), "XX", day=31),
    ScheduleView("few_weeks", time(8, 30), "XX", days=(0, 3), weeks=2),
    *(ScheduleView("month_weekday", time(8, 30), "XX", days=(0,), nth=nth) for nth in range(1, 6)),
    ScheduleView("one_day", time(8, 30), "XX", once=date(2018, 10, 14)),
    ScheduleView("daily", time(8, 30), "XX", until=date(2018, 10, 14)),
    ScheduleView("once", None, "XX"),
    ScheduleView("unheard of", None, "XX"),
)
LINE = DigestLine(3, "XX", WHENS[0], "active", AT, "sent", AT, "XX", where="channel", acts=acts(3))
FORM = FormButton({"says": "XX"})
FORM_CHOICES = FormChoices(
    ("kept", "weekdays", "daily", "day0", "first", "last"),
    ("always", "changed", "dropped", "below", "unused"),
    DigestInputs("day0", "08:30", "always", zone="XX"),
    tuple(MISTAKES),
)
ONE, OTHER = shown(1, 2), shown(0, 3)
CHANGES = (
    ChangeView("XX", ONE, OTHER),
    ChangeView("XX", None, OTHER),
    ChangeView("XX", ONE, None),
    ChangeView("XX", ONE, shown(2, 2)),
)
DIGEST = DigestView(3, USAGE, WHENS[2], "XX", AT, ONE, CHANGES, CHANGES, CHANGES, CHANGES, CHANGES, 9, 9, 9, 9, 9, 9,
                    late_for=AT, skipped=True, open=ask("XX"))  # fmt: skip
VIEWS: list[View] = [
    USAGE,
    UsageView("XX", ("XX",), (), (ITEM,) * 90, 99, shown(0, 0), (), (), None),
    UsageView("XX", ("XX",), (), (), 0, shown(0, 0), (), (), None),
    HelpView(None, (EXAMPLE,) * 9),
    HelpView("usage", (EXAMPLE,)),
    HelloView("XX", (EXAMPLE,)),
    HelloView("", ()),
    PickerView("XX", "customer", (CHOICE,) * 2, 9),
    PickerView("XX", "workload", (Choice("XX", "workload", ask("XX")),), 1),
    NoMatchView("XX", "product", (CHOICE,)),
    NoMatchView("XX", "product", ()),
    NotUnderstoodView("XX XX", "not_understood", 0, "XX", ASKS),
    NotUnderstoodView("XX", "not_understood", 2, "", ASKS),
    ListView("customer", "XX", (("XX", "XX"),) * 99, 200, more("XX", 9)),
    ListView("workload", None, (), 0),
    ErrorView("throttled", {"seconds": "10"}, "XX", ask("XX")),
    ErrorView("no_rows"),
    SignInView("not_signed_in", question="XX"),
    SignInView(
        "mfa_required", correlation_id="XX", question="XX", link="https://teams.microsoft.com/l/chat/0/0?users=XX"
    ),
    AccountView("signed_in", "XX", "XX", date(2018, 10, 14)),
    *(AccountView(state) for state in STATES),
    AccountView("signed_in", standing=AccessStatusView("shown", True)),
    AccountView("signed_in", standing=AccessStatusView("shown")),
    AccountView(
        "signed_in", standing=AccessStatusView("refused", False, ErrorView("role_missing", correlation_id="XX"))
    ),
    AccountView("signed_in", standing=AccessStatusView("shown", False, in_vain=True)),
    ErrorView("mfa_required.here", {"code": "401"}, "XX"),
    SignInView("factor_not_passed_on", question="XX", link="https://teams.microsoft.com/l/chat/0/0", waits=False),
    AccountView("signed_in", standing=AccessStatusView("unknown", why=ErrorView("throttled", {"seconds": "10"}))),
    DIGEST,
    replace(DIGEST, usage=replace(USAGE, selected=True), owner="", largest=True),
    replace(DIGEST, since=None, usage=replace(USAGE, items=())),
    *(
        DigestView(3, replace(USAGE, items=(), selected=True, total=ONE), WHENS[0], "XX", AT, ONE, same_day=same)
        for same in (True, False)
    ),
    DigestsView((), 0),
    DigestsView((LINE,), 1),
    DigestsView(
        tuple(
            replace(LINE, state=state, last=last, mine=last != "sent", here=False, where=where)
            for state in ACTS
            for last in LAST
            for where in ("personal", "groupChat", "channel")
        ),
        99,
    ),
    *(DigestSetView(done, replace(LINE, when=when), (AT,) * 3, ask("XX")) for done in DONE for when in WHENS),
    *(
        DigestSetView("created", replace(LINE, here=here, where=where), (AT,))
        for here in (True, False)
        for where in ("personal", "groupChat", "channel", "")
    ),
    DigestsView((LINE, replace(LINE, state="paused_until", until=date(2018, 10, 14))), 2, asks=True),
    DigestSetView("paused_until", replace(LINE, state="paused_until", until=date(2018, 10, 14)), (AT,)),
    *(
        DigestsSetView(
            act, (DigestSetView(done, LINE, again=again),) * 9, tuple(UnchangedDigest(3, each) for each in UNCHANGED)
        )
        for act in CHANGED
        for done in DONE
        for again in (None, ask("XX"))
    ),
    DigestsSetView("stop", (), (UnchangedDigest(3, "digest_not_yours", {"owner": "XX"}),)),
    *(ConfirmDigestsView(act, (LINE,) * count, ask("XX")) for act in CONFIRM for count in (1, 3)),
    ConfirmDigestsView("pause", (LINE,) * 3, ask("XX"), date(2018, 10, 14)),
    DigestSetView("created", LINE, (AT,), zone_form=FORM),
    DigestFormView("XX", FORM_CHOICES, FORM, shared=True),
    *(
        DigestSettingsView(replace(LINE, state=state, only=only), FORM_CHOICES, FORM, FORM, ask("XX"))
        for state in ACTS
        for only in (
            ConditionView(changed=True),
            ConditionView(below=50),
            ConditionView(unused_above=20),
            ConditionView(drops_below=50),
        )
    ),
    DigestSettingsView(replace(LINE, until=date(2018, 10, 14), state="paused_until")),
    *(DigestNoticeView(notice, LINE, problem, ask("XX")) for notice in NOTICES for problem in ("", "XX", "busy")),
    ProgressView("XX", 0, None),
    ProgressView("XX", 2, 3),
]
READ = {"text", "title", "tooltip", "fallbackText", "speak", "altText", "label", "placeholder", "errorMessage"}
# Babel's own words: a month, days of the week, halves of a day, and the separators of a list.
BABEL = re.compile(r"October|Monday|Thursday|\b[AP]M\b|\bor\b|\band\b")


def visible(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [inner for key, inner in value.items() if key in READ and isinstance(inner, str)]
        return own + [text for key, inner in value.items() if key != "data" for text in visible(inner)]
    return [text for inner in value for text in visible(inner)] if isinstance(value, list) else []


def foreign(text: str) -> str:
    """Return the letters of `text` that are neither data nor from the locale."""
    while (inner := re.sub(r"⟦[^⟦⟧]*⟧", "", text)) != text:
        text = inner
    return re.sub(r"[^\w]|[X\d_]", "", BABEL.sub("", text))


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: type(view).__name__)
def test_every_text_of_a_card_is_from_the_locale(view: View) -> None:
    words = LocaleWords.load("qps-ploc")
    said = [*visible(draw(view, words)), summary(view, words)]
    assert len(said) > 3
    assert [text for text in said if foreign(text)] == []
