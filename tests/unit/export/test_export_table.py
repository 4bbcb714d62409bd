"""The content of a file: headings in words, cells as values, and everything that a later reader has to know."""

from dataclasses import replace

from bot.commands.verbs import VERBS
from bot.domain.figures import LicenseFigures, Licenses, WorkloadLicenses
from bot.domain.licensing import Dimension, Entry
from bot.export.answer_rows import cells
from bot.export.export_table import _HEADINGS, export_table
from bot.query.reports.report_comparison import ChangeKind, RowChange
from bot.query.reports.report_gaps import Gaps
from bot.query.reports.usage_report import Remark
from bot.usage.compared.compared_figures import ComparedFigures
from cards.wording.locale_words import LocaleWords
from tests.shown_figures import of
from tests.unit.export.made_answers import ANN, ASKED_AT, DAY, WORDS, answer, row

TEAMS = WorkloadLicenses(Entry(Dimension.WORKLOAD, "TEAMS", "Teams"), Licenses.of(62, 100))


def made(found, caller=ANN):
    return export_table(found, caller, ASKED_AT, WORDS)


def facts(table, label):
    return [text for name, text in table.facts if name == label]


def test_columns_have_headings_and_cells_stay_numbers_and_days() -> None:
    table = made(answer(row("Contoso")))
    assert dict(zip([each.heading for each in table.columns], table.rows[0], strict=True)) == {
        "Customer": "Contoso",
        "Customer id": "ID",
        "As of": DAY,
        "Active": 62,
        "Qualified": 100,
        "Unused": 38,
        "Active beyond qualified": 0,
        "In use": 0.62,
    }


def test_row_of_several_workloads_says_why_it_has_no_numbers() -> None:
    table = made(answer(row("Contoso", LicenseFigures(Licenses.of(190, 200) + TEAMS.licenses, TEAMS))))
    found = dict(zip([each.heading for each in table.columns], table.rows[0], strict=True))
    assert found["Numbers left out"] == "several workloads"
    assert found["Most unused: Workload"] == "Teams"
    assert found["Most unused: Unused"] == 38
    assert "Active" not in found
    assert any("not added" in each for each in facts(table, "Note"))


def test_facts_say_question_day_asker_and_moment_in_the_zone_of_the_asker() -> None:
    table = made(answer(row("Contoso")))
    assert facts(table, "Question") == ["usage by customer"]
    assert facts(table, "Day of the figures") == ["As of October 28, 2018"]
    assert facts(table, "Asked by") == ["Ann Berg"]
    [moment] = facts(table, "Asked at")
    assert moment.startswith("Tuesday, October 30, 2018")
    assert moment.endswith("(CET)")
    assert facts(table, "Total")


def test_facts_say_what_is_missing_in_the_figures() -> None:
    notes = facts(made(answer(row("Contoso"), gaps=Gaps(unknown=3, unusable=2))), "Note")
    assert any("3" in each for each in notes)
    assert any("2" in each for each in notes)
    assert "Another person may see others" in notes[-1]


def test_facts_name_no_person_who_has_no_name() -> None:
    nameless = made(answer(row("Contoso")), caller=type(ANN)("t", "o"))
    assert facts(nameless, "Asked by") == ["the person who saved this file"]


def test_rows_of_two_days_have_their_change_and_what_was_before() -> None:
    before = of(80, 100)
    later = answer(row("Contoso"))
    compared = ComparedFigures(DAY, later.report, (RowChange(ChangeKind.CHANGED, before, (DAY,)),), (row("Gone Ltd"),))
    table = made(type(later)(later.command, later.plan, later.report, compared))
    names = [each.heading for each in table.columns]
    changed, gone = (dict(zip(names, each, strict=True)) for each in table.rows)
    assert (changed["Change"], changed["Before: Active"], changed["Active"]) == ("changed", 80, 62)
    assert (gone["Customer"], gone["Change"], gone["Active"], gone["Before: Active"]) == ("Gone Ltd", "gone", None, 62)


def test_every_column_that_a_row_may_have_has_a_heading() -> None:
    later = answer(row("Contoso", LicenseFigures(Licenses.of(190, 200) + TEAMS.licenses, TEAMS)))
    compared = ComparedFigures(DAY, later.report, (RowChange(ChangeKind.SAME, of(1, 2), (DAY,)),), ())
    names, _ = cells(type(later)(later.command, later.plan, later.report, compared))
    plain = {each.removeprefix("before").removeprefix("worst") for each in names}
    lowered = {each[0].lower() + each[1:] for each in plain} | {each[0].lower() + each[1:] for each in names}
    without = {each for each in lowered if each not in _HEADINGS and not each.endswith("Id")}
    assert without <= {each[0].lower() + each[1:] for each in names if each.startswith(("before", "worst"))}


def test_words_are_those_of_the_reader() -> None:
    table = export_table(answer(row("Contoso")), ANN, ASKED_AT, LocaleWords.load("qps-ploc"))
    assert table.columns[0].heading != "Customer"
    assert VERBS


def test_note_about_no_percentage_speaks_of_what_the_file_shows() -> None:
    found = answer(row("Contoso", of(3, 0)))
    unqualified = replace(found.report, remarks=frozenset({Remark.NONE_QUALIFIED}), total=of(3, 0))
    notes = facts(made(replace(found, report=unqualified)), "Note")
    assert notes[0].startswith("No percentage: no license of that row qualifies")
    assert not any("n/a" in each for each in notes)
