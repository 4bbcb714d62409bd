"""A stored digest of a user in a conversation of the simulated Teams."""

from typing import Any

import msgspec

from bot.domain.conversation import Conversation
from bot.domain.recurrence import EVERY_DAY, Schedule, Weekly
from bot.simulator.connector import ADA, Person, SimulatedConnector, SimulatedConversation
from bot.simulator.connector.inbound_activity import activity, as_message
from bot.store.digests.digest_record import Digest, DigestState
from bot.teams.activity.activity_caller import caller
from bot.teams.activity.conversation_of import conversation_of
from bot.teams.activity.incoming_activity import decode
from cards.wording.locale_words import LocaleWords


def here_in(
    connector: SimulatedConnector, where: SimulatedConversation, person: Person = ADA, service_url: str | None = None
) -> Conversation:
    """Return the conversation as the bot sees it when `person` writes in it."""
    base = activity(
        "message",
        activity_id="17",
        conversation=where,
        from_=person,
        bot_id=connector.bot_id,
        service_url=service_url or connector.service_url,
    )
    said = decode(msgspec.json.encode(as_message(base, "digest every day", where)))
    who = caller(said)
    assert who is not None
    return conversation_of(said, who, LocaleWords.load("en-US"))


def stored_digest(here: Conversation, person: Person = ADA, **changed: Any) -> Digest:
    """Return a daily digest of `person` for this conversation that has never run."""
    fields: dict[str, Any] = {
        "number": 1,
        "tenant_id": person.tenant_id,
        "owner_id": person.object_id,
        "owner_name": person.name,
        "locale": "en-US",
        "time_zone": "UTC",
        "question": "usage",
        "command": '{"v":1,"verb":"usage"}',
        "schedule": Schedule(Weekly(EVERY_DAY)),
        "conversation_id": here.conversation_id,
        "kind": here.kind,
        "team_id": here.team_id,
        "reference": here.reference,
        "state": DigestState.ACTIVE,
        "reason": "",
        "next_due": None,
        "requested": None,
        "misses": 0,
        "created": 0.0,
        "previous": None,
        "previous_at": None,
        "last": "",
        "last_at": None,
        "version": 1,
    }
    return Digest(**(fields | changed))
