from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.figures import LicenseFigures, Licenses, WorkloadLicenses
from bot.domain.licensing import Dimension, Entry
from bot.gallery.samples.sample_parts import ask, more
from bot.query.reports.report_gaps import Gaps
from bot.usage.shown_figures import shown_figures
from cards.draw import draw, plain_text, summary
from cards.parts.card_size import BUDGET, size
from cards.parts.scope_text import limits_in_words
from cards.parts.share_text import bar
from cards.usage.shown_rows import rows_until
from cards.views.answer_views import UsageItem, UsageView
from cards.views.button_payload import RowButton, ViewButton, pack, unpack
from cards.views.usage_views import AgeView, CorrectionView, Narrowing, ServiceDateView
from cards.wording.locale_words import LocaleWords
from tests.shown_figures import shown

WORDS = LocaleWords.load("en-US")
DAY, EARLIER = date(2018, 10, 14), date(2018, 10, 7)
ONE = UsageView(
    question="usage for TEST COMPANY on Exchange",
    scope=("TEST COMPANY", "Exchange"),
    by=("workload", "product"),
    items=(UsageItem("Exchange", "EXCHANGE ONLINE PROTECTION", shown(0, 1)),),
    matched=1,
    total=shown(0, 1),
    as_of=(ServiceDateView("Exchange", DAY),),
)
TWO = replace(ONE, matched=2, total=shown_figures(LicenseFigures(Licenses(110, 101, 1))),
              items=(*ONE.items, UsageItem("Teams", None, shown(110, 100))))  # fmt: skip


def many(count: int, name: str = "Contoso {}") -> UsageView:
    items = tuple(
        UsageItem(name.format(index), "OFFICE 365 ENTERPRISE E3", shown(index, 100)) for index in range(count)
    )
    return replace(ONE, items=items, matched=480, by=("customer",), more=more("usage", 24))


def test_the_answer_names_customer_workload_day_and_figures(lines: Any) -> None:
    told = lines(draw(ONE, WORDS))
    assert told == [
        "TEST COMPANY",
        "Exchange",
        "EXCHANGE ONLINE PROTECTION",
        "1",
        "license unused",
        "0%",
        "in use",
        "▱▱▱▱▱▱▱▱▱▱",
        "0 active of 1 qualified",
        "As of October 14, 2018",
    ]


def test_a_single_row_is_not_repeated_as_the_total(lines: Any) -> None:
    assert lines(draw(ONE, WORDS)).count("0 active of 1 qualified") == 1
    assert lines(draw(ONE, WORDS)).count("Exchange") == 1


def test_several_rows_have_a_total_and_say_what_they_are_listed_by(lines: Any) -> None:
    told = lines(draw(TWO, WORDS))
    assert told[:3] == ["TEST COMPANY · Exchange", "1", "license unused"]
    assert "Workload and product · active of qualified" in told
    assert told.count("10 more active without a qualified license") == 2
    assert told[told.index("Teams") :][:2] == ["Teams", "▰▰▰▰▰▰▰▰▰▰  100% · 100\u00a0of\u00a0100"]
    assert "110%" not in " ".join(told)


def test_the_ratio_is_na_when_no_license_qualifies(lines: Any) -> None:
    view = replace(ONE, items=(UsageItem("Power BI", None, shown(7, 0)),), total=shown(7, 0))
    told = lines(draw(view, WORDS))
    assert "n/a" in told
    assert not any("▱" in line for line in told)


def test_everything_has_a_title_too(lines: Any) -> None:
    assert lines(draw(replace(ONE, scope=()), WORDS))[:2] == ["Everything you can see", "Exchange"]
    assert lines(draw(replace(TWO, scope=()), WORDS))[0] == "Everything you can see"


def test_services_of_different_days_have_own_lines(lines: Any) -> None:
    as_of = (ServiceDateView("Teams", EARLIER), ServiceDateView("SharePoint", DAY), ServiceDateView("Exchange", DAY))
    told = lines(draw(replace(TWO, as_of=as_of), WORDS))
    at = told.index("Exchange and SharePoint: as of October 14, 2018")
    assert told[at + 1] == "Teams: as of October 7, 2018"


def test_very_many_days_are_a_range(lines: Any) -> None:
    as_of = tuple(ServiceDateView(f"S{index}", date(2018, 10, index)) for index in range(1, 10))
    told = lines(draw(replace(TWO, as_of=as_of), WORDS))
    assert "As of October 1, 2018 to October 9, 2018, depending on the service" in told


def test_remarks_are_at_the_end_each_once(lines: Any) -> None:
    view = replace(TWO, remarks=("over_full", "remark.over_full", "nonsense"))
    told = lines(draw(view, WORDS))
    assert sum(line.startswith("More active than qualified") for line in told) == 1
    assert any(line.startswith("These figures have a special property") for line in told)


def test_the_next_rows_take_the_place_of_the_card(pressed: Any) -> None:
    card = draw(many(12), WORDS)
    assert pressed(card) == [("Next 12", more("usage", 32, start=12))]
    execute = next(part for part in card["body"] if part["type"] == "ActionSet")["actions"][0]
    assert "fallback" not in execute  # Action.Submit replaces no card


def test_a_new_question_is_asked_in_old_clients_too() -> None:
    card = draw(replace(ONE, versus=ask("v")), WORDS)
    execute = next(part for part in card["body"] if part["type"] == "ActionSet")["actions"][0]
    assert execute["fallback"] == {"type": "Action.Submit", "title": "Compare", "data": pack(ask("v"))}


def test_every_row_of_a_full_list_has_a_bar(lines: Any) -> None:
    view = replace(many(20), items=tuple(replace(item, detail=None) for item in many(20).items))
    assert sum("▱" in line for line in lines(draw(view, WORDS))) == 20


def test_list_of_customers_leads_with_names_below_a_quiet_total(lines: Any) -> None:
    view = replace(many(3), total=shown(350, 969))
    assert lines(draw(view, WORDS))[:6] == [
        "TEST COMPANY · Exchange",
        "480 customers",
        "619 unused  36% in use · 350 active of 969 qualified",
        "As of October 14, 2018",
        "Customer · active of qualified",
        "Unused",
    ]


def test_three_buttons_are_in_sight_and_the_others_behind_the_dots(pressed: Any, valid_card: Any) -> None:
    view = replace(many(20), items=many(40).items[20:], start=20, fresh=20, digest=ask("d"), versus=ask("v"))
    card = valid_card(draw(view, WORDS))
    [row] = [part for part in card["body"] if part["type"] == "ActionSet"]
    assert [(each["title"], each.get("mode")) for each in row["actions"]] == [
        ("Next 20", None),
        ("Back to start", None),
        ("Compare", None),
        ("Make a digest", "secondary"),
    ]
    assert all(len(title) <= 14 for title, _ in pressed(card))


@pytest.mark.parametrize("name", ["Contoso {}", "ünïcödé 好好好好好好好好好好 {}", "x" * 500 + "{}", "🧨" * 50 + "{}"])
@pytest.mark.parametrize("count", [12, 36, 1_000])
def test_a_card_stays_small_and_its_button_goes_on_where_it_ends(
    name: str, count: int, lines: Any, valid_card: Any, pressed: Any
) -> None:
    card = valid_card(draw(many(count, name), WORDS))
    assert size(card) < BUDGET
    told = lines(card)
    drawn = sum(line.startswith(("▰", "▱")) for line in told)
    assert f"{drawn} of 480 shown" in told
    [(title, button)] = pressed(card)
    assert (title, button.start) == (f"Next {drawn}", drawn)


def test_an_answer_without_rows_says_what_to_do(lines: Any) -> None:
    view = replace(ONE, items=(), matched=0, total=shown(0, 0))
    assert "There is nothing to show here. Try a wider question." in lines(draw(view, WORDS))


@pytest.mark.parametrize(
    ("active", "qualified", "cells"),
    [(0, 1, "▱" * 10), (1, 1_000, "▰" + "▱" * 9), (999, 1_000, "▰" * 9 + "▱"), (1, 1, "▰" * 10), (3, 1, "▰" * 10),
     (1, 0, ""), (44, 100, "▰" * 4 + "▱" * 6), (45, 100, "▰" * 5 + "▱" * 5), (10**400, 1, "▰" * 10)],
)  # fmt: skip
def test_a_bar_is_empty_only_at_0_and_full_only_at_100_percent(active: int, qualified: int, cells: str) -> None:
    assert "".join(run.text for run in bar(shown(active, qualified))) == cells


def test_toast_and_screen_reader_get_one_sentence() -> None:
    assert summary(ONE, WORDS) == (
        "TEST COMPANY, Exchange: 1 unused, 0%, 0 active of 1 qualified. As of October 14, 2018"
    )
    assert draw(TWO, WORDS)["speak"].endswith(
        "Teams: 0 unused, 100%, 100 active of 100 qualified, 10 more active without a qualified license."
    )


def test_what_is_spoken_is_never_markup() -> None:
    view = replace(ONE, scope=("<speak><audio src='http://evil.example'/></speak>",))
    assert "<speak" not in draw(view, WORDS)["speak"]


def test_markup_in_a_name_stays_a_name() -> None:
    name = "*Contoso* [x](http://evil.example)"
    card = draw(replace(TWO, items=(UsageItem(name, name, shown(1, 2)), *TWO.items), scope=(name,)), WORDS)
    for part in card["body"]:
        if part["type"] == "TextBlock":
            assert "Contoso" not in part["text"]
    assert "Contoso" not in card["fallbackText"]


def test_rows_selected_by_ratio_are_not_called_a_total(lines: Any) -> None:
    view = replace(TWO, selected=True)
    assert "These 2 together" in lines(draw(view, WORDS))
    assert "These 2 together" not in lines(draw(TWO, WORDS))
    assert summary(view, WORDS).startswith("TEST COMPANY, Exchange, only the 2 that match: ")


@pytest.mark.parametrize("name", ["customer", "workload", "service", "product", "channel"])
def test_heading_counts_the_lines_when_each_is_one_thing(name: str, lines: Any) -> None:
    view = replace(TWO, by=(name,))
    assert f"2 {name}s" in lines(draw(view, WORDS))[:2]
    assert f"These 2 {name}s together" in lines(draw(replace(view, selected=True), WORDS))


def test_heading_says_numbers_of_licenses(lines: Any) -> None:
    narrowed = (
        Narrowing("above", numbers=(1000,), measure="unused"),
        Narrowing("between", numbers=(10, 50), measure="active"),
        Narrowing("exactly", numbers=(1,), measure="beyond"),
        Narrowing("bottom", count=5, measure="qualified"),
    )
    told = " · ".join(lines(draw(replace(TWO, narrowed=narrowed), WORDS)))
    assert "more than 1,000 unused · between 10 and 50 active" in told
    assert "exactly 1 active without a qualified license · bottom 5 by qualified licenses" in told


def test_the_next_page_replaces_the_rows_when_they_do_not_fit(lines: Any, pressed: Any) -> None:
    view = replace(many(60, "x" * 150 + " {}"), start=0, fresh=50)
    card = draw(view, WORDS)
    assert size(card) < BUDGET
    assert "51 to 60 of 480 shown" in lines(card)
    assert pressed(card) == [("Next 10", more("usage", 80, start=60)), ("Back to start", more("usage", 20))]


@pytest.mark.parametrize(("name", "rows"), [("Contoso {}", 12), ("\U0001f355" * 400 + "{}", 9)])
def test_where_a_card_ends_is_known_without_its_reader(name: str, rows: int, lines: Any) -> None:
    view = many(12, name)
    assert f"{rows} of 480 shown" in lines(draw(view, WORDS))
    assert rows_until(view, WORDS) == rows
    assert rows_until(replace(view, matched=rows), WORDS) == rows


def test_the_last_page_has_only_the_way_back(lines: Any, pressed: Any) -> None:
    items = tuple(replace(item, detail=None) for item in many(20).items)
    view = replace(many(20), items=items, start=460, fresh=460)
    card = draw(view, WORDS)
    assert "461 to 480 of 480 shown" in lines(card)
    assert pressed(card) == [("Back to start", more("usage", 20))]


def test_a_card_without_a_button_says_how_to_see_the_rest(lines: Any, pressed: Any) -> None:
    card = draw(replace(many(12), more=None), WORDS)
    assert pressed(card) == []
    assert "468 more are not shown. Ask for one customer or one workload to see them." in lines(card)


def test_trial_and_sold_licenses_are_told_apart(lines: Any) -> None:
    both = shown_figures(LicenseFigures(Licenses.of(11, 0) + Licenses.of(5, 8)))
    told = lines(draw(replace(ONE, items=(UsageItem("Exchange", None, both),), total=both), WORDS))
    at = told.index("3")
    assert told[at + 1 : at + 7] == [
        "licenses unused",
        "63%",
        "in use",
        "▰▰▰▰▰▰▱▱▱▱",
        "5 active of 8 qualified",
        "11 more active without a qualified license",
    ]


def test_several_workloads_have_a_share_and_the_worst_but_no_sum(lines: Any) -> None:
    teams = WorkloadLicenses(Entry(Dimension.WORKLOAD, "TEAMS", "Teams"), Licenses.of(62, 100))
    total = shown_figures(LicenseFigures(Licenses.of(190, 200) + teams.licenses, teams))
    card = draw(replace(TWO, total=total), WORDS)
    told = lines(card)
    at = told.index("38")
    assert told[at + 1 : at + 7] == [
        "licenses unused on Teams",
        "84%",
        "in use",
        "all workloads",
        "▰▰▰▰▰▰▰▰▱▱",
        "Teams: 62 active of 100 qualified",
    ]
    assert not any("252" in line or "300" in line for line in told)
    assert summary(replace(TWO, total=total), WORDS).startswith(
        "TEST COMPANY, Exchange: 84% in use over all workloads, Teams: 38 unused, 62 active of 100 qualified."
    )


@pytest.mark.parametrize(
    ("kind", "shares", "said"),
    [
        ("above", (1.2,), "above 120%, counting those active without a qualified license"),
        ("above", (1.0,), "above 100%, counting those active without a qualified license"),
        ("between", (1.1, 2.0), "between 110% and 200%, counting those active without a qualified license"),
        ("at_least", (1.0,), "at least 100%"),
        ("below", (1.2,), "below 120%"),
    ],
)
def test_condition_over_all_licenses_says_what_it_counts(kind: str, shares: tuple[float, ...], said: str) -> None:
    assert limits_in_words((Narrowing(kind, shares=shares),), WORDS) == [said]


def test_share_of_all_is_apart_from_the_workload_with_most_unused(lines: Any) -> None:
    sharepoint = WorkloadLicenses(Entry(Dimension.WORKLOAD, "SPO", "SharePoint"), Licenses.of(29, 56))
    figures = shown_figures(LicenseFigures(Licenses.of(31, 44) + sharepoint.licenses, sharepoint))
    items = tuple(UsageItem(f"Contoso {number}", None, figures) for number in range(13))
    told = lines(draw(replace(TWO, items=items, matched=13, total=figures), WORDS))
    at = told.index("▰▰▰▰▰▰▱▱▱▱  60% · all workloads")
    assert told[at - 1 : at + 3] == ["Contoso 0", told[at], "SharePoint: 29\u00a0of\u00a056", "27"]


def test_the_heading_says_everything_that_narrows_the_question(lines: Any) -> None:
    narrowed = (
        Narrowing("without", names=("Skype", "Yammer")),
        Narrowing("filter", text="channel eq 'reseller'"),
        Narrowing("below", shares=(0.125,)),
        Narrowing("top", count=20),
        Narrowing("day", day=EARLIER),
    )
    told = lines(draw(replace(ONE, scope=("Exchange",), narrowed=narrowed), WORDS))
    assert told[:2] == [
        "without Skype and Yammer · only channel eq 'reseller' · below 12.5% · top 20 · on October 7, 2018",
        "Exchange",
    ]


def test_a_filtered_answer_is_not_called_everything(lines: Any) -> None:
    view = replace(ONE, scope=(), narrowed=(Narrowing("filter", text="channel eq 'reseller'"),))
    assert lines(draw(view, WORDS))[:2] == ["only channel eq 'reseller'", "Exchange"]
    assert lines(draw(replace(TWO, scope=(), narrowed=view.narrowed), WORDS))[0] == "only channel eq 'reseller'"
    assert summary(view, WORDS).startswith("only channel eq 'reseller': ")


def test_names_that_do_not_fit_in_the_heading_are_counted(lines: Any) -> None:
    view = replace(ONE, scope=tuple(f"Contoso {number}" for number in range(15)))
    assert lines(draw(view, WORDS))[0].endswith("Contoso 11 · and 3 more")


def test_old_figures_say_how_old_they_are_in_words(lines: Any) -> None:
    assert "These figures are 3 months old." in lines(draw(replace(ONE, age=AgeView("months", 3)), WORDS))
    some = replace(ONE, age=AgeView("weeks", 7, some=True))
    assert "Some of these figures are 7 weeks old." in lines(draw(some, WORDS))


def test_a_row_of_an_older_day_says_so_and_is_counted(lines: Any) -> None:
    new, old = replace(TWO.items[0], days=(DAY,)), replace(TWO.items[1], days=(EARLIER,))
    view = replace(TWO, by=("customer",), items=(new, old), newest=DAY, older=((EARLIER, 2),))
    told = lines(draw(view, WORDS))
    assert told.count("As of October 7, 2018") == 1
    assert "2 customers as of October 7, 2018." in told


def test_text_without_a_card_lists_the_rows_and_what_is_left() -> None:
    told = plain_text(many(12), WORDS).split("\n\n")
    assert len(told) == 14
    assert told[-1] == "468 more are not shown. Ask for one customer or one workload to see them."


def test_what_was_corrected_is_beside_the_heading_and_in_the_text(lines: Any) -> None:
    view = replace(
        ONE, corrected=(CorrectionView("TEST COMPNAY", "TEST COMPANY"), CorrectionView("exchnage", "Exchange"))
    )
    told = [
        "You wrote “TEST COMPNAY”. I read it as TEST COMPANY.",
        "You wrote “exchnage”. I read it as Exchange.",
    ]
    assert lines(draw(view, WORDS))[3:5] == told
    assert all(each in plain_text(view, WORDS) and each in draw(view, WORDS)["speak"] for each in told)


def test_what_is_missing_is_said_right_below_the_number(lines: Any) -> None:
    view = replace(
        TWO,
        counted=(("missing_rows", 2), ("unknown_rows", 1), ("repeated_rows", 3)),
        older=((EARLIER, 2),),
        remarks=("summed_products",),
    )
    told = lines(draw(view, WORDS))
    rows = told.index("Workload and product · active of qualified")
    missing = ("Not complete", "1 row has no usable figures", "2 customers as of October 7, 2018.")
    assert all(any(each.startswith(text) for each in told[:rows]) for text in missing)
    assert all(any(each.startswith(text) for each in told[rows:]) for text in ("3 rows came twice", "Several products"))
    assert all(text in plain_text(view, WORDS) and text in draw(view, WORDS)["speak"] for text in missing)


def test_remark_about_a_figure_is_only_where_such_a_figure_is(lines: Any) -> None:
    view = replace(TWO, remarks=("none_qualified", "over_full"))
    told = "\n".join(lines(draw(view, WORDS)))
    assert "More active than qualified" in told
    assert "n/a" not in told
    beside = replace(view, items=(*TWO.items, UsageItem("Dynamics", None, shown(3, 0))))
    assert "n/a: no license" in "\n".join(lines(draw(beside, WORDS)))


def test_spoken_rows_have_their_detail() -> None:
    told = "Exchange, EXCHANGE ONLINE PROTECTION: 1 unused, 0%, 0 active of 1 qualified."
    assert told in draw(TWO, WORDS)["speak"]
    assert told in plain_text(TWO, WORDS)


def test_answer_with_an_error_beside_its_rows_names_that_reason(lines: Any) -> None:
    told = "\n".join(lines(draw(replace(ONE, counted=Gaps(incomplete=True, reported_error=True).counted), WORDS)))
    assert "Partner Center reported an error beside its rows" in told
    assert "where its answer ends" not in told


def test_a_row_says_how_many_of_its_rows_have_no_figures(lines: Any) -> None:
    partly = replace(TWO.items[0], unknown=2)
    view = replace(TWO, items=(partly, *TWO.items[1:]))
    told = lines(draw(view, WORDS))
    assert told[told.index("Exchange") : told.index("Teams")].count("2 rows without figures") == 1
    assert told.count("2 rows without figures") == 1
    assert "Exchange, EXCHANGE ONLINE PROTECTION: 1 unused, 0%, 0 active of 1 qualified, 2 rows without figures." in (
        plain_text(view, WORDS)
    )


def test_the_only_row_and_a_narrow_one_say_it_too(lines: Any) -> None:
    partly = replace(ONE.items[0], unknown=1)
    assert "1 row without figures" in lines(draw(replace(ONE, items=(partly,)), WORDS))
    long = many(30)
    view = replace(long, items=(replace(long.items[0], unknown=1), *long.items[1:]))
    assert "1 row without figures" in lines(draw(view, WORDS))


def test_number_that_is_too_large_is_no_quotation(lines: Any) -> None:
    view = replace(many(2), matched=10**40, items=(UsageItem("A", None, shown(1, 10**40)), *TWO.items))
    card = draw(view, WORDS)
    assert any(">1,000,000,000,000" in line for line in lines(card))
    for part in card["body"]:
        assert not part.get("text", "").startswith(">")


def test_row_is_a_button_with_a_sentence_as_its_title(lines: Any, valid_card: Any) -> None:
    opens = RowButton({"says": "usage"}, "x1ZbCtsDEfrP", 20)
    card = valid_card(draw(replace(TWO, items=tuple(replace(item, open=opens) for item in TWO.items)), WORDS))
    tapped = [part["selectAction"] for part in card["body"] if "selectAction" in part]
    assert [each["title"] for each in tapped] == [
        "Exchange, EXCHANGE ONLINE PROTECTION: 1 unused, 0%",
        "Teams: 0 unused, 100%",
    ]
    assert {(each["verb"], "fallback" in each) for each in tapped} == {("row", False)}
    assert [unpack(each["data"]) for each in tapped] == [opens, opens]
    assert {"1\u00a0›", "0\u00a0›"} <= set(lines(card))


def test_row_without_a_button_has_no_sign_of_one(lines: Any) -> None:
    assert not any("›" in line for line in lines(draw(TWO, WORDS)))


def test_digest_and_export_stay_if_a_card_has_more_buttons_than_it_may(pressed: Any) -> None:
    view = replace(
        many(12),
        more=more("usage", 24),
        reshape=ViewButton({"says": "usage"}, 24),
        whole=ask("whole"),
        versus=ask("versus"),
        customers=ask("customers"),
        digest=ask("digest"),
        export=ask("export"),
    )
    titles = [title for title, _ in pressed(draw(view, WORDS))]
    assert titles == ["Next 12", "Change view", "All workloads", "Compare", "Make a digest", "Export"]


def test_menu_of_the_message_asks_again_and_no_client_does_by_itself(valid_card: Any) -> None:
    again = ask("usage", replace=True)
    card = valid_card(draw(replace(ONE, again=again), WORDS))
    assert (card["refresh"]["userIds"], unpack(card["refresh"]["action"]["data"])) == ([], again)
    assert "refresh" not in draw(replace(ONE, again=again, back=more("usage", 40)), WORDS)


def test_drilled_row_leads_back_and_on_before_anything_else(pressed: Any) -> None:
    back, on = more("usage", 40, start=20), RowButton({"says": "usage"}, "x1ZbCtsDEfrP", 40, 20)
    view = replace(ONE, back=back, following=on, listed="customer", versus=ask("v"), digest=ask("d"))
    card = draw(view, WORDS)
    assert pressed(card) == [
        ("Back to list", back),
        ("Next customer", on),
        ("Compare", ask("v")),
        ("Make a digest", ask("d")),
    ]
    assert ("Next row", on) in pressed(draw(replace(view, listed="workload"), WORDS))
