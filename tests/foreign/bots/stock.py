"""A bot of botbuilder (CloudAdapter), with token checks: PORT, app id, secret, tenant."""

import sys

from aiohttp import web
from botbuilder.core import ActivityHandler, CardFactory, MessageFactory, TurnContext
from botbuilder.core.teams import TeamsInfo
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botbuilder.schema import Activity, ChannelAccount, InvokeResponse

port, app_id, secret, tenant = sys.argv[1:]
BUTTON = {"type": "Action.Execute", "title": "Press", "data": {"pressed": 1}}
CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [], "actions": [BUTTON]}


class Config:
    APP_ID = app_id
    APP_PASSWORD = secret
    APP_TYPE = "SingleTenant"
    APP_TENANTID = tenant


class Bot(ActivityHandler):
    async def on_members_added_activity(self, members_added: list[ChannelAccount], turn_context: TurnContext) -> None:
        if any(each.id == turn_context.activity.recipient.id for each in members_added):
            await turn_context.send_activity("Hello")

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        said = TurnContext.remove_recipient_mention(turn_context.activity) or turn_context.activity.text
        match said.strip():
            case "card":
                await turn_context.send_activity(MessageFactory.attachment(CardFactory.adaptive_card(CARD)))
            case "change":
                sent = await turn_context.send_activity("first")
                changed = MessageFactory.text("second")
                changed.id = sent.id
                await turn_context.update_activity(changed)
            case "delete":
                sent = await turn_context.send_activity("gone")
                await turn_context.delete_activity(sent.id)
            case "members":
                page = await TeamsInfo.get_paged_members(turn_context)
                await turn_context.send_activity(", ".join(each.name for each in page.members))
            case text:
                await turn_context.send_activity(f"Echo: {text}")

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        body = {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Pressed"}
        return InvokeResponse(status=200, body=body)


adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(Config()))
bot = Bot()


async def messages(request: web.Request) -> web.Response:
    # The adapter's own `process` cannot answer an invoke with a body: it serializes the body twice.
    activity = Activity().deserialize(await request.json())
    try:
        answer = await adapter.process_activity(request.headers.get("Authorization", ""), activity, bot.on_turn)
    except (PermissionError, Exception) as refused:  # noqa: BLE001  # what it raises for a token differs
        return web.Response(status=401, text=type(refused).__name__)
    if answer is None:
        return web.Response(status=201)
    return web.json_response(answer.body, status=int(answer.status))


app = web.Application()
app.router.add_post("/api/messages", messages)
web.run_app(app, host="127.0.0.1", port=int(port), access_log=None, print=lambda _: print("ready", flush=True))
