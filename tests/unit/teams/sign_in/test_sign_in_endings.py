"""The message in the chat about a sign-in that brought no token."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.commands.command import Usage
from bot.domain.conversation import Caller
from bot.identity.entra.sign_in_outcome import (
    ClaimsNeeded,
    ConsentNeeded,
    Declined,
    Misconfigured,
    OtherPerson,
    Refused,
    SignInNeeded,
    SignInOutcome,
    SignInStop,
    TryLater,
)
from bot.teams.sign_in.resume_after_sign_in import asked_again, ending
from bot.usage.command_buttons import ask_button
from cards.draw import summary
from cards.views.answer_views import ErrorView
from cards.wording.locale_words import LocaleWords

ENDINGS: dict[str, SignInOutcome | SignInStop] = {
    "declined": Declined(),
    "admin_consent": ConsentNeeded(admin=True),
    "other_person": OtherPerson("Ben Broker"),
    "other_browser": SignInStop.OTHER_BROWSER,
    "claims_required": ClaimsNeeded("{}"),
    "not_signed_in": SignInNeeded(),
    "entra_down": TryLater(30.0),
    "entra_refused": Refused("AADSTS53003"),
    "entra_misconfigured": Misconfigured("AADSTS7000215"),
}


@pytest.mark.parametrize("problem", ENDINGS)
def test_every_ending_has_its_own_message(problem: str) -> None:
    view = ending(ENDINGS[problem], "usage")
    assert isinstance(view, ErrorView)
    assert view.problem == problem
    messages = [summary(ending(each, "usage"), LocaleWords.load("en")) for each in ENDINGS.values()]
    assert len(set(messages)) == len(ENDINGS)


def test_missing_consent_has_the_same_message_as_a_cancelled_sign_in() -> None:
    assert ending(ConsentNeeded()) == ending(Declined())


def test_question_is_offered_again_when_the_problem_is_temporary() -> None:
    again = [each for each in ENDINGS.values() if getattr(ending(each, "usage"), "again", None) == ask_button(Usage())]
    assert again == [TryLater(30.0)]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_day_is_of_the_callers_zone_when_asked_again(zone: str) -> None:
    caller = Caller("t", "ada", time_zone=zone)  # 26 hours apart: one of the two is in another day than UTC
    before = datetime.now(ZoneInfo(zone)).date()
    command = asked_again("usage on yesterday", caller)
    assert isinstance(command, Usage)
    assert command.as_of in {before - timedelta(days=1), datetime.now(ZoneInfo(zone)).date() - timedelta(days=1)}
