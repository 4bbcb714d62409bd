"""The sign-in card of a 1:1 chat, which Teams draws. Knows botbuilder's activities and the identity room's offer."""

from typing import TYPE_CHECKING

from botbuilder.schema import Activity, ActivityTypes, Attachment

from bot.errors import ClaimsRequiredError, MfaRequiredError, NotSignedInError
from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.sdk.activity_codec import inbound
from cards.answers.sign_in_card import invitation
from cards.views.answer_views import SignInView
from cards.wording.locale_words import LocaleWords

if TYPE_CHECKING:
    from bot.identity.identity import SignInOffer

OAUTH_CARD = "application/vnd.microsoft.card.oauth"


def sign_in_card(private: IncomingActivity, view: SignInView, words: LocaleWords, offer: "SignInOffer") -> Activity:
    """A message in `private` that makes Teams exchange a token silently, with a button for when that does not do.

    https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/authentication/bot-sso-code
    """
    text, title = invitation(view, words)
    content = {
        "text": text,
        "connectionName": "",  # no connection of the Bot Framework's token service: the exchange comes to us
        "buttons": [{"type": "signin", "title": title, "value": offer.url}],
        "tokenExchangeResource": {"id": offer.exchange_id},
    }
    asked = inbound(private, words.locale)
    return Activity(
        type=ActivityTypes.message,
        from_property=asked.recipient,
        recipient=asked.from_property,
        conversation=asked.conversation,
        reply_to_id=asked.id,
        summary=text,
        attachments=[Attachment(content_type=OAUTH_CARD, content=content)],
    )


def cause(view: SignInView) -> NotSignedInError | MfaRequiredError:
    """What the view was made of, as the identity room wants it."""
    if view.problem == "mfa_required":
        return MfaRequiredError("a second factor is needed")
    return ClaimsRequiredError(view.claims) if view.problem == "claims_required" else NotSignedInError("no token")
