"""The sign-in card of a 1:1 chat, which Teams draws.

Depends on `SignInOffer` of bot.identity.
"""

from typing import TYPE_CHECKING

from bot.errors import ClaimsRequiredError, MfaRequiredError, NotSignedInError
from bot.teams.activity.outgoing_activity import OutgoingActivity, oauth_message
from cards.answers.sign_in_card import invitation
from cards.views.answer_views import SignInView
from cards.wording.locale_words import LocaleWords

if TYPE_CHECKING:
    from bot.identity.identity import SignInOffer


def sign_in_card(view: SignInView, words: LocaleWords, offer: "SignInOffer") -> OutgoingActivity:
    """Return the message that makes Teams exchange a token silently.

    It has a button for the case that this fails.

    https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/authentication/bot-sso-code
    """
    text, title = invitation(view, words)
    content = {
        "text": text,
        "connectionName": "",  # no connection of the Bot Framework's token service: Teams sends the exchange to the bot
        "buttons": [{"type": "signin", "title": title, "value": offer.url}],
        "tokenExchangeResource": {"id": offer.exchange_id},
    }
    return oauth_message(content, text)


def cause(view: SignInView) -> NotSignedInError | MfaRequiredError:
    """Return the error from which `view` was made; bot.identity asks for it."""
    if view.problem in {"mfa_required", "factor_not_passed_on"}:
        return MfaRequiredError("a second factor is needed")
    return ClaimsRequiredError(view.claims) if view.problem == "claims_required" else NotSignedInError("no token")
