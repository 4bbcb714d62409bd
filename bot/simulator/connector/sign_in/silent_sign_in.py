"""The silent sign-in of Teams: a client sends the person's token without a press.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/authentication/bot-sso-code
"""

import uuid
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from bot.simulator.connector.teams_client import Delivered, TeamsClient
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

    async def search(self, value: dict[str, Any], conversation: SimulatedConversation, person: Person) -> Delivered:
        """Let a person search in the message extension; return the reply that they see.

        If the bot asks for a silent sign-in, the client sends the search again with the token. After a 412 it shows
        the button of the first reply.
        https://learn.microsoft.com/en-us/microsoftteams/platform/messaging-extensions/how-to/authentication/msgex-sso-code
        """
        first = await self._client.extend("query", value, conversation=conversation, from_=person)
        if not isinstance(first.body, dict) or first.body.get("composeExtension", {}).get("type") != "silentAuth":
            return first
        authentication = {"id": str(uuid.uuid4()), "connectionName": "", "token": self._token_of(person)}
        again = {**value, "authentication": authentication}
        second = await self._client.extend("query", again, conversation=conversation, from_=person)
        return first if second.status == 412 else second


def sign_in_card(posted: Posted) -> dict[str, Any] | None:
    """Return the sign-in card of a message; None if it has none."""
    for attachment in posted.activity.get("attachments") or ():
        if attachment.get("contentType") == OAUTH:
            content: dict[str, Any] = attachment["content"]
            return content
    return None
