"""A bot of the Teams SDK, with token checks: PORT, app id, secret, tenant."""

import asyncio
import sys
from typing import Any

import uvicorn
from microsoft_teams.api import AdaptiveCardActionMessageResponse, MessageActivityInput
from microsoft_teams.apps import App, FastAPIAdapter
from microsoft_teams.cards import AdaptiveCard

port, app_id, secret, tenant = sys.argv[1:]
BUTTON = {"type": "Action.Execute", "title": "Press", "data": {"pressed": 1}}
CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [], "actions": [BUTTON]}


class Server(uvicorn.Server):
    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        print("ready", flush=True)


def server(app: Any) -> uvicorn.Server:
    return Server(uvicorn.Config(app, host="127.0.0.1", port=int(port), log_level="warning", access_log=False))


app = App(
    client_id=app_id,
    client_secret=secret,
    tenant_id=tenant,
    http_server_adapter=FastAPIAdapter(server_factory=server),
)


@app.on_conversation_update
async def added(context: Any) -> None:
    newcomers = context.activity.members_added or []
    if any(each.id == context.activity.recipient.id for each in newcomers):
        await context.send("Hello")


@app.on_message
async def message(context: Any) -> None:
    activity = context.activity
    conversation, conversations = activity.conversation.id, context.api.conversations
    match activity.strip_mentions_text().text.strip():
        case "card":
            await context.send(AdaptiveCard.model_validate(CARD))
        case "change":
            sent = await context.send("first")
            await conversations.update_activity(conversation, sent.id, MessageActivityInput(text="second"))
        case "delete":
            sent = await context.send("gone")
            await conversations.delete_activity(conversation, sent.id)
        case "members":
            page = await conversations.get_paged_members(conversation)
            await context.send(", ".join(each.name for each in page.members))
        case text:
            await context.send(f"Echo: {text}")


@app.on_card_action
async def pressed(context: Any) -> AdaptiveCardActionMessageResponse:
    return AdaptiveCardActionMessageResponse(value="Pressed")


asyncio.run(app.start(int(port)))
