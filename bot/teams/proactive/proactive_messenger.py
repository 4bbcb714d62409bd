"""Proactive messages: digests, and notices to their owners in private.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import structlog
from cachetools import LRUCache

from bot.domain.conversation import Caller
from bot.errors import DeliveryError, NotSentError, PlaceRefusedError
from bot.store.digests.digest_record import Digest, DigestState
from bot.teams.activity.conversation_of import root_id
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.activity.outgoing_activity import Destination, Participant, without_card
from bot.teams.auth.reference_check import check_reference
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.connector.connector_client import ConnectorClients, Retries
from bot.teams.proactive.send_rate import SendRate
from bot.teams.sign_in.oauth_card import cause, sign_in_card
from bot.teams.turn.card_renderer import CardRenderer
from bot.usage.memory.answer_locale import LocaleOf, stored_locale
from cards.views.answer_views import SignInView, View

if TYPE_CHECKING:
    from bot.identity.identity import Identity

log = structlog.get_logger(__name__)

# If the bot crashes while a message is repeated here, it is unknown whether it was posted. So there are few retries: if
# the connector asks for a longer wait, the caller receives the error and can wait in a way that survives a crash.
PROACTIVE = Retries(attempts=3, first_wait=0.5, longest_wait=10.0, all_seconds=60.0, seconds=30.0)
CHATS = 10_000
_CARD_REFUSED = frozenset({400, 413})

Ready = Callable[[], Awaitable[None]]


class ProactiveMessenger:
    """The `Messenger` of bot.digests.

    `connectors` should be created with the retries `PROACTIVE`. `identity` is None if no user signs in. `locale_of`
    finds the locale in which an owner reads. Every method that sends raises PlaceRefusedError, before a token is sent,
    when the settings no longer allow the conversation.
    """

    def __init__(
        self,
        connectors: ConnectorClients,
        settings: TeamsSettings,
        pace: SendRate,
        identity: "Identity | None" = None,
        locale_of: LocaleOf = stored_locale,
    ) -> None:
        self._connectors = connectors
        self._settings = settings
        self._pace = pace
        self._identity = identity
        self._locale_of = locale_of
        self._drawing = CardRenderer()
        self._chats: LRUCache[tuple[str, str], str] = LRUCache(CHATS)

    def draw(self, digest: Digest, view: View) -> bytes:
        """Return the activity that shows `view`, as JSON, in the language of the digest.

        Pure.
        """
        return self._message(
            view, digest.locale, digest.conversation_id, ConversationReference.unpack(digest.reference)
        )

    async def post(self, digest: Digest, drawn: bytes, ready: Ready) -> str | None:
        """Post the activity that `draw` made and return its id.

        None if the connector did not report it.

        In a channel it starts a new thread. `ready` is awaited once, right before the first request. If the connector
        refuses the card, its plain-text fallback is posted. Raises DeliveryError: see
        bot.digests.runs.delivery_failure.
        """
        place = self._check(digest)
        connector = self._connectors.at(place.asked.service_url or "")
        conversation_id = root_id(digest.conversation_id)
        announced = False

        @asynccontextmanager
        async def guard() -> AsyncIterator[None]:
            nonlocal announced
            async with self._pace.turn(digest.tenant_id, conversation_id):
                if not announced:
                    await ready()
                    announced = True
                yield

        try:
            return await connector.send(conversation_id, drawn, guard=guard)
        except DeliveryError as error:
            if error.status not in _CARD_REFUSED:
                raise
            log.warning("card_refused", status=error.status, code=error.code, digest=digest.number)
            plain = without_card(drawn)
            if plain is None:
                raise
        return await connector.send(conversation_id, plain, guard=guard)

    async def tell(self, digest: Digest, view: View) -> None:
        """Show `view` to the owner in their 1:1 chat. Raises DeliveryError.

        Raises NotSentError if the digest is suspended and that chat is the one that takes no messages.
        """
        locale = (await self._owner(digest)).locale

        def drawn(place: ConversationReference, chat: IncomingActivity) -> bytes:
            return self._message(view, locale, chat.conversation_id, place)

        await self._say_in_private(digest, drawn)

    async def invite(self, digest: Digest, view: SignInView) -> None:
        """Ask the owner in their 1:1 chat to sign in.

        No question is stored: the digest itself resumes after the sign-in.
        Raises DeliveryError and StoreError.
        """
        if self._identity is None:
            raise NotSentError(None, "this bot has no sign-in")
        await self._private(digest)
        owner = await self._owner(digest)
        offer = await self._identity.ask(owner, cause(view))
        card = sign_in_card(view, self._drawing.words(owner.locale), offer, silent=True)
        await self._say_in_private(digest, lambda _, chat: card.as_reply_to(chat).encode())

    async def _owner(self, digest: Digest) -> Caller:
        """Return the owner, with the locale in which they read now: they may have chosen it after the set-up."""
        owner = Caller(digest.tenant_id, digest.owner_id, digest.owner_name, digest.locale, digest.time_zone)
        return replace(owner, locale=await self._locale_of(owner))

    def _check(self, digest: Digest) -> ConversationReference:
        """Return the reference of the digest's owner. Raises PlaceRefusedError."""
        return check_reference(digest.reference, self._settings, (digest.tenant_id.lower(), digest.owner_id.lower()))

    async def _say_in_private(
        self, digest: Digest, drawn: Callable[[ConversationReference, IncomingActivity], bytes]
    ) -> None:
        """Post what `drawn` returns to the owner's 1:1 chat.

        If Teams does not find the chat whose id is cached, it is asked for the id once more.
        """
        place, chat = await self._private(digest)
        try:
            await self._say(digest, chat, drawn(place, chat))
        except DeliveryError as error:
            if error.status != 404 or place.asked.is_personal:
                raise
            place, again = await self._private(digest)
            if again.conversation_id == chat.conversation_id:
                raise
            await self._say(digest, again, drawn(place, again))

    async def _private(self, digest: Digest) -> tuple[ConversationReference, IncomingActivity]:
        """Return the owner's 1:1 chat with the bot; Teams creates it if it does not exist."""
        place = self._check(digest)
        asked, conversation = place.asked, place.asked.conversation
        if conversation is None:
            raise PlaceRefusedError(None, "the reference names no conversation")
        if asked.is_personal and digest.state is not DigestState.SUSPENDED:
            return place, asked
        chat_id = await self._chat(digest, asked)
        if chat_id == root_id(digest.conversation_id):
            raise NotSentError(None, "the conversation that takes no messages is the owner's 1:1 chat")
        chat = msgspec.structs.replace(conversation, id=chat_id, conversation_type="personal", is_group=None, name=None)
        return place, msgspec.structs.replace(asked, id=None, conversation=chat)

    async def _chat(self, digest: Digest, asked: IncomingActivity) -> str:
        person_id, bot_id = (asked.sender and asked.sender.id) or "", (asked.recipient and asked.recipient.id) or ""
        key = digest.tenant_id, person_id
        chat = self._chats.get(key)
        if chat is None:
            connector = self._connectors.at(asked.service_url or "")
            chat = await connector.open_personal(
                person_id, bot_id, digest.tenant_id, guard=lambda: self._pace.turn(digest.tenant_id, person_id)
            )
        if chat is None:
            raise NotSentError(None, "the connector did not report the id of the 1:1 chat")
        self._chats[key] = chat
        return chat

    async def _say(self, digest: Digest, chat: IncomingActivity, activity: bytes) -> None:
        connector = self._connectors.at(chat.service_url or "")
        try:
            await connector.send(
                chat.conversation_id,
                activity,
                guard=lambda: self._pace.turn(digest.tenant_id, chat.conversation_id),
            )
        except DeliveryError:
            self._chats.pop((digest.tenant_id, (chat.sender and chat.sender.id) or ""), None)
            raise

    def _message(self, view: View, locale: str, conversation_id: str, place: ConversationReference | None) -> bytes:
        words = self._drawing.words(locale)
        bot_id = place and place.asked.recipient and place.asked.recipient.id
        message = msgspec.structs.replace(
            self._drawing.draw(view, words).message(),
            sender=Participant(bot_id) if bot_id else None,
            conversation=Destination(root_id(conversation_id)),
            locale=words.locale,
        )
        return message.encode()
