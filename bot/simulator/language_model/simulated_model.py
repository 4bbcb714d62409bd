"""An endpoint with the protocol of chat completions on loopback.

It reads no language: it answers what it was given, in order. Its requests are checked as OpenAI's API checks them:
https://platform.openai.com/docs/api-reference/chat/create
"""

import asyncio
import json
from collections import deque
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.simulator.language_model.completion_request import RequestFlaw, flaw_in
from bot.simulator.simulated_server import SimulatedServer

PATH = "/v1/chat/completions"


@dataclass(frozen=True, slots=True)
class ModelReply:
    """One answer.

    `content` is what the model says. `status` and `body` are sent in place of a completion, if they are given. With
    `held`, it is sent when that happens. `cut`: the connection ends in the middle.
    """

    content: str | None = None
    finish: str = "stop"
    status: int = 200
    body: bytes | None = None
    held: asyncio.Event | None = None
    cut: bool = False


class SimulatedModel(SimulatedServer):
    """A model called `model` that wants the key `key`.

    `replies` are given in order; without one left it says that it has no command. `asked` has the bodies of all
    requests that were in order, `refused` the reasons of the others.
    """

    def __init__(self, *, model: str = "small-model", key: str = "model-key", port: int = 0) -> None:
        self.model = model
        self.key = key
        self.replies: deque[ModelReply] = deque()
        self.asked: list[dict[str, Any]] = []
        self.refused: list[str] = []
        self.arrived = asyncio.Event()
        super().__init__(port)

    def application(self) -> web.Application:
        """Return an application with the one route of the protocol that is used."""
        app = web.Application()
        app.router.add_post(PATH, self._complete)
        return app

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        flaw = flaw_in(request.headers, body, self.model, self.key)
        if flaw is not None:
            self.refused.append(flaw.message)
            return _refusal(flaw)
        self.asked.append(json.loads(body))
        self.arrived.set()
        reply = self.replies.popleft() if self.replies else ModelReply('{"command": null}')
        if reply.held is not None:
            await reply.held.wait()
        if reply.cut:
            return await _cut(request)
        if reply.body is not None or reply.status != 200:
            return web.Response(status=reply.status, body=reply.body or b"", content_type="application/json")
        return web.json_response(self._completion(reply))

    def _completion(self, reply: ModelReply) -> dict[str, Any]:
        message = {"role": "assistant", "content": reply.content, "refusal": None}
        return {
            "id": f"chatcmpl-{len(self.asked)}",
            "object": "chat.completion",
            "created": 1_700_000_000,
            "model": self.model,
            "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": reply.finish}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }


def _refusal(flaw: RequestFlaw) -> web.Response:
    told = {"message": flaw.message, "type": "invalid_request_error", "param": flaw.param, "code": flaw.code}
    return web.json_response({"error": told}, status=flaw.status)


async def _cut(request: web.Request) -> web.StreamResponse:
    """Send half of an answer, and close the connection."""
    answer = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "1000"})
    await answer.prepare(request)
    await answer.write(b'{"id": "chatcmpl-')
    if request.transport is not None:
        request.transport.close()
    return answer
