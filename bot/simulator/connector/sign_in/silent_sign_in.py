"""The silent sign-in of Teams: a client sends the person's token without a press.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/authentication/bot-sso-code
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from bot.simulator.connector.teams_client import TeamsClient
from bot.simulator.connector.teams_people import Person, SimulatedConversation
from bot.simulator.connector.transcript import Posted

OAUTH = "application/vnd.microsoft.card.oauth"


class Shown(StrEnum):
    """What a person sees of a sign-in card in the end."""

    NOTHING = "nothing"  # it is no sign-in card, or for another person, or the bot failed
    SIGNED_IN = "signed in"
    BUTTON = "button"


class SilentSignIn:
    """The part of a client that signs people in.

    `token_of` returns the person's token for the bot.
    """

    def __init__(self, client: TeamsClient, token_of: Callable[[Person], str]) -> None:
        self._client = client
        self._token_of = token_of

    async def see(self, posted: Posted, conversation: SimulatedConversation, person: Person) -> Shown:
        """Let a member of a conversation see what the bot posted there.

        The client exchanges the token if the card asks for that. It shows the button if the bot answers 412, and if
        the card asks for no token. In a channel there is no exchange: the client reports it to the bot.
        """
        card = sign_in_card(posted)
        if card is None or not posted.is_seen_by(person.id):
            return Shown.NOTHING
        if "tokenExchangeResource" not in card:
            return Shown.BUTTON
        if conversation.scope == "channel":
            await self._client.sign_in_failed("resourcematchfailed", conversation=conversation, from_=person)
            return Shown.NOTHING
        token = self._token_of(person)
        answered = await self._client.exchange(card, token, conversation=conversation, from_=person)
        if answered.status == 412:
            return Shown.BUTTON
        return Shown.SIGNED_IN if answered.status == 200 else Shown.NOTHING


def sign_in_card(posted: Posted) -> dict[str, Any] | None:
    """Return the sign-in card of a message; None if it has none."""
    for attachment in posted.activity.get("attachments") or ():
        if attachment.get("contentType") == OAUTH:
            content: dict[str, Any] = attachment["content"]
            return content
    return None
