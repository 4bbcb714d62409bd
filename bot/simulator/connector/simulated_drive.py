"""A person's OneDrive, as far as a bot sees it.

An upload session takes one file.

https://learn.microsoft.com/en-us/graph/api/driveitem-createuploadsession#upload-bytes-to-the-upload-session
"""

import re
import secrets
from collections import deque

from aiohttp import web

PATH = "/drive/upload"
LARGEST = 60 * 1024 * 1024  # bytes of one request
_RANGE = re.compile(r"bytes 0-(\d+)/(\d+)")


class SimulatedDrive:
    """Upload sessions by their id, and the files that were taken.

    `fail_next` are statuses with which the coming uploads are answered.
    """

    def __init__(self) -> None:
        self.files: dict[str, tuple[str, bytes]] = {}
        self.fail_next: deque[int] = deque()
        self.attempts = 0
        self._open: dict[str, str] = {}

    def session(self, name: str) -> str:
        """Open an upload session for a file with this name, and return its id."""
        session_id = secrets.token_urlsafe(16)
        self._open[session_id] = name
        return session_id

    def routes(self) -> list[web.RouteDef]:
        """Return the routes for an application's router."""
        return [web.put(f"{PATH}/{{id}}", self.upload)]

    async def upload(self, request: web.Request) -> web.Response:
        """Answer 201 when all bytes are there.

        The address is the permission: a token is refused, as OneDrive does.
        """
        self.attempts += 1
        if self.fail_next:
            status = self.fail_next.popleft()
            return web.Response(status=status, headers={"Location": "/elsewhere"} if status // 100 == 3 else {})
        body = await request.read()
        said = _RANGE.fullmatch(request.headers.get("Content-Range", ""))
        name = self._open.get(request.match_info["id"])
        if "Authorization" in request.headers:
            return web.json_response({"error": {"code": "unauthenticated"}}, status=401)
        if name is None:
            return web.json_response({"error": {"code": "itemNotFound"}}, status=404)
        if said is None or (int(said[1]) + 1, int(said[2])) != (len(body), len(body)) or not body:
            return web.json_response({"error": {"code": "invalidRange"}}, status=416)
        self.files[name] = (request.content_type, body)
        return web.json_response({"id": request.match_info["id"], "name": name, "size": len(body)}, status=201)
