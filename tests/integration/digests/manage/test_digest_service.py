"""Setting digests up: what is stored, what the bot asks back, what it refuses."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.commands.command import Name, NewDigest, Usage
from bot.domain.recurrence import EVERY_DAY, OneTime, Schedule, Weekly
from bot.store import DigestState
from bot.usage.command_buttons import ask_button, press_of
from cards.views.answer_views import ErrorView, NoMatchView, PickerView
from cards.views.digest_form_views import DigestFormView
from cards.views.digest_views import DIGESTS_ON_CARD

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


async def test_digest_is_set_up_in_the_time_zone_of_the_caller(office: Any) -> None:
    view = await office.say("digest every monday 8:30 for TEST COMPANY on Exchange")
    assert view.done == "created"
    assert view.next == tuple(datetime(2026, *day, 8, 30, tzinfo=AMSTERDAM) for day in ((11, 23), (11, 30), (12, 7)))
    assert (view.line.state, view.line.mine, view.line.here, view.line.where) == ("active", True, True, "channel")
    digest = await office.digest(view.line.number)
    assert digest.schedule == Schedule(Weekly(frozenset({0})), time(8, 30), "Europe/Amsterdam")
    assert digest.next_due == view.next[0].timestamp()
    assert (digest.tenant_id, digest.owner_id, digest.owner_name) == (*office_key(), "Ada Agent")
    assert (digest.locale, digest.time_zone, digest.reference) == ("en-GB", "Europe/Amsterdam", "way to the channel")
    assert (digest.team_id, digest.conversation_id) == ("19:team@thread.tacv2", "19:sales@thread.tacv2")
    assert office.woken == 1


def office_key() -> tuple[str, str]:
    return "72f988bf-0000-4000-8000-000000000001", "ada-0001"


async def test_named_zone_is_kept(office: Any) -> None:
    view = await office.say("digest every day at 17:00 Asia/Tokyo usage on Exchange")
    assert view.next[0] == datetime(2026, 11, 19, 8, 0, tzinfo=UTC)
    assert view.line.when.zone == "Asia/Tokyo"


async def test_question_is_stored_with_the_full_name(office: Any) -> None:
    number = await office.made("digest every day at 9 for test comp on exo")
    assert (await office.digest(number)).question == "usage for TEST COMPANY on Exchange"


async def test_customer_is_stored_with_its_id_when_its_name_is_ambiguous(office: Any) -> None:
    view = await office.say("digest every day at 9 for Twin Ltd")
    assert isinstance(view, PickerView)
    made = await office.press(view.choices[1].ask)
    digest = await office.digest(made.line.number)
    assert digest.question == made.line.question == 'usage for "Twin Ltd (…0003)"'
    assert "0112a436-b14e-4888-967b-ca4bb2cf0003" in digest.command
    assert made.line.when.at == time(9)


async def test_schedule_is_kept_when_the_customer_is_unknown(office: Any) -> None:
    view = await office.say("digest every day at 9 for Fabricom")
    assert isinstance(view, NoMatchView)
    assert await office.store.digests.count() == 0
    made = await office.press(view.choices[0].ask)
    assert (made.done, made.line.when.at) == ("created", time(9))


async def test_form_is_offered_in_the_callers_zone_when_no_time_is_named(office: Any) -> None:
    view = await office.say("digest usage for TEST COMPANY on Exchange")
    assert isinstance(view, DigestFormView)
    assert await office.store.digests.count() == 0
    held = view.choices.inputs
    assert (held.zone, held.when, held.at) == ("Europe/Amsterdam", "day0", "09:00")


async def test_equal_digest_is_set_up_once(office: Any) -> None:
    number = await office.made("digest every day at 9 usage on exo")
    again = await office.say("digest every day at 09:00 Europe/Amsterdam usage on Exchange")
    assert (again.done, again.line.number, len(again.next)) == ("exists", number, 3)
    await office.say(f"pause digest {number}")
    again = await office.say("digest every day at 9 usage on exo")
    assert (again.done, again.line.state, again.next) == ("exists", "paused", ())
    assert await office.store.digests.count() == 1


async def test_digest_is_new_when_owner_place_time_or_question_differs(office: Any, people: Any, rooms: Any) -> None:
    await office.made("digest every day at 9 usage on Exchange")
    await office.made("digest every day at 9 usage on Exchange", people.bob)
    await office.made("digest every day at 9 usage on Exchange", here=rooms.private)
    await office.made("digest every day at 10 usage on Exchange")
    await office.made("digest every day at 9 usage on SharePoint")


async def test_single_time_is_one_when_repeated_at_once_and_new_when_later(office: Any) -> None:
    first = await office.made("digest in 5 minutes usage on Exchange")
    office.clock.now += 5
    assert (await office.say("digest in 5 minutes usage on Exchange")).line.number == first
    office.clock.now += 115
    second = await office.made("digest in 5 minutes usage on Exchange")
    assert (await office.digest(second)).next_due == (await office.digest(first)).next_due + 120


async def test_single_time_is_claimed_once_and_is_then_done(office: Any) -> None:
    view = await office.say("digest in 5 minutes usage on Exchange")
    assert view.next == (datetime.fromtimestamp(office.clock.now + 300, AMSTERDAM),)
    office.clock.now += 300
    assert await office.claim() == [view.line.number]
    assert (await office.digest(view.line.number)).state == "done"
    assert (await office.say("digest in 5 minutes usage on Exchange")).done == "created"


async def test_single_time_is_claimed_once_when_it_is_stored_a_second_late(office: Any, monkeypatch: Any) -> None:
    office.clock.now += 0.9995
    add = office.store.digests.add

    async def later(draft: Any) -> Any:
        office.clock.now += 0.001
        return await add(draft)

    monkeypatch.setattr(office.store.digests, "add", later)
    number = await office.made("digest in 5 minutes usage on Exchange")
    office.clock.now += 300
    assert await office.claim() == [number]
    office.clock.now += 5
    assert await office.claim() == []
    assert (await office.digest(number)).state == "done"


async def test_digest_is_refused_when_its_owner_has_a_hundred_active_ones(office: Any, people: Any) -> None:
    await office.made("digest in 1 minute usage on Exchange")
    office.clock.now += 60
    await office.claim()
    for minute in range(100):
        await office.made(f"digest every day at 10:{minute % 60:02} usage on {'EXO' if minute < 60 else 'SPO'}")
    refused = await office.say("digest every day at 12 usage on Exchange")
    assert refused == ErrorView("too_many_digests", {"limit": "100"})
    await office.made("digest every day at 12 usage on Exchange", people.bob)


@pytest.mark.parametrize("zone", ["Mars/Phobos", "../../etc/passwd", "nul\x00", "W. Europe Standard Time", "x" * 5000])
async def test_unknown_zone_is_refused_when_the_schedule_depends_on_it(office: Any, people: Any, zone: str) -> None:
    lost = replace(people.ada, time_zone=zone)
    assert await office.say("digest every day at 9 usage on Exchange", lost) == ErrorView(
        "unknown_zone", {"zone": zone}
    )
    assert (await office.say("digest every day at 9 Europe/Paris usage on Exchange", lost)).done == "created"
    once = await office.say("digest in 1 minute usage on Exchange", lost)
    assert (once.done, once.line.when.zone) == ("created", "UTC")
    assert (await office.digest(once.line.number)).time_zone == "UTC"
    form = await office.say("digest usage on SharePoint", lost)
    assert form.choices.inputs.zone == "UTC"
    made = await office.fill(form.save, lost, when="daily", at="09:00", zone="Paris")
    assert (made.done, made.line.when.zone) == ("created", "Europe/Paris")


async def test_zone_is_utc_when_teams_sends_none(office: Any, people: Any) -> None:
    view = await office.say("digest every day at 9 usage on Exchange", replace(people.ada, time_zone=None))
    assert view.next[0] == datetime(2026, 11, 19, 9, tzinfo=UTC)


async def test_digest_is_refused_when_it_is_set_up_in_a_terminal(office: Any) -> None:
    assert await office.say("digest every day at 9 usage on Exchange", here=None) == ErrorView("no_digests")


async def test_day_of_the_question_is_not_stored(office: Any) -> None:
    question = Usage(subjects=(Name("Exchange"),), as_of=date(2018, 10, 14))
    number = (await office.press(ask_button(NewDigest(question, Schedule(Weekly(EVERY_DAY), time(9)))))).line.number
    assert (await office.digest(number)).question == "usage on Exchange"


@pytest.mark.parametrize(
    "question",
    [
        'usage for "Focus on IT" on Exchange and SharePoint',
        "top 5 by customer on Exchange below 50%",
        "usage except Exchange via reseller",
        "filter workloadCode eq 'EXO' or (channel eq 'Reseller')",
        "usage for 0112A436-B14E-4888-967B-CA4BB2CF1234",
        "usage by customer",
    ],
)
async def test_stored_question_keeps_its_meaning(office: Any, question: str) -> None:
    number = await office.made(f"digest every day at 9 {question}")
    digest = await office.digest(number)
    stopped = await office.say(f"stop digest {number}")
    again = press_of(stopped.again).asked
    assert isinstance(again, NewDigest)
    assert (await office.press(stopped.again)).line.question == digest.question
    assert again.schedule == digest.schedule


async def test_single_time_counts_from_now_when_it_is_set_up_again(office: Any) -> None:
    number = await office.made("digest in 45 minutes usage on Exchange")
    stopped = await office.say(f"stop digest {number}")
    again = press_of(stopped.again).asked
    assert isinstance(again, NewDigest)
    assert again.schedule is not None
    assert again.schedule.on == OneTime(45)


async def test_one_digest_is_set_up_when_a_button_is_pressed_several_times(office: Any) -> None:
    sentence = "digest every monday at 9 for TEST COMPANY"
    views = await asyncio.gather(*(office.say(sentence) for _ in range(5)))
    assert sorted(view.done for view in views) == ["created", *["exists"] * 4]


async def test_every_digest_of_a_long_list_can_be_reached(office: Any) -> None:
    for number in range(60):
        await office.made(f"digest every day at 9 usage on Exchange below {number + 1}%")
    first = await office.say("digests")
    assert (len(first.lines), first.total, first.start) == (DIGESTS_ON_CARD, 60, 0)
    rest = await office.press(replace(first.more, rows=60, start=DIGESTS_ON_CARD))
    assert (len(rest.lines), rest.total, rest.start) == (10, 60, DIGESTS_ON_CARD)
    assert {each.number for each in (*first.lines, *rest.lines)} == set(range(1, 61))


async def test_finished_digest_leaves_the_list_and_can_be_changed(office: Any) -> None:
    lasting, once = (
        await office.made("digest every day at 9 usage on Exchange"),
        await office.made("digest in 45 minutes usage on Exchange"),
    )
    await office.store.digests.change(once, None, state=DigestState.DONE)
    view = await office.say("digests")
    assert ([line.number for line in view.lines], view.total) == ([lasting], 1)
    assert (await office.say(f"change digest {once} to every day at 9")).done == "changed"
    assert (await office.say("digests")).total == 2
