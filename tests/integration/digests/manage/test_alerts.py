"""An alert is set up by a sentence, and is managed as a digest is."""

from typing import Any

import pytest

from bot.usage.command_buttons import press_of
from cards.draw import draw, plain_text
from cards.views.answer_views import ErrorView
from cards.views.digest_form_views import DigestSettingsView
from cards.views.digest_views import ConditionView, DigestsView
from cards.wording.locale_words import LocaleWords

WATCH = "tell me when Exchange at TEST COMPANY falls below 50%"
ENGLISH = LocaleWords.load("en-US")


@pytest.mark.parametrize(
    "sentence",
    [
        WATCH,
        "waarschuw me als exchange bij TEST COMPANY onder de 50% komt",
        "préviens-moi quand exchange chez TEST COMPANY passe sous 50 %",
        "szólj, ha az exchange a TEST COMPANY-nál 50% alá esik",
        "sag mir Bescheid, wenn Exchange bei TEST COMPANY unter 50 % fällt",
    ],
)
async def test_alert_is_set_up_and_says_how_it_works(office: Any, sentence: str) -> None:
    made = await office.chat(sentence)
    assert (made.done, made.line.only) == ("created", ConditionView(crosses=True))
    assert len(made.next) == 3  # it looks every day
    spoken = repr(draw(made, ENGLISH))
    assert f"Alert {made.line.number} is set up" in spoken
    assert "The first time, I write what is over the limit already." in spoken
    assert (await office.digest(made.line.number)).only_if == '{"crosses":true}'


async def test_same_alert_is_not_set_up_twice(office: Any) -> None:
    made = await office.chat(WATCH)
    again = await office.chat(WATCH)
    assert (again.done, again.line.number) == ("exists", made.line.number)


async def test_alert_is_listed_paused_retimed_and_deleted_as_a_digest(office: Any) -> None:
    number = (await office.chat(WATCH)).line.number
    listed = await office.chat("my alerts")
    assert isinstance(listed, DigestsView)
    assert "Alert: once for each line that crosses the limit" in plain_text(listed, ENGLISH)
    assert (await office.chat(f"pause alert {number}")).done == "paused"
    moved = await office.chat(f"change alert {number} to every monday at 8")
    assert (moved.done, moved.line.only) == ("changed", ConditionView(crosses=True))
    stopped = await office.chat(f"stop alert {number}")
    assert stopped.done == "stopped"
    assert press_of(stopped.again) is not None
    assert (await office.press(stopped.undo)).line.only == ConditionView(crosses=True)


async def test_alert_keeps_its_condition(office: Any) -> None:
    number = (await office.chat(WATCH)).line.number
    refused = await office.chat(f"change digest {number} to only if something changed")
    assert isinstance(refused, ErrorView)
    assert refused.problem == "alert_limit"
    shown = await office.chat(f"change alert {number}")
    assert isinstance(shown, DigestSettingsView)
    assert "'id': 'quiet'" not in repr(draw(shown, ENGLISH))
    saved = await office.fill(shown.save, when="weekdays", at="08:30")
    assert (saved.done, saved.line.only) == ("changed", ConditionView(crosses=True))
