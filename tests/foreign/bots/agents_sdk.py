"""A bot of the Microsoft 365 Agents SDK, with token checks: PORT, app id, secret, tenant."""

import sys

from aiohttp import web
from microsoft_agents.activity import Activity, Attachment, InvokeResponse
from microsoft_agents.authentication.msal import MsalConnectionManager
from microsoft_agents.hosting.aiohttp import CloudAdapter, jwt_authorization_middleware
from microsoft_agents.hosting.core import (
    AgentApplication,
    AgentAuthConfiguration,
    MemoryStorage,
    TurnContext,
    TurnState,
)

port, app_id, secret, tenant = sys.argv[1:]
BUTTON = {"type": "Action.Execute", "title": "Press", "data": {"pressed": 1}}
CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [], "actions": [BUTTON]}

settings = AgentAuthConfiguration(client_id=app_id, tenant_id=tenant, client_secret=secret)
connections = MsalConnectionManager(connections_configurations={"SERVICE_CONNECTION": settings})
adapter = CloudAdapter(connection_manager=connections)
bot = AgentApplication[TurnState](storage=MemoryStorage(), adapter=adapter, connection_manager=connections)


@bot.members_added()
async def added(context: TurnContext, state: TurnState) -> None:
    if any(each.id == context.activity.recipient.id for each in context.activity.members_added):
        await context.send_activity("Hello")


@bot.activity("message")
async def message(context: TurnContext, state: TurnState) -> None:
    match context.activity.text.strip():
        case "card":
            card = Attachment(content_type="application/vnd.microsoft.card.adaptive", content=CARD)
            await context.send_activity(Activity(type="message", attachments=[card]))
        case "change":
            sent = await context.send_activity("first")
            await context.update_activity(Activity(type="message", id=sent.id, text="second"))
        case "delete":
            sent = await context.send_activity("gone")
            await context.delete_activity(sent.id)
        case "members":
            client = context.turn_state[CloudAdapter._AGENT_CONNECTOR_CLIENT_KEY]
            page = await client.conversations.get_conversation_paged_members(context.activity.conversation.id)
            await context.send_activity(", ".join(each.name for each in page.members))
        case text:
            await context.send_activity(f"Echo: {text}")


@bot.activity("invoke")
async def pressed(context: TurnContext, state: TurnState) -> None:
    body = {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Pressed"}
    response = Activity(type="invokeResponse", value=InvokeResponse(status=200, body=body))
    await context.send_activity(response)


async def messages(request: web.Request) -> web.Response:
    return await adapter.process(request, bot)


app = web.Application(middlewares=[jwt_authorization_middleware])
app["agent_configuration"] = settings
app.router.add_post("/api/messages", messages)
web.run_app(app, host="127.0.0.1", port=int(port), access_log=None, print=lambda _: print("ready", flush=True))
