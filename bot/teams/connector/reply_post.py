"""Post an answer, also if the message that it answers is gone.

The connector answers 404 to a reply to a message that it no longer knows (`ActivityNotFoundInConversation`), and to a
thread whose first message is deleted, while the conversation takes new messages (BotFramework-Services#220, #349).
"""

from collections.abc import Iterator

import msgspec
import structlog

from bot.errors import DeliveryError
from bot.teams.activity.conversation_of import root_id
from bot.teams.activity.outgoing_activity import Destination, OutgoingActivity
from bot.teams.connector.connector_client import ConnectorClient

log = structlog.get_logger(__name__)

NOT_FOUND = 404


async def post_reply(connector: ConnectorClient, answer: OutgoingActivity) -> str | None:
    """Post `answer` as a reply, or else as a message of its own.

    Returns its id, None if the connector did not report it. A 404 says for certain that nothing was posted, so the next
    attempt doubles nothing. Raises DeliveryError, that of the first attempt if all are refused.
    """
    first: DeliveryError | None = None
    for attempt in _attempts(answer):
        where = attempt.conversation.id if attempt.conversation is not None else ""
        try:
            return await connector.send(where, attempt.encode(), attempt.reply_to_id, private=attempt.is_private)
        except DeliveryError as error:
            if error.status != NOT_FOUND:
                raise
            log.info("reply_target_not_found", code=error.code)
            first = first or error
    raise first or DeliveryError(None, "nowhere to post")


def _attempts(answer: OutgoingActivity) -> Iterator[OutgoingActivity]:
    """Yield the reply, the message of its own in the same conversation, and the new thread in its channel."""
    yield answer
    own = msgspec.structs.replace(answer, reply_to_id=None)
    if answer.reply_to_id is not None:
        yield own
    if own.conversation is not None and (root := root_id(own.conversation.id)) != own.conversation.id:
        yield msgspec.structs.replace(own, conversation=_in(own.conversation, root))


def _in(destination: Destination, root: str) -> Destination:
    return msgspec.structs.replace(destination, id=root)
