"""The sign-in card, which Teams draws.

Depends on `SignInOffer` of bot.identity.
"""

from typing import TYPE_CHECKING, Any

from bot.errors import ClaimsRequiredError, MfaRequiredError, NotSignedInError
from bot.teams.activity.outgoing_activity import OutgoingActivity, oauth_message
from cards.answers.sign_in_card import invitation
from cards.views.answer_views import SignInView
from cards.wording.locale_words import LocaleWords

if TYPE_CHECKING:
    from bot.identity.identity import SignInOffer


def sign_in_card(view: SignInView, words: LocaleWords, offer: "SignInOffer", *, silent: bool) -> OutgoingActivity:
    """Return the message with a button that opens the sign-in page.

    If `silent`, Teams exchanges a token first, and shows the button if that fails. In a channel it cannot: a card that
    asks for it there gets no button but a failure.

    https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/authentication/bot-sso-code
    """
    text, title = invitation(view, words)
    content: dict[str, Any] = {
        "text": text,
        "connectionName": "",  # no connection of the Bot Framework's token service: Teams sends the exchange to the bot
        "buttons": [{"type": "signin", "title": title, "value": offer.url}],
    }
    if silent:
        content["tokenExchangeResource"] = {"id": offer.exchange_id}
    return oauth_message(content, text)


def cause(view: SignInView) -> NotSignedInError | MfaRequiredError:
    """Return the error from which `view` was made; bot.identity asks for it."""
    if view.problem in {"mfa_required", "factor_not_passed_on"}:
        return MfaRequiredError("a second factor is needed")
    return ClaimsRequiredError(view.claims) if view.problem == "claims_required" else NotSignedInError("no token")
