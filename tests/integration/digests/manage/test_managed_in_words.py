"""Digests are managed in words that are typed in a chat."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from bot.commands.command import DigestAction, HandleDigest
from bot.domain.recurrence import OneDay, Weekly
from bot.errors import StoreError
from bot.usage.command_buttons import press_of
from cards.views.answer_views import ConfirmView, ErrorView, NotUnderstoodView
from cards.views.digest_views import (
    ConditionView,
    ConfirmDigestsView,
    DigestSetView,
    DigestsSetView,
    DigestsView,
    UnchangedDigest,
)

DAILY = "digest every day at 9 usage on Exchange"
LATER = "digest every day at 10 usage on Exchange"
MINUTE = 60.0


async def two(office: Any, **where: Any) -> tuple[int, int]:
    first = await office.made(DAILY, **where)
    office.clock.now += 1
    return first, await office.made(LATER, **where)


async def states(office: Any, *numbers: int) -> list[str]:
    return [(await office.digest(number)).state.value for number in numbers]


@pytest.mark.parametrize("form", ["pause digests {} and {}", "pause {} and {}", "pause {}, {}", "please pause {} & {}"])
async def test_several_digests_are_changed_at_once(office: Any, form: str) -> None:
    first, second = await two(office)
    view = await office.chat(form.format(first, second))
    assert isinstance(view, DigestsSetView)
    assert [(each.done, each.line.number) for each in view.changed] == [("paused", first), ("paused", second)]
    assert view.unchanged == ()
    assert await states(office, first, second) == ["paused", "paused"]
    resumed = await office.chat(f"resume {first} and {second}")
    assert [each.done for each in resumed.changed] == ["resumed", "resumed"]
    running = await office.chat(f"run {first} and {second}")
    assert [each.done for each in running.changed] == ["running", "running"]
    stopped = await office.chat(f"stop digests {first} and {second}")
    assert [each.done for each in stopped.changed] == ["stopped", "stopped"]
    assert all(each.again is not None for each in stopped.changed)
    assert await office.store.digests.count() == 0


async def test_digests_that_cannot_be_changed_are_named_with_the_reason(office: Any, people: Any) -> None:
    mine, bobs = await office.made(DAILY), await office.made(DAILY, people.bob)
    over = await office.made("digest in 5 minutes usage on Exchange")
    office.clock.now += 5 * MINUTE
    await office.claim()
    view = await office.chat(f"pause {mine}, {bobs}, {over} and 99")
    assert [each.line.number for each in view.changed] == [mine]
    assert view.unchanged == (
        UnchangedDigest(bobs, "digest_not_yours", {"number": str(bobs), "owner": "Bob Seller"}),
        UnchangedDigest(over, "over"),
        UnchangedDigest(99, "no_such_digest", {"number": "99"}),
    )
    assert await states(office, mine, bobs) == ["paused", "active"]


async def test_what_was_changed_is_told_when_the_database_fails(office: Any, monkeypatch: Any) -> None:
    first, second = await two(office)
    change = office.store.digests.change

    async def fails(number: int, *given: Any, **changes: Any) -> Any:
        if number == second:
            raise StoreError("no database")
        return await change(number, *given, **changes)

    monkeypatch.setattr(office.store.digests, "change", fails)
    view = await office.chat(f"pause {first} and {second}")
    assert [each.line.number for each in view.changed] == [first]
    assert view.unchanged == (UnchangedDigest(second, "store_down"),)
    assert (await office.chat(f"pause {second} and {first}")).problem == "store_down"


async def test_it_is_the_digest_that_was_set_up_last(office: Any) -> None:
    await office.made(DAILY)
    await office.chat("digest every friday at 16:00 usage on SharePoint")
    view = await office.chat("make it tuesday")
    assert (view.done, view.line.question) == ("changed", "usage on SharePoint")
    assert (await office.digest(view.line.number)).schedule.on == Weekly(frozenset({1}))
    view = await office.chat("change it to every friday at 9")
    schedule = (await office.digest(view.line.number)).schedule
    assert (schedule.on, schedule.at) == (Weekly(frozenset({4})), time(9))
    assert (await office.chat("stop it")).done == "stopped"


async def test_it_is_the_digest_that_was_spoken_of_last(office: Any) -> None:
    first, second = await two(office)
    await office.chat(f"pause digest {first}")
    assert (await office.chat("resume it")).line.number == first
    office.clock.now += 31 * MINUTE
    assert (await office.chat("pause this")).line.number == second


async def test_stop_it_said_twice_stops_one_digest(office: Any) -> None:
    first, second = await two(office)
    assert (await office.chat("stop it")).line.number == second
    assert await office.chat("stop it") == ErrorView("no_such_digest", {"number": str(second)})
    assert await states(office, first) == ["active"]


async def test_it_is_the_digest_that_was_posted_last_when_none_was_spoken_of(office: Any) -> None:
    first, second = await two(office)
    office.clock.now += 31 * MINUTE
    await office.store.digests.change(first, None, last="sent", last_at=office.clock.now)
    assert (await office.chat("pause it")).line.number == first
    assert await states(office, second) == ["active"]


@pytest.mark.parametrize("spoken", ["pause {0} and {1}", "pause {1}"])
async def test_it_is_asked_for_when_it_may_be_several(office: Any, spoken: str) -> None:
    first, second = await two(office)
    await office.chat(spoken.format(first, second))
    await office.store.digests.change(first, None, last="sent", last_at=office.clock.now + 1)
    view = await office.chat("stop it")
    assert isinstance(view, DigestsView)
    assert view.asks
    assert await office.store.digests.count() == 2
    assert (await office.press(view.lines[0].acts["stop"])).line.number == first


async def test_it_is_asked_for_where_no_own_digest_is_posted(office: Any, people: Any, rooms: Any) -> None:
    number = await office.made(DAILY)
    for caller, here in ((people.bob, rooms.channel), (people.ada, rooms.group), (people.ada, rooms.private)):
        view = await office.chat("stop it", caller, here)
        assert isinstance(view, DigestsView)
        assert [line.number for line in view.lines] == ([number] if here is rooms.private else [])
    assert await states(office, number) == ["active"]


async def test_time_is_kept_in_the_buttons_that_ask_which_digest(office: Any, rooms: Any) -> None:
    number = await office.made(DAILY)
    view = await office.chat("make it every tuesday at 8", here=rooms.private)
    changed = await office.press(view.lines[0].acts["change"], here=rooms.private)
    assert (changed.done, changed.line.number) == ("changed", number)
    assert (await office.digest(number)).schedule.on == Weekly(frozenset({1}))


async def test_change_after_a_question_asks_which_digest_is_meant(office: Any) -> None:
    number = await office.made(DAILY)
    await office.chat("usage on SharePoint")
    for text in ("make it every friday at 9", "run it"):
        view = await office.chat(text)
        assert isinstance(view, DigestsView)
        assert view.asks
    digest = await office.digest(number)
    assert (digest.schedule.on, digest.requested) == (Weekly(frozenset(range(7))), None)
    assert (await office.chat("stop it")).done == "stopped"


@pytest.mark.parametrize("text", ["stop all my digests", "stop everything", "stop all", "delete all digests"])
async def test_stop_all_asks_and_its_button_stops_what_it_named(office: Any, people: Any, text: str) -> None:
    first, second = await two(office)
    bobs = await office.made(DAILY, people.bob)
    view = await office.chat(text)
    assert isinstance(view, ConfirmDigestsView)
    assert [line.number for line in view.lines] == [first, second]
    assert await office.store.digests.count() == 3
    new = await office.made("digest every monday at 9 usage on SharePoint")
    done = await office.press(view.confirm)
    assert [each.line.number for each in done.changed] == [first, second]
    assert await states(office, bobs, new) == ["active", "active"]


async def test_all_digests_are_those_that_the_act_changes(office: Any, rooms: Any) -> None:
    first, second = await two(office)
    private = await office.made(DAILY, here=rooms.private)
    await office.chat(f"pause {first}")
    assert [line.number for line in (await office.chat("pause all")).lines] == [second]
    assert [line.number for line in (await office.chat("resume all")).lines] == [first]
    everywhere = await office.chat("pause all", here=rooms.private)
    assert [line.number for line in everywhere.lines] == [second, private]
    done = await office.press((await office.chat("resume all digests")).confirm)
    assert isinstance(done, DigestSetView)
    assert done.done == "resumed"
    assert isinstance(await office.chat("resume all"), DigestsView)


async def test_document_for_all_digests_only_asks(office: Any, people: Any) -> None:
    number = await office.made(DAILY)
    asked = await office.desk.handle(HandleDigest(DigestAction.STOP, every=True), people.ada, None)
    assert isinstance(asked, ConfirmDigestsView)
    assert await states(office, number) == ["active"]


async def test_digest_is_moved_to_another_time_on_the_same_days(office: Any) -> None:
    number = await office.made("digest mondays and fridays at 17:00 Asia/Tokyo usage on Exchange")
    view = await office.chat(f"move digest {number} to 8:30")
    schedule = (await office.digest(number)).schedule
    assert (view.done, schedule.on, schedule.at) == ("changed", Weekly(frozenset({0, 4})), time(8, 30))
    assert schedule.zone == "Asia/Tokyo"
    assert (await office.chat("make it 9:15")).line.when.at == time(9, 15)


async def test_single_time_is_moved_on_its_day_or_kept(office: Any) -> None:
    number = await office.made("digest in 5 minutes usage on Exchange")
    before = await office.digest(number)
    assert await office.chat(f"move digest {number} to 8:30") == ErrorView("digest_never_due", {"number": str(number)})
    assert await office.digest(number) == before
    await office.chat(f"move digest {number} to 18:30")
    assert isinstance((await office.digest(number)).schedule.on, OneDay)


@pytest.mark.parametrize(
    "text",
    [
        "stop {0} or {1}",
        "stop {0} of {1}", "arrête {0} ou {1}", "stoppe Bericht {0} oder {1}", "soll ich {0} stoppen?",
        "stop digest {0} frobnicated", "stop all but {0}", "stop all digests except {0}",
        "don't stop digest {0}", "should I stop digest {0}?", "should I stop it?", "stop digest {0} tomorrow",
        "stop digest {0} every monday", "run digest {0} at 9", "run {0} and stop {1}", "pause {0} for {1}",
        "stop all digests and digest {0}", "stop digest {0} for Fabrikam", "stpo digest {0}", "stop digset {0}",
        "stop it please frobnicated", "pause {0} until yesterday", "change {0} and {1} to every monday at 9",
        "stop Fabrikam", "stop everyone", "stop", "stop digest", "pause {0} until today",
    ],
)  # fmt: skip
async def test_nothing_is_changed_on_a_doubtful_reading(office: Any, text: str) -> None:
    first, second = await two(office)
    before = [await office.digest(number) for number in (first, second)]
    await office.chat(text.format(first, second))
    assert [await office.digest(number) for number in (first, second)] == before


async def test_misspelt_order_is_offered_as_a_button(office: Any, rooms: Any) -> None:
    number = await office.made(DAILY)
    view = await office.chat(f"stpo digest {number}", here=rooms.private)
    assert isinstance(view, NotUnderstoodView)
    assert (view.problem, view.found) == ("misspelt", "stpo")
    assert press_of(view.suggestions[0].ask).asked == HandleDigest(DigestAction.STOP, number)


async def test_misspelt_order_has_no_button_where_others_could_press_it(office: Any, rooms: Any) -> None:
    number = await office.made(DAILY)
    for here in (rooms.channel, rooms.group):
        view = await office.chat(f"stpo digest {number}", here=here)
        assert isinstance(view, NotUnderstoodView)
        assert view.suggestions == ()


async def test_question_mark_or_minus_deletes_nothing_and_asks(office: Any, rooms: Any) -> None:
    number = await office.made(DAILY)
    asking = (f"stop digest {number}?", f"delete {number} ?", f"stop digest {number}\uff1f")
    for text in (*asking, f"stop digest - {number}", f"stop digest #-{number}", f"stop digest \u2212 {number}"):
        asked = await office.chat(text, here=rooms.private)
        assert isinstance(asked, ConfirmView), text
        assert (asked.reason, asked.what) == ("doubt", f"stop digest {number}")
        assert await office.digest(number)
    assert (await office.press(asked.confirm, here=rooms.private)).done == "stopped"


@pytest.mark.parametrize("text", ["stop {0}-{0}9", "stop {0}, {1} and 999", "stoppe {0} und {1} und 999"])
async def test_digests_are_named_before_a_stop_when_one_does_not_exist(office: Any, text: str) -> None:
    first, second = await two(office)
    view = await office.chat(text.format(first, second))
    assert isinstance(view, ConfirmDigestsView)
    assert [line.number for line in view.lines] == [first, second]
    assert await office.store.digests.count() == 2
    done = await office.press(view.confirm)
    assert [each.done for each in done.changed] == ["stopped", "stopped"]


@pytest.mark.parametrize(
    "text", ["stop {0}-999", "stop digests {1} to {0}", "stoppe Berichte {0} bis 999", "supprime {0} à 999"]
)
async def test_range_that_is_too_long_or_backwards_stops_nothing(office: Any, text: str) -> None:
    first, second = await two(office)
    view = await office.chat(text.format(first, second))
    assert isinstance(view, DigestsView)
    assert [line.number for line in view.lines] == [first, second]
    assert await states(office, first, second) == ["active", "active"]


async def test_forgetting_a_person_forgets_what_was_spoken_of(office: Any, people: Any) -> None:
    await office.made(DAILY)
    assert await office.store.records.count("digest_spoken_of") == 1
    await office.desk.forget(people.ada)
    assert await office.store.records.count("digest_spoken_of") == 0


async def test_people_and_conversations_have_their_own_last_digest(office: Any, people: Any, rooms: Any) -> None:
    adas = await office.made(DAILY)
    bobs = await office.made(DAILY, people.bob)
    group = await office.made(LATER, here=rooms.group)
    assert (
        await office.chat("pause it", people.bob, replace(rooms.channel, reference="way of bob"))
    ).line.number == bobs
    assert (await office.chat("pause it")).line.number == adas
    assert (await office.chat("pause it", here=rooms.group)).line.number == group


async def test_condition_is_typed_and_taken_away_again(office: Any) -> None:
    made = await office.say("every monday at 9 usage on Exchange by customer only if something drops below 50%")
    assert (made.done, made.line.only) == ("created", ConditionView(drops_below=50))
    number = made.line.number
    await office.say(f"pause digest {number}")
    changed = await office.chat(f"change digest {number} to only if something changed")
    assert (changed.done, changed.line.only, changed.line.state) == ("changed", ConditionView(changed=True), "paused")
    moved = await office.chat(f"change digest {number} to every friday at 8 only if a customer is below 40%")
    assert (moved.line.when.days, moved.line.only) == ((4,), ConditionView(below=40))
    assert (await office.chat(f"digest {number} always")).line.only is None


async def test_digest_that_is_posted_once_has_no_condition(office: Any) -> None:
    number = await office.made("digest in 5 minutes usage on Exchange")
    refused = ErrorView("digest_always_posted", {"number": str(number)})
    assert replace(await office.chat(f"digest {number} only if something changed"), ways=()) == refused
    assert (await office.digest(number)).only_if == ""
