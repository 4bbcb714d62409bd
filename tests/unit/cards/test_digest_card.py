from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.gallery.samples.sample_parts import ask
from cards.draw import draw, summary
from cards.parts.card_size import BUDGET, size
from cards.views.answer_views import UsageItem, UsageView
from cards.views.digest_views import BecauseView, ChangeView, ConditionView, DigestView, ScheduleView
from cards.views.usage_views import ServiceDateView
from cards.wording.locale_words import LocaleWords
from tests.shown_figures import shown

WORDS = LocaleWords.load("en-GB")
ZONE = ZoneInfo("Europe/Amsterdam")
SINCE = datetime(2018, 10, 8, 8, 30, tzinfo=ZONE)
USAGE = UsageView(
    question="usage on Exchange",
    scope=("Exchange",),
    by=("customer",),
    items=(UsageItem("Contoso", None, shown(0, 120)), UsageItem("Fabrikam", None, shown(31, 120))),
    matched=2,
    total=shown(31, 240),
    as_of=(ServiceDateView("Exchange", date(2018, 10, 14)),),
    remarks=("summed_products",),
)
DIGEST = DigestView(
    number=1_234,
    usage=USAGE,
    when=ScheduleView("weekly", time(8, 30), "Europe/Amsterdam", days=(0,)),
    owner="Robin Sample",
    since=SINCE,
    total_before=shown(12, 240),
    matched_before=2,
    idle=(ChangeView("Contoso", shown(12, 120), shown(0, 120)),),
    adopted=(ChangeView("Fabrikam", shown(0, 120), shown(31, 120)),),
    idle_total=1,
    adopted_total=1,
    open=ask("show digest 1234"),
)
QUIET = replace(DIGEST, total_before=USAGE.total, idle=(), adopted=(), idle_total=0, adopted_total=0)


def test_a_digest_starts_with_what_changed(lines: Any) -> None:
    assert lines(draw(DIGEST, WORDS))[:5] == [
        "Digest 1234 · Every Monday at 08:30 (Europe/Amsterdam) · Exchange",
        "2 changes since Monday, 8 October 2018, 08:30",
        "▼",
        "Contoso is no longer used",
        "108 → 120 unused · 12 → 0 active of 120 qualified · 10% → 0% in use (−10 points)",
    ]


def test_what_is_newly_used_has_another_sign(lines: Any) -> None:
    told = lines(draw(DIGEST, WORDS))
    assert told[5:8] == [
        "▲",
        "Fabrikam is newly used",
        "120 → 89 unused · 0 → 31 active of 120 qualified · 0% → 26% in use (+26 points)",
    ]


def test_the_total_is_below_the_changes_beside_the_last_one(lines: Any) -> None:
    told = lines(draw(DIGEST, WORDS))
    assert told[8:11] == [
        "209 unused  13% in use · 31 active of 240 qualified",
        "2 customers in total",
        "Last time 228 unused, 5%, 12 active of 240 qualified",
    ]


def test_both_numbers_are_shown_when_licenses_were_sold_too(lines: Any) -> None:
    view = replace(DIGEST, moves=(ChangeView("Gent", shown(1, 10), shown(2, 20)),), moves_total=7)
    told = lines(draw(view, WORDS))
    at = told.index("Gent changed")
    assert told[at - 1 : at + 2] == ["▲", "Gent changed", "9 → 18 unused · 1 → 2 active, 10 → 20 qualified"]
    assert "9 changes since Monday, 8 October 2018, 08:30" in told
    assert "Not shown here: 6 changed" in told


def test_no_change_is_one_line(lines: Any) -> None:
    told = lines(draw(QUIET, WORDS))
    assert "No change since Monday, 8 October 2018, 08:30." in told
    assert not any(line.startswith(("What changed", "Last time", "▼")) for line in told)


def test_a_digest_says_that_the_figures_are_those_of_last_time(lines: Any) -> None:
    told = lines(draw(replace(QUIET, same_day=True), WORDS))
    assert "No change since Monday, 8 October 2018, 08:30: Partner Center has no new figures." in told


def test_the_first_digest_has_nothing_to_compare_with(lines: Any) -> None:
    told = lines(draw(replace(DIGEST, since=None), WORDS))
    assert any(line.startswith("There is nothing to compare with yet.") for line in told)
    assert "Contoso is no longer used" not in told
    assert told[:2] == ["Digest 1234 · Every Monday at 08:30 (Europe/Amsterdam)", "Exchange"]


def test_a_digest_that_is_posted_once_promises_no_next_one(lines: Any) -> None:
    told = lines(draw(replace(DIGEST, since=None, when=ScheduleView("once", None, "UTC")), WORDS))
    assert not any("compare" in line or "next digest" in line for line in told)


def test_items_outside_the_limits_are_not_called_gone(lines: Any) -> None:
    view = replace(
        DIGEST, usage=replace(USAGE, selected=True), gone=(ChangeView("Gent", shown(1, 10), None),), gone_total=1
    )
    told = lines(draw(view, WORDS))
    at = told.index("Gent is no longer listed")
    assert told[at - 1 : at + 2] == ["●", "Gent is no longer listed", "9 unused, 10%, 1 active of 10 qualified"]
    assert any(line.startswith("The question selects only some") for line in told)
    assert "Last time 2 together, with 228 unused, 5%, 12 active of 240 qualified" in told


def test_a_single_item_is_not_listed_twice(lines: Any) -> None:
    usage = replace(USAGE, items=USAGE.items[1:], matched=1, total=shown(31, 120))
    move = ChangeView("Fabrikam", shown(30, 120), shown(31, 120))
    view = replace(QUIET, usage=usage, matched_before=1, total_before=shown(30, 120), moves=(move,), moves_total=1)
    told = lines(draw(view, WORDS))
    assert told.count("Fabrikam") == 1
    assert "Last time 90 unused, 25%, 30 active of 120 qualified" in told
    assert "What changed since Monday, 8 October 2018, 08:30" in told


@pytest.mark.parametrize(
    ("selected", "told"),
    [(True, "Nothing is within the limits of this question right now."),
     (False, "Partner Center has no figures for this question right now.")],
)  # fmt: skip
def test_an_answer_without_rows_says_so(selected: bool, told: str, lines: Any) -> None:
    usage = replace(USAGE, items=(), matched=0, total=shown(0, 0), as_of=(), selected=selected)
    assert told in lines(draw(replace(DIGEST, usage=usage), WORDS))


def test_a_digest_says_that_it_is_late_and_others_were_missed(lines: Any) -> None:
    told = lines(draw(replace(DIGEST, late_for=SINCE, skipped=True), WORDS))
    assert told[2:4] == [
        "This digest is late. It was due Monday, 8 October 2018, 08:30.",
        "Earlier digests were missed and will not be posted.",
    ]


def test_a_digest_names_the_rights_and_links_the_full_answer(lines: Any, pressed: Any) -> None:
    card = draw(DIGEST, WORDS)
    assert lines(card)[-2:] == [
        "Several products are added up here. A person with two products counts twice.",
        "As of 14 October 2018 · This answer uses the rights of Robin Sample: it shows what Robin Sample may see.",
    ]
    assert pressed(card) == [("Full answer", ask("show digest 1234"))]


def test_the_rows_are_named_as_those_with_most_unused(lines: Any) -> None:
    view = replace(DIGEST, usage=replace(USAGE, matched=480), largest=True)
    assert lines(draw(view, WORDS))[-1].startswith("2 of 480 shown, those with most unused · As of 14 October 2018 · ")


def test_a_row_is_tapped_to_ask_about_it(pressed: Any) -> None:
    about = ask("usage for Contoso on Exchange")
    items = (replace(USAGE.items[0], open=about), USAGE.items[1])
    assert pressed(draw(replace(DIGEST, usage=replace(USAGE, items=items)), WORDS)) == [
        ("Contoso: 120 unused", about),
        ("Full answer", ask("show digest 1234")),
    ]


def test_change_is_tapped_to_ask_about_it(pressed: Any) -> None:
    about = ask("usage for Contoso on Exchange")
    idle = (replace(DIGEST.idle[0], open=about),)
    assert pressed(draw(replace(DIGEST, idle=idle), WORDS))[0] == ("Contoso is no longer used: 108 → 120 unused", about)


def test_the_toast_has_the_figures_and_the_change() -> None:
    assert summary(DIGEST, WORDS) == (
        "Digest 1234. Exchange: 209 unused, 13%, 31 active of 240 qualified. 1 no longer used. 1 newly used."
    )
    assert summary(QUIET, WORDS).endswith("No change since Monday, 8 October 2018, 08:30.")


@pytest.mark.parametrize("name", ["x" * 500, "🧨" * 90, "好" * 200])
def test_a_card_stays_small_with_any_name(name: str, valid_card: Any) -> None:
    changes = (ChangeView(name, shown(10**9, 10**10), shown(10**10, 10**11)),) * 5
    item = UsageItem(name, name, shown(1, 2))
    view = replace(DIGEST, usage=replace(USAGE, items=(item,) * 5, matched=999, scope=(name,) * 9), owner=name,
                   idle=changes, adopted=changes, moves=changes, came=changes, gone=changes, idle_total=9,
                   moves_total=9, came_total=9, gone_total=9)  # fmt: skip
    assert size(valid_card(draw(view, WORDS))) < BUDGET


def test_points_are_those_of_the_shares_shown(lines: Any) -> None:
    view = replace(DIGEST, moves=(ChangeView("Gent", shown(729, 1_000), shown(706, 1_000)),), moves_total=1)
    told = lines(draw(view, WORDS))
    assert told[told.index("Gent fell 2 points to 71%") - 1] == "▼"


def test_what_rises_has_the_other_sign(lines: Any) -> None:
    view = replace(DIGEST, moves=(ChangeView("Gent", shown(50, 100), shown(51, 100)),), moves_total=1)
    told = lines(draw(view, WORDS))
    assert told[told.index("Gent rose 1 point to 51%") - 1] == "▲"


def test_change_of_beyond_is_told_apart(lines: Any) -> None:
    view = replace(DIGEST, moves=(ChangeView("Gent", shown(8, 8), shown(19, 8)),), moves_total=1)
    told = lines(draw(view, WORDS))
    at = told.index("Gent changed")
    assert told[at + 1] == "8 active of 8 qualified · 0 → 11 more active without a qualified license"


def test_change_over_several_workloads_has_no_sum(lines: Any) -> None:
    before = replace(shown(62, 100), percent=84, workload="Teams", several=True)
    after = replace(shown(58, 100), percent=82, workload="Teams", several=True)
    other = replace(after, workload="Exchange")
    view = replace(DIGEST, moves=(ChangeView("Gent", before, after), ChangeView("Lyon", before, other)), moves_total=2)
    told = lines(draw(view, WORDS))
    for name, figures in (
        ("Gent", "Teams: 38 → 42 unused, 62 → 58 active of 100 qualified"),
        ("Lyon", "Exchange: 42 unused, 58 active of 100 qualified"),
    ):
        assert told[told.index(f"{name} fell 2 points to 82%") + 1] == figures


def test_unknown_figures_of_last_time_are_not_compared(lines: Any) -> None:
    view = replace(DIGEST, total_before=None, idle=(), adopted=(), idle_total=0, adopted_total=0)
    told = lines(draw(view, WORDS))
    assert any(line.startswith("Last time's figures were kept in an older form") for line in told)
    assert not any(line.startswith("No change") for line in told)


def test_digest_with_unknown_figures_does_not_say_that_nothing_changed(lines: Any) -> None:
    told = lines(draw(replace(QUIET, certain=False), WORDS))
    assert not any(line.startswith("No change since") for line in told)
    assert any("Lines with such figures are not compared." in line for line in told)
    assert not any("Lines with such figures" in line for line in lines(draw(DIGEST, WORDS)))


HALF = ConditionView(below=50)


@pytest.mark.parametrize(
    ("because", "told"),
    [
        (BecauseView(HALF, lines=3, of_customers=True), "Posted because 3 customers are below 50%."),
        (BecauseView(HALF, lines=1), "Posted because 1 line is below 50%."),
        (BecauseView(ConditionView(drops_below=12.5), lines=2), "Posted because 2 lines dropped below 12.5%."),
        (
            BecauseView(ConditionView(unused_above=1_200), lines=1, of_customers=True),
            "Posted because 1 customer has more than 1,200 unused licenses.",
        ),
        (BecauseView(ConditionView(changed=True)), "Posted because something changed."),
        (
            BecauseView(HALF, "first"),
            "Posted because it is the first one: there is nothing to compare with yet.",
        ),
        (
            BecauseView(HALF, "unknown"),
            "Posted because figures are missing: it is not known whether its condition holds.",
        ),
    ],
)
def test_digest_with_a_condition_says_why_it_came(lines: Any, because: BecauseView, told: str) -> None:
    view = replace(DIGEST, because=because)
    assert lines(draw(view, WORDS))[2] == told
    assert told in summary(view, WORDS)
