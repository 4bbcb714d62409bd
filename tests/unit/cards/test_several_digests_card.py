"""The cards about several digests at once."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.gallery.samples.sample_parts import acts, ask
from cards.draw import draw, plain_text, summary
from cards.parts.card_size import BUDGET, size
from cards.views.digest_views import (
    ConfirmDigestsView,
    DigestLine,
    DigestSetView,
    DigestsSetView,
    DigestsView,
    ScheduleView,
    UnchangedDigest,
)
from cards.wording.locale_words import LocaleWords

WORDS = LocaleWords.load("en-GB")
AT = datetime(2018, 10, 15, 8, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
MONDAYS = ScheduleView("weekly", time(8, 30), "Europe/Amsterdam", days=(0,))
LINE = DigestLine(3, "usage on Exchange", MONDAYS, "active", AT, here=True, acts=acts(3))
OTHER = replace(LINE, number=4, question="usage on Teams", acts=acts(4))
STOPPED = tuple(DigestSetView("stopped", each, again=ask("again")) for each in (LINE, OTHER))


def test_changed_and_unchanged_digests_are_on_one_card(lines: Any, valid_card: Any) -> None:
    unchanged = (UnchangedDigest(5, "digest_not_yours", {"owner": "Robin Sample"}), UnchangedDigest(9, "over"))
    view = DigestsSetView("stop", STOPPED, unchanged)
    told = lines(valid_card(draw(view, WORDS)))
    assert told[0] == "2 digests are deleted. 2 could not be changed"
    assert "usage on Exchange" in told
    assert any("Digest 5 belongs to Robin Sample" in line for line in told)
    assert any("Digest 9 is finished" in line for line in told)
    assert "Digest 5 belongs to Robin Sample" in plain_text(view, WORDS)


def test_nothing_changed_says_so_and_why(lines: Any) -> None:
    told = lines(draw(DigestsSetView("pause", (), (UnchangedDigest(9, "no_such_digest"),)), WORDS))
    assert told[0] == "1 could not be changed"
    assert any("no digest 9" in line for line in told)


def test_question_before_all_are_stopped_names_number_and_questions(lines: Any, valid_card: Any) -> None:
    view = ConfirmDigestsView("stop", (LINE, OTHER), ask("both"))
    card = valid_card(draw(view, WORDS))
    told = lines(card)
    assert told[0] == "Delete these 2 digests?"
    assert [line for line in told if line[0].isdigit()] == [
        "3 · usage on Exchange · Every Monday at 08:30",
        "4 · usage on Teams · Every Monday at 08:30",
    ]
    actions = [each for part in card["body"] if part["type"] == "ActionSet" for each in part["actions"]]
    assert [action["title"] for action in actions] == ["Delete all 2", "No, leave it"]


def test_question_before_a_pause_says_until_when() -> None:
    view = ConfirmDigestsView("pause", (LINE, OTHER), ask("both"), date(2018, 11, 5))
    assert summary(view, WORDS) == "Pause these 2 digests until 5 November 2018?"


def test_hundred_digests_fit(valid_card: Any) -> None:
    every = tuple(replace(LINE, number=number, acts=acts(number)) for number in range(1, 101))
    done = tuple(DigestSetView("stopped", each, again=ask("again")) for each in every)
    for view in (ConfirmDigestsView("stop", every, ask("all")), DigestsSetView("stop", done)):
        assert size(valid_card(draw(view, WORDS))) < BUDGET


def test_list_asks_which_digest_is_meant(lines: Any) -> None:
    told = lines(draw(DigestsView((LINE,), 1, asks=True), WORDS))
    assert told[1] == "Which digest do you mean?"
    assert summary(DigestsView((), 0, asks=True), WORDS) == "No digests"


def test_list_says_until_when_a_digest_is_paused(lines: Any) -> None:
    paused = replace(LINE, state="paused_until", until=date(2018, 10, 15))
    told = lines(draw(DigestsView((paused,), 1), WORDS))
    assert "Paused until 15 October 2018" in told
    assert summary(DigestSetView("paused_until", paused), WORDS) == "Digest 3 is paused until 15 October 2018"
