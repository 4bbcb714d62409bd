"""The figures of a sample add up, as those of a real answer do.

Otherwise nobody would notice on the gallery that a card shows a wrong number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.digests.content.digest_content import CHANGES, foremost
from bot.digests.schedule.due_times import upcoming
from bot.domain.figures import LicenseFigures, Licenses
from bot.domain.recurrence import EVERY_DAY, WEEKDAYS, Monthly, Recurrence, Schedule, Weekly
from bot.gallery.samples.digest_times import NOW
from bot.gallery.samples.samples import SAMPLES
from bot.usage.shown_figures import shown_figures
from cards.views.answer_views import ListView, PickerView, UsageView
from cards.views.digest_form_views import DigestSettingsView
from cards.views.digest_views import ChangeView, DigestLine, DigestSetView, DigestsView, DigestView, ScheduleView
from cards.views.usage_views import Figures, UsageItem

ANSWERS = {name: view for name, view in SAMPLES.items() if isinstance(view, UsageView)}
DIGESTS = {name: view for name, view in SAMPLES.items() if isinstance(view, DigestView)}
# Everything that has rows and a total.
LISTS = {**ANSWERS, **{name: view.usage for name, view in DIGESTS.items()}}
WHOLE = {name: view for name, view in LISTS.items() if view.matched == len(view.items)}
PARTS = {name: view for name, view in LISTS.items() if view.matched > len(view.items) and view.compared is None}


def added(figures: Sequence[Figures]) -> Figures:
    rows = (Licenses(each.active + each.beyond, each.qualified, each.unused) for each in figures)
    return shown_figures(LicenseFigures(sum(rows, Licenses())))


def numbers(figures: Figures) -> Figures:
    """Return what is shown of one workload, without its name."""
    return added([figures])


@pytest.mark.parametrize("name", [name for name, view in WHOLE.items() if not view.total.several])
def test_total_is_the_sum_of_the_rows(name: str) -> None:
    assert WHOLE[name].total == added([item.figures for item in WHOLE[name].items])


@pytest.mark.parametrize("name", [name for name, view in WHOLE.items() if view.total.several])
def test_licenses_of_several_workloads_are_not_added(name: str) -> None:
    view = WHOLE[name]
    assert view.total.workload
    if "workload" in view.by:
        every = {item.name: [row.figures for row in view.items if row.name == item.name] for item in view.items}
        assert numbers(view.total) == added(every[view.total.workload])
        assert view.total.unused == max(added(rows).unused for rows in every.values())
        assert view.total.percent == added([item.figures for item in view.items]).percent
    else:
        assert view.total.unused >= max(item.figures.unused for item in view.items)


def test_earlier_total_is_the_sum_of_the_earlier_rows() -> None:
    known = [
        view
        for view in WHOLE.values()
        if view.compared is not None and view.compared.total is not None and not view.total.several
    ]
    assert len(known) >= 3
    for view in known:
        assert view.compared is not None
        before = [item.before for item in view.items if item.before is not None]
        gone = [item.figures for item in view.compared.gone]
        total, shown = view.compared.total, added([*before, *gone])
        assert total is not None
        assert total == shown if view.compared.gone_total == len(gone) else total.unused > shown.unused


@pytest.mark.parametrize("name", PARTS)
def test_rows_of_a_long_list_are_those_with_most_unused(name: str) -> None:
    view = PARTS[name]
    rows, further = added([item.figures for item in view.items]), view.matched - len(view.items) - view.start
    left = view.total.unused - rows.unused
    assert view.start * view.items[0].figures.unused <= left
    if not view.start:
        assert 0 <= left <= further * view.items[-1].figures.unused


@pytest.mark.parametrize("name", [name for name, view in LISTS.items() if view.compared is None])
def test_rows_with_most_unused_are_first(name: str) -> None:
    unused = [item.figures.unused for item in LISTS[name].items]
    assert all(one >= other for one, other in pairwise(unused))


@pytest.mark.parametrize("name", LISTS)
def test_remarks_are_about_figures_that_are_there(name: str) -> None:
    view = LISTS[name]
    figures = [item.figures for item in view.items]
    assert ("over_full" in view.remarks) is any(each.beyond for each in figures)
    assert ("none_qualified" in view.remarks) is any(each.percent is None for each in figures)


@pytest.mark.parametrize("name", ANSWERS)
def test_no_answer_is_a_dead_end(name: str) -> None:
    view = ANSWERS[name]
    assert view.digest is not None
    assert view.export is not None
    if view.matched > 1:
        assert view.reshape is not None
        assert all(item.open is not None for item in view.items)
    if view.matched > view.start + len(view.items):
        assert view.more is not None


def kinds(view: DigestView) -> Iterator[tuple[str, Sequence[ChangeView], int]]:
    for kind in ("idle", "adopted", "moves", "came", "gone"):
        yield kind, getattr(view, kind), getattr(view, f"{kind}_total")


@pytest.mark.parametrize("name", DIGESTS)
def test_listed_changes_are_the_foremost_of_all(name: str) -> None:
    counts = [(len(listed), total) for _, listed, total in kinds(DIGESTS[name])]
    nothing = [(change,) * total for _, listed, total in kinds(DIGESTS[name]) for change in [*listed, None][:1]]
    assert [listed for listed, _ in counts] == [len(each) for each in foremost(nothing)]  # type: ignore[arg-type]
    assert sum(listed for listed, _ in counts) <= CHANGES


@pytest.mark.parametrize("name", DIGESTS)
def test_changes_have_the_figures_of_their_rows(name: str) -> None:
    view = DIGESTS[name]
    rows = {" · ".join(filter(None, (item.name, item.detail))): item for item in view.usage.items}
    for kind, listed, _ in kinds(view):
        for change in listed:
            row = rows.get(change.name)
            assert (row is None) is (kind == "gone")
            assert change.after == (None if row is None else row.figures)
            assert (change.before is None) is (kind == "came")
            assert change.before != change.after


@pytest.mark.parametrize("name", [name for name, view in DIGESTS.items() if view.since is not None])
def test_last_digest_had_the_rows_that_neither_came_nor_went(name: str) -> None:
    view = DIGESTS[name]
    assert view.matched_before == view.usage.matched - view.came_total + view.gone_total
    assert view.total_before is not None
    changed = any(total for _, _, total in kinds(view))
    assert (view.total_before != view.usage.total) is changed
    if changed and view.usage.matched == len(view.usage.items) and view.moves_total == len(view.moves):
        changes = {change.name: change for _, listed, _ in kinds(view) for change in listed}
        same = [item.figures for item in view.usage.items if _named(item) not in changes]
        before = [change.before for change in changes.values() if change.before is not None]
        if view.gone_total == len(view.gone):
            assert view.total_before == added([*same, *before])


def _named(item: UsageItem) -> str:
    return " · ".join(filter(None, (item.name, item.detail)))


@pytest.mark.parametrize("name", [name for name, view in DIGESTS.items() if view.since is None])
def test_first_digest_says_nothing_of_the_last_one(name: str) -> None:
    view = DIGESTS[name]
    assert view.total_before is None
    assert not view.matched_before
    assert [total for _, _, total in kinds(view)] == [0] * 5


def schedule_of(view: ScheduleView) -> Schedule:
    every: dict[str, Recurrence] = {
        "daily": Weekly(EVERY_DAY),
        "weekdays": Weekly(WEEKDAYS),
        "weekly": Weekly(frozenset(view.days)),
        "monthly": Monthly(view.day),
    }
    return Schedule(every[view.kind], view.at, view.zone)


def digest_lines() -> Iterator[DigestLine]:
    """Yield the digests whose schedule is known: that of a damaged one is not."""
    for view in SAMPLES.values():
        if isinstance(view, DigestsView):
            yield from (line for line in view.lines if line.when.kind)
        elif isinstance(view, DigestSettingsView | DigestSetView) and view.line.when.kind:
            yield view.line


def test_next_time_of_a_digest_is_that_of_its_schedule() -> None:
    timed = [line for line in digest_lines() if line.when.kind != "once"]
    assert len(timed) > 40
    for line in timed:
        due = upcoming(schedule_of(line.when), NOW, 40, since=NOW)
        resting = line.state in {"paused", "suspended", "done"}
        expected = next(each for each in due if line.until is None or each.date() >= line.until)
        assert line.next == (None if resting else expected)
        assert line.next is None or line.next.tzinfo == expected.tzinfo


def test_last_time_of_a_digest_was_one_of_its_schedule() -> None:
    for line in digest_lines():
        if line.last_at is not None:
            assert line.last_at < NOW
        if line.last_at is not None and line.when.kind != "once":
            before = line.last_at - timedelta(minutes=1)
            assert upcoming(schedule_of(line.when), before, 1, since=before) == (line.last_at,)


def test_three_next_times_are_those_of_the_schedule() -> None:
    set_up = [view for view in SAMPLES.values() if isinstance(view, DigestSetView) and view.next]
    told = [view for view in set_up if view.line.when.kind != "once"]
    assert len(told) >= 3
    assert all(view.next == (view.line.next,) for view in set_up if view.line.when.kind == "once")
    assert [view.next for view in told] == [upcoming(schedule_of(view.line.when), NOW, 3, since=NOW) for view in told]


def test_choice_of_days_is_kept_where_no_other_says_them() -> None:
    forms = [view for view in SAMPLES.values() if isinstance(view, DigestSettingsView) and view.choices is not None]
    assert len(forms) >= 3
    for view in forms:
        assert view.choices is not None
        assert view.line.when.days == (0, 3)
        assert view.choices.inputs.when == "kept"
        assert "kept" in view.choices.days


def test_offered_names_contain_what_was_typed() -> None:
    pickers = [view for view in SAMPLES.values() if isinstance(view, PickerView)]
    found = [(view.typed, choice.name) for view in pickers for choice in view.choices]
    lists = [view for view in SAMPLES.values() if isinstance(view, ListView) and view.search is not None]
    found += [(view.search or "", name) for view in lists for name, _ in view.entries]
    assert len(found) > 10
    assert [each for each in found if each[0].casefold() not in each[1].casefold()] == []


def test_customers_have_ids_of_their_own() -> None:
    for view in SAMPLES.values():
        if isinstance(view, PickerView):
            names = [choice.name for choice in view.choices]
            asked = [str(choice.ask.command) for choice in view.choices]
            assert len(set(asked)) == len(asked)
            assert len({replace(choice, ask=view.choices[0].ask) for choice in view.choices}) == len(names)
            assert [c.name for c in view.choices if (c.detail is not None) is not (names.count(c.name) > 1)] == []
        if isinstance(view, ListView):
            assert len({id_ for _, id_ in view.entries}) == len(view.entries)
