"""A digest that is paused until a day: it comes again by itself."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.digests.runs.refused_conversation import resumes_at, retry_at
from bot.digests.scheduler.due_poller import DuePoller, next_time
from bot.store import DigestState
from cards.views.answer_views import ErrorView
from cards.views.digest_views import ConfirmDigestsView

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAILY = "digest every day at 9 usage on Exchange"
DAY = 86_400.0
# It is Wednesday 18 November.
MONDAY = datetime(2026, 11, 23, tzinfo=AMSTERDAM)
COMES = datetime(2026, 11, 23, 9, tzinfo=AMSTERDAM)


async def paused(office: Any) -> int:
    number = await office.made(DAILY)
    view = await office.chat(f"snooze {number} until monday")
    assert (view.done, view.line.state, view.line.until) == ("paused_until", "paused_until", MONDAY.date())
    assert view.next[0] == COMES
    return int(number)


async def test_digest_comes_again_on_the_day(office: Any) -> None:
    number = await paused(office)
    office.clock.now = COMES.timestamp() - 1
    assert await office.claim() == []
    (line,) = (await office.chat("digests")).lines
    assert (line.state, line.until) == ("active", None)
    office.clock.now += 1
    assert await office.claim() == [number]
    assert (await office.digest(number)).next_due == COMES.timestamp() + DAY


async def test_list_says_until_when_it_is_paused(office: Any) -> None:
    await paused(office)
    (line,) = (await office.chat("digests")).lines
    assert (line.state, line.until, line.next) == ("paused_until", MONDAY.date(), COMES)


async def test_pause_survives_a_restart_and_a_clock_that_was_put_back(office: Any) -> None:
    number = await paused(office)
    poller = DuePoller(office.store, Queue(), office.clock, lambda _: None)
    await poller.look()
    office.clock.now -= 3_600
    await poller.look()
    assert (await office.digest(number)).next_due == COMES.timestamp()


async def test_resuming_ends_the_pause_earlier(office: Any) -> None:
    number = await paused(office)
    view = await office.chat(f"resume {number}")
    assert (view.done, view.line.state) == ("resumed", "active")
    assert view.next[0] == COMES - timedelta(days=4)
    assert (await office.digest(number)).paused_until is None


async def test_other_acts_end_the_pause_or_keep_it(office: Any) -> None:
    number = await paused(office)
    await office.chat(f"run digest {number}")
    assert await office.claim() == [number]
    assert (await office.digest(number)).next_due == COMES.timestamp()
    await office.chat(f"change digest {number} to every day at 10")
    assert (await office.digest(number)).next_due == COMES.replace(hour=10).timestamp()
    await office.chat(f"mute {number} for 2 weeks")
    assert (await office.digest(number)).next_due == datetime(2026, 12, 2, 10, tzinfo=AMSTERDAM).timestamp()
    await office.chat(f"pause {number}")
    digest = await office.digest(number)
    assert (digest.state, digest.paused_until) == (DigestState.PAUSED, None)
    await office.chat(f"pause {number} until monday")
    assert (await office.digest(number)).state is DigestState.ACTIVE


async def test_day_begins_in_the_time_zone_of_the_digest(office: Any) -> None:
    number = await office.made("digest every day at 0:00 Asia/Tokyo usage on Exchange")
    await office.chat(f"snooze {number} until monday")
    first = datetime(2026, 11, 23, tzinfo=ZoneInfo("Asia/Tokyo")).timestamp()
    assert (await office.digest(number)).next_due == first


async def test_digest_that_has_no_time_after_the_day_is_not_paused(office: Any) -> None:
    number = await office.made("digest in 5 minutes usage on Exchange")
    before = await office.digest(number)
    assert await office.chat(f"snooze {number} until monday") == ErrorView("digest_never_due", {"number": str(number)})
    assert await office.digest(number) == before


async def test_refusal_and_return_of_the_conversation_keep_the_pause(office: Any) -> None:
    digest = await office.digest(await paused(office))
    now = office.clock.now
    assert retry_at(digest, now) == COMES.timestamp()
    assert resumes_at(digest, now) == COMES.timestamp()
    assert next_time(digest, now) == COMES.timestamp()
    assert next_time(digest, COMES.timestamp()) == COMES.timestamp() + DAY


async def test_all_digests_are_paused_until_a_day_after_one_question(office: Any) -> None:
    first, second = await office.made(DAILY), await office.made("digest every day at 10 usage on Exchange")
    view = await office.chat("pause all until monday")
    assert isinstance(view, ConfirmDigestsView)
    assert (view.until, [line.state for line in view.lines]) == (MONDAY.date(), ["active", "active"])
    done = await office.press(view.confirm)
    assert [(each.done, each.line.number) for each in done.changed] == [
        ("paused_until", first),
        ("paused_until", second),
    ]


async def test_skipping_leaves_out_the_next_time_and_is_undone_by_resuming(office: Any) -> None:
    number = await office.made(DAILY)
    planned = (await office.digest(number)).next_due
    (line,) = (await office.chat("digests")).lines
    for _ in range(2):  # pressed twice, it skips once
        skipped = await office.press(line.acts["skip"])
        assert skipped.done == "paused_until"
        assert skipped.next[0].timestamp() == planned + DAY
    resumed = await office.press(skipped.line.acts["resume"])
    assert (resumed.done, resumed.next[0].timestamp()) == ("resumed", planned)


async def test_single_time_and_a_pause_without_an_end_have_nothing_to_skip(office: Any) -> None:
    number = await office.made(DAILY)
    await office.made("digest in 45 minutes usage on Exchange")
    await office.chat(f"pause {number}")
    assert not any("skip" in line.acts for line in (await office.chat("digests")).lines)


class Queue:
    """Takes no run: none is due."""


async def test_pause_until_the_last_day_that_there_is_leaves_the_list_whole(office: Any) -> None:
    number = await office.made(DAILY)
    view = await office.chat(f"pause {number} until 9999-12-31")
    assert (view.done, view.line.until) == ("paused_until", date.max)
    (line,) = (await office.chat("digests")).lines
    assert (line.state, line.acts.get("skip")) == ("paused_until", None)
    assert (await office.chat(f"resume {number}")).done == "resumed"
