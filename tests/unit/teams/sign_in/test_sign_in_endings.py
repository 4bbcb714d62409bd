"""What a person reads in the chat about a sign-in that brought no token."""

import pytest

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
from bot.teams.sign_in.resume_after_sign_in import ending
from cards.draw import summary
from cards.views.answer_views import ErrorView
from cards.views.button_payload import AskButton
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
def test_every_ending_has_its_own_words(problem: str) -> None:
    view = ending(ENDINGS[problem], "usage")
    assert isinstance(view, ErrorView)
    assert view.problem == problem
    told = [summary(ending(each, "usage"), LocaleWords.load("en")) for each in ENDINGS.values()]
    assert len(set(told)) == len(ENDINGS)


def test_consent_that_was_not_given_reads_like_a_sign_in_that_was_cancelled() -> None:
    assert ending(ConsentNeeded()) == ending(Declined())


def test_only_what_passes_offers_the_question_again() -> None:
    again = [each for each in ENDINGS.values() if getattr(ending(each, "usage"), "again", None) == AskButton("usage")]
    assert again == [TryLater(30.0)]
