"""Pausing, resuming, running, changing and stopping a digest, and the views of it."""

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import pytest

from bot.digests.runs.refused_conversation import after_posting
from bot.domain.recurrence import Schedule, Weekly
from bot.store import DigestState
from bot.store.digests.digest_record import REFUSED
from cards.draw import draw
from cards.views.answer_views import ErrorView
from cards.wording.locale_words import LocaleWords

DAILY = "digest every day at 9 usage on Exchange"
DAY = 86_400.0
WORDS = LocaleWords.load("en-GB")


def unknown(number: int) -> ErrorView:
    return ErrorView("no_such_digest", {"number": str(number)})


async def test_paused_digest_is_not_due_and_resumes_at_its_next_time(office: Any) -> None:
    number = await office.made(DAILY)
    first = (await office.digest(number)).next_due
    paused = await office.say(f"pause digest {number}")
    assert (paused.done, paused.line.state, paused.line.next, paused.next) == ("paused", "paused", None, ())
    office.clock.now += 3 * DAY
    assert await office.claim() == []
    resumed = await office.say(f"resume digest {number}")
    assert (resumed.done, resumed.line.state, len(resumed.next)) == ("resumed", "active", 3)
    assert resumed.next[0].timestamp() == first + 3 * DAY
    assert await office.claim() == []
    office.clock.now += DAY
    assert await office.claim() == [number]


async def test_resuming_resets_the_misses(office: Any) -> None:
    number = await office.made(DAILY)
    await office.store.digests.change(number, None, state=DigestState.PAUSED, misses=3, reason="misses")
    await office.say(f"resume digest {number}")
    digest = await office.digest(number)
    assert (digest.misses, digest.reason) == (0, "")


async def test_resuming_an_active_digest_keeps_what_is_due(office: Any) -> None:
    number = await office.made(DAILY)
    office.clock.now += DAY
    assert (await office.say(f"resume digest {number}")).done == "resumed"
    assert await office.claim() == [number]


async def test_requested_run_is_claimed_once_and_keeps_the_times(office: Any) -> None:
    number = await office.made(DAILY)
    due = (await office.digest(number)).next_due
    for _ in range(2):
        assert (await office.say(f"run digest {number}")).done == "running"
        office.clock.now += 1
    assert office.woken == 3
    assert await office.claim() == [number]
    assert await office.claim() == []
    digest = await office.digest(number)
    assert (digest.next_due, digest.requested, digest.state) == (due, None, "active")


async def test_paused_digest_can_be_run_and_stays_paused(office: Any) -> None:
    number = await office.made(DAILY)
    await office.say(f"pause digest {number}")
    assert (await office.say(f"run digest {number}")).line.state == "paused"
    assert await office.claim() == [number]
    assert (await office.digest(number)).state == "paused"


async def test_pausing_cancels_a_requested_run(office: Any) -> None:
    number = await office.made(DAILY)
    await office.say(f"run digest {number}")
    await office.say(f"pause digest {number}")
    assert await office.claim() == []


async def test_change_by_a_sentence_leaves_a_pause_as_it_is_and_says_so(office: Any) -> None:
    number = await office.made(DAILY)
    for pause, state in (("pause digest 1", "paused"), ("pause digest 1 until 15 january", "paused_until")):
        await office.say(pause)
        before = await office.digest(number)
        for to, at in (("every tuesday at 10", time(10)), ("10:30", time(10, 30))):
            changed = await office.say(f"change digest {number} to {to}")
            assert (changed.done, changed.line.state, changed.line.when.at) == ("changed", state, at)
            after = await office.digest(number)
            assert (after.state, after.paused_until) == (before.state, before.paused_until)
            card = draw(changed, WORDS)
            assert "Paused" in card["speak"]
            assert "Resume" in str(card["body"])


async def test_change_takes_effect_at_once(office: Any) -> None:
    number = await office.made(DAILY)
    changed = await office.say(f"change digest {number} to every wednesday at 10:30")
    assert (changed.done, changed.line.state, changed.line.question) == ("changed", "active", "usage on Exchange")
    assert changed.next[0].timestamp() == office.clock.now + 1800
    digest = await office.digest(number)
    assert digest.schedule == Schedule(Weekly(frozenset({2})), digest.schedule.at, "Europe/Amsterdam")
    office.clock.now += 1800
    assert await office.claim() == [number]


async def test_change_needs_a_known_zone_except_for_a_single_time(office: Any, people: Any) -> None:
    number = await office.made("digest every day at 9 Europe/Amsterdam usage on Exchange")
    lost = replace(people.ada, time_zone="Mars/Phobos")
    before = await office.digest(number)
    refused = await office.say(f"change digest {number} to every day at 9", lost)
    assert refused == ErrorView("unknown_zone", {"zone": "Mars/Phobos"})
    assert await office.digest(number) == before
    once = await office.say(f"change digest {number} in 10 minutes", lost)
    assert (once.done, once.line.when.zone) == ("changed", "UTC")
    assert once.next == (datetime.fromtimestamp(office.clock.now + 600, UTC),)


async def test_paused_single_time_keeps_its_moment_or_is_over(office: Any) -> None:
    number = await office.made("digest in 10 minutes usage on Exchange")
    due = (await office.digest(number)).next_due
    await office.say(f"pause digest {number}")
    office.clock.now += 300
    resumed = await office.say(f"resume digest {number}")
    assert (resumed.done, [each.timestamp() for each in resumed.next]) == ("resumed", [due])
    await office.say(f"pause digest {number}")
    office.clock.now += 300
    over = await office.say(f"resume digest {number}")
    assert (over.done, over.next) == ("over", ())
    again = await office.press(over.again)
    assert (again.done, again.line.question) == ("created", "usage on Exchange")
    assert again.next[0].timestamp() == office.clock.now + 600


async def test_done_single_time_is_not_paused_but_changed_run_and_stopped(office: Any) -> None:
    number = await office.made("digest in 1 minute usage on Exchange")
    office.clock.now += 60
    await office.claim()
    for act in ("pause", "resume"):
        assert (await office.say(f"{act} digest {number}")).done == "over"
    assert (await office.digest(number)).state == "done"
    assert (await office.say(f"run digest {number}")).done == "running"
    assert await office.claim() == [number]
    assert (await office.say(f"change digest {number} to every day at 9")).line.state == "active"
    assert (await office.say(f"stop digest {number}")).done == "stopped"


@pytest.mark.parametrize("act", ["run", "pause", "resume", "stop"])
async def test_action_is_refused_when_the_digest_was_just_deleted(office: Any, act: str, monkeypatch: Any) -> None:
    number = await office.made(DAILY)
    await office.store.digests.change(number, None, state=DigestState.PAUSED)
    found = await office.digest(number)
    await office.store.stopped.stop(number, "ada")

    async def stale(_: int) -> Any:
        return found

    monkeypatch.setattr(office.store.digests, "get", stale)
    assert await office.say(f"{act} digest {number}") == unknown(number)
    assert await office.say(f"change digest {number} to every day at 9") == unknown(number)


async def test_list_is_shown_and_resume_refused_when_the_zone_is_unknown(office: Any) -> None:
    number = await office.made(DAILY)
    gone = Schedule(Weekly(frozenset({0})), (await office.digest(number)).schedule.at, "Europe/Gone")
    await office.store.digests.change(number, None, schedule=gone)
    (line,) = (await office.say("digests")).lines
    assert (line.when.zone, line.next.tzinfo) == ("Europe/Gone", UTC)
    assert (await office.say(f"pause digest {number}")).done == "paused"
    assert await office.say(f"resume digest {number}") == ErrorView("unknown_zone", {"zone": "Europe/Gone"})
    assert (await office.say(f"change digest {number} to every day at 9")).done == "changed"


async def test_next_times_are_in_the_future_except_what_is_due(
    office: Any,
) -> None:
    number = await office.made(DAILY)
    office.clock.now += 10 * DAY
    shown = await office.say(f"run digest {number}")
    first, *later = [each.timestamp() for each in shown.next]
    assert first < office.clock.now
    assert all(each > office.clock.now for each in later)


@pytest.mark.parametrize(
    ("sentence", "state"), [("change digest {} to every day at 11", "paused"), ("resume digest {}", "active")]
)
async def test_no_retry_is_planned_any_more_when_a_digest_gets_a_schedule(
    office: Any, sentence: str, state: str
) -> None:
    number = await office.made(DAILY)
    await office.store.digests.change(number, None, state=DigestState.PAUSED, last=REFUSED, refusals=2)
    await office.say(sentence.format(number))
    digest = await office.digest(number)
    assert (digest.state.name.lower(), digest.last, digest.refusals) == (state, "", 0)
    assert after_posting(digest, number + 1, office.clock.now) == (digest.state, digest.next_due)


async def test_last_outcome_is_kept_when_it_was_no_refusal(office: Any) -> None:
    number = await office.made(DAILY)
    await office.store.digests.change(number, None, state=DigestState.PAUSED, last="sent")
    await office.say(f"resume digest {number}")
    assert (await office.digest(number)).last == "sent"
