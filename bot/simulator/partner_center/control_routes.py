"""`/_simulator/…`: set faults and list requests of a running simulator.

Not part of the simulated API.

GET    /_simulator/faults      the current faults
POST   /_simulator/faults      {"faults": [{"kind": "throttle", "times": 2, "retry_after": 0}, …]} adds them
DELETE /_simulator/faults      removes all faults
GET    /_simulator/requests    the received requests, without tokens
DELETE /_simulator/requests    deletes them
"""

from typing import Any

import msgspec
from aiohttp import web

from bot.simulator.partner_center.faults.fault_types import Fault, Faults
from bot.simulator.partner_center.request_journal import Journal


class _Wanted(msgspec.Struct, forbid_unknown_fields=True):
    faults: list[Fault]


def add_control(app: web.Application, faults: Faults, journal: Journal) -> None:
    """Add the routes."""

    async def list_faults(_: web.Request) -> web.Response:
        return _json({"faults": list(faults)})

    async def add_faults(request: web.Request) -> web.Response:
        # JSON is required so that a web page cannot post to this address without the browser asking first (CORS).
        if request.content_type != "application/json":
            return _json({"problem": "send application/json"}, 415)
        try:
            wanted = msgspec.json.decode(await request.read(), type=_Wanted)
        except (msgspec.DecodeError, UnicodeDecodeError, web.RequestPayloadError) as problem:
            return _json({"problem": str(problem)}, 400)
        faults.add(*wanted.faults)
        return _json({"faults": list(faults)})

    async def clear_faults(_: web.Request) -> web.Response:
        faults.clear()
        return _json({"faults": []})

    async def list_requests(_: web.Request) -> web.Response:
        return _json({"requests": list(journal)})

    async def clear_requests(_: web.Request) -> web.Response:
        journal.clear()
        return _json({"requests": []})

    app.router.add_get("/_simulator/faults", list_faults)
    app.router.add_post("/_simulator/faults", add_faults)
    app.router.add_delete("/_simulator/faults", clear_faults)
    app.router.add_get("/_simulator/requests", list_requests)
    app.router.add_delete("/_simulator/requests", clear_requests)


def _json(content: dict[str, Any], status: int = 200) -> web.Response:
    return web.Response(status=status, body=msgspec.json.encode(content), content_type="application/json")
