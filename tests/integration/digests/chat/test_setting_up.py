"""From the sentence to the posted digest, in 1:1 chats, group chats and channels.

A digest is set up, confirmed, listed and posted.
"""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.integration.digests.chat.posted import buttons_of, elements, lines_of, text_of
from tests.integration.digests.chat.room import CHANNEL, CHAT, GROUP
from tests.integration.teams.sign_in.conftest import spoken

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
QUESTION = "usage for TEST COMPANY on Exchange"
ZONE = "Its times are in the time zone Europe/Amsterdam. If that is not yours, write your city."
WEEKLY = "Every Monday at 8:30 AM (Europe/Amsterdam)"
ALONE = "It is posted here, and only you can read it. It asks Partner Center with the rights of Ada Agent."
SHARED = (
    "It is posted here. Everyone in this conversation can read it, whatever their own rights are. "
    "It asks Partner Center with the rights of Ada Agent."
)


@pytest.mark.parametrize(
    ("where", "terms"), [(CHAT, ALONE), (GROUP, SHARED), (CHANNEL, SHARED)], ids=["1:1", "group", "channel"]
)
async def test_digest_is_confirmed_listed_and_posted_where_it_was_set_up(
    room: Any, where: Any, terms: str, valid_card: Any
) -> None:
    confirmed = await room.say("digest every monday 8:30 for TEST COMPANY on Exchange", where)
    title, question, schedule, announced, *dates, told, zone = lines_of(confirmed)
    assert (title, question, schedule) == ("Digest 1 is set up", QUESTION, WEEKLY)
    assert announced == "Next times:"
    _three_mondays(dates)
    assert (told, zone) == (terms, ZONE)
    assert buttons_of(confirmed) == ["Use this time zone", "Change", "Delete", "Run now"]
    listed = await room.say("digests", where)
    assert {QUESTION, f"Digest 1 · {WEEKLY}", f"Next: {dates[0]}"} <= set(lines_of(listed))
    assert buttons_of(listed) == ["Run now", "Pause", "Skip next", "Change", "Delete"]
    await room.due()
    digest = await room.heard(where)
    assert spoken(digest) == "Digest 1. TEST COMPANY, Exchange: 1 unused, 0%, 0 active of 1 qualified."
    assert lines_of(digest)[-1].endswith("This answer uses the rights of Ada Agent: it shows what Ada Agent may see.")
    assert lines_of(digest)[-1].startswith("As of October 14, 2018 · ")
    assert digest.reply_to is None
    assert all(map(valid_card, (confirmed.card, listed.card, digest.card)))
    await room.nothing_more()
    told = lines_of(await room.say("digests", where))
    assert f"Next: {dates[0]}" in told
    assert any(line.startswith("Posted: ") for line in told)


async def test_limits_of_the_question_before_are_named_on_the_new_digest(room: Any) -> None:
    await room.say("usage on Exchange by customer below 90%")
    confirmed = await room.say("every monday 8:30")
    assert lines_of(confirmed)[:2] == ["Digest 1 is set up", "usage on Exchange by customer below 90%"]
    assert "From your question before: below 90%." in lines_of(confirmed)
    form = await room.say("digest of the same below 90% only if something changed")
    assert "From your question before: below 90%." not in lines_of(form)
    named = await room.say("digest every friday at 9 usage on Exchange by customer below 90%")
    assert "From your question before: below 90%." not in lines_of(named)


def _three_mondays(dates: list[str]) -> None:
    days = [datetime.strptime(each, "%A, %B %d, %Y, %I:%M %p").replace(tzinfo=AMSTERDAM) for each in dates]
    assert [f"{day:%A %H:%M}" for day in days] == ["Monday 08:30"] * 3
    assert timedelta(0) < days[0] - datetime.now(AMSTERDAM) <= timedelta(weeks=1)
    assert {later - day for day, later in pairwise(days)} == {timedelta(weeks=1)}


async def test_usage_card_becomes_a_digest_by_its_form(room: Any, valid_card: Any) -> None:
    answered = await room.say(f"{QUESTION} as of 2018-10-07", CHANNEL)
    form = await room.press(answered, "Make a digest", where=CHANNEL)
    assert lines_of(form)[:2] == ["New digest", QUESTION]
    assert valid_card(form.card)
    held = {each["id"]: each.get("value") for each in elements(form.card) if "id" in each}
    assert (held["where"], held["zone"]) == ("here", "Europe/Amsterdam")
    assert await room.store.digests.count() == 0
    chosen = held | {"when": "weekdays", "at": "09:00"}
    confirmed = await room.press(form, "Set it up", where=CHANNEL, inputs=chosen)
    assert lines_of(confirmed)[:3] == [
        "Digest 1 is set up",
        QUESTION,
        "Every weekday at 9:00 AM (Europe/Amsterdam)",
    ]
    again = await room.press(form, "Set it up", where=CHANNEL, inputs=chosen)
    assert lines_of(again)[0] == "Digest 1 exists already"
    await room.due()
    assert lines_of(await room.heard(CHANNEL))[-1].startswith("As of October 14, 2018 · ")
    await room.nothing_more()


async def test_bot_asks_back_when_a_digest_is_wrong_or_ambiguous(room: Any) -> None:
    for sentence, problem in (
        ("digest every monday 25:00 usage on Exchange", "25:00” is not a time of day."),
        ("digest every day at 9 Europe/Atlantis usage on Exchange", "There is no time zone “Europe/Atlantis”."),
        ("digest every 5 minutes usage on Exchange", "I post digests on days"),
    ):
        assert problem in text_of(await room.say(sentence))
    which = await room.say("digest every day at 17:00 for Contoso on Exchange", GROUP)
    title, _, name, _, namesake = lines_of(which)[:5]
    assert title == "Which one do you mean?"
    assert name != namesake
    assert {each.partition(" (")[0] for each in (name, namesake)} == {"Contoso"}
    assert await room.store.digests.count() == 0
    confirmed = await room.press(which, f"Choose {name}".replace("\N{ZERO WIDTH SPACE}", ""), where=GROUP)
    assert lines_of(confirmed)[:3] == [
        "Digest 1 is set up",
        f'usage for "{name}" on Exchange',
        "Every day at 5:00 PM (Europe/Amsterdam)",
    ]
    await room.due()
    assert spoken(await room.heard(GROUP)).startswith("Digest 1. Contoso (contoso")


async def test_digest_says_what_was_corrected_when_it_is_set_up(room: Any) -> None:
    said = "You wrote “TEST COMPNAY”. I read it as TEST COMPANY."
    often = await room.say("digest usage for TEST COMPNAY on Exchange")
    confirmed = await room.say("digest every monday 8:30 for TEST COMPNAY on Exchange")
    assert said in lines_of(often)
    assert lines_of(confirmed)[:2] == ["Digest 1 is set up", QUESTION]
    assert said in lines_of(confirmed)
