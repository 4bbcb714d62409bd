"""An echo bot of the Teams SDK, without token checks and access log.

Arguments: PORT, service URL.
"""

import asyncio
import sys
from typing import Any

import uvicorn
from microsoft_teams.apps import App, FastAPIAdapter

port, service_url = int(sys.argv[1]), sys.argv[2]


def server(app: Any) -> uvicorn.Server:
    return uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", access_log=False))


app = App(
    dangerously_allow_unauthenticated_requests=True,
    service_url=service_url,
    http_server_adapter=FastAPIAdapter(server_factory=server),
)


@app.on_message
async def echo(context: Any) -> None:
    await context.send(f"Echo: {context.activity.text}")


asyncio.run(app.start(port))
