"""Partner Center's verdict on a caller, found out with one row of the report."""

import asyncio
from typing import Any

import pytest
from aiohttp import web

from bot.errors import DeadlineError, EndpointMissingError, RoleMissingError, TokenRefusedError
from bot.partner_center.usage_client import AccessStatus


async def test_only_one_row_is_requested(servers: Any, client: Any, say: Any, alice: Any) -> None:
    script = await servers(say.page(say.row(), link="/partner/v1/next", total=1_000_000))
    assert await client(script).standing(alice) == AccessStatus(None)
    assert [request.query_string for request in script.requests] == ["top=1"]


@pytest.mark.parametrize(
    ("header", "seen"), [("true", True), ("True ", True), ("false", False), ("", None), ("maybe", None)]
)
async def test_second_factor_is_read_from_the_header(
    servers: Any, client: Any, say: Any, alice: Any, header: str, seen: bool | None
) -> None:
    page = say.page()
    page.headers["isMfaCompliant"] = header
    assert (await client(await servers(page)).standing(alice)).second_factor is seen


async def test_a_refusal_is_returned_and_not_raised(servers: Any, client: Any, say: Any, alice: Any) -> None:
    script = await servers(say.refusal(403, "900150", {"isMfaCompliant": "true"}))
    standing = await client(script).standing(alice)
    assert standing.second_factor is True
    assert isinstance(standing.refusal, RoleMissingError)


async def test_a_token_that_is_refused_is_renewed_once(servers: Any, client: Any, say: Any, alice: Any) -> None:
    script = await servers(say.refusal(401, "400"), say.page())
    assert (await client(script).standing(alice)).refusal is None
    refusing = await servers(say.refusal(401, "400"))
    assert isinstance((await client(refusing).standing(alice)).refusal, TokenRefusedError)
    assert len(refusing.requests) == 2


async def test_an_error_that_is_not_about_the_caller_is_raised(servers: Any, client: Any, say: Any, alice: Any) -> None:
    with pytest.raises(EndpointMissingError):
        await client(await servers(say.refusal(404, "1000"))).standing(alice)


async def test_deadline_error_is_raised_when_the_seconds_are_over(
    servers: Any, client: Any, say: Any, alice: Any
) -> None:
    async def never(_: web.Request) -> web.Response:
        await asyncio.Event().wait()
        return web.Response()

    script = await servers(never)
    with pytest.raises(DeadlineError) as raised:
        await client(script).standing(alice, seconds=0.2)
    assert raised.value.correlation_id
