"""No bot: aiohttp receives an activity and posts a reply of the size of ours.

It uses one session. Arguments: PORT, BYTES.
"""

import json
import sys
from collections.abc import AsyncIterator
from urllib.parse import quote

import aiohttp
from aiohttp import web

port, size = int(sys.argv[1]), int(sys.argv[2])
HEADERS = {"Content-Type": "application/json", "Authorization": f"Bearer {'x' * 900}"}


def reply(activity: dict[str, object]) -> bytes:
    empty = {"type": "message", "replyToId": activity["id"], "text": ""}
    return json.dumps(empty | {"text": "x" * (size - len(json.dumps(empty)))}).encode()


async def run(app: web.Application) -> AsyncIterator[None]:
    async with aiohttp.ClientSession() as session:
        app["session"] = session
        yield


async def messages(request: web.Request) -> web.Response:
    activity = json.loads(await request.read())
    conversation, activity_id = quote(activity["conversation"]["id"], safe=""), quote(activity["id"], safe="")
    url = f"{activity['serviceUrl']}v3/conversations/{conversation}/activities/{activity_id}"
    async with request.app["session"].post(url, data=reply(activity), headers=HEADERS) as response:
        await response.read()
    return web.Response(status=200)


app = web.Application()
app.router.add_post("/api/messages", messages)
app.cleanup_ctx.append(run)
web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=None)
