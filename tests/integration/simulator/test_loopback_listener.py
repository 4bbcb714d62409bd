"""Tests of binding a port of this machine."""

import aiohttp
import pytest
from aiohttp import web

from bot.errors import AddressInUseError, SettingsError
from bot.simulator.loopback_listener import listen


def hello() -> web.Application:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text="hello")

    app = web.Application()
    app.router.add_get("/", answer)
    return app


async def test_free_port_is_used_reported_and_released() -> None:
    server = await listen(hello())
    async with aiohttp.ClientSession() as session, session.get(server.url) as reply:
        assert await reply.text() == "hello"
    await server.close()
    await server.close()
    again = await listen(hello(), port=server.port)
    assert again.port == server.port
    await again.close()


async def test_error_names_the_port_when_it_is_taken() -> None:
    server = await listen(hello())
    with pytest.raises(AddressInUseError) as raised:
        await listen(hello(), port=server.port)
    assert (raised.value.host, raised.value.port) == ("127.0.0.1", server.port)
    await server.close()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "example.com", "", "127.0.0.1.evil.example"])
async def test_host_is_refused_when_others_can_reach_it(host: str) -> None:
    with pytest.raises(SettingsError, match="host"):
        await listen(hello(), host=host)


@pytest.mark.parametrize("port", [-1, 65_536])
async def test_impossible_port_is_refused(port: int) -> None:
    with pytest.raises(SettingsError, match="port"):
        await listen(hello(), port=port)


async def test_localhost_and_the_rest_of_loopback_are_this_machine() -> None:
    for host in ("localhost", "127.0.0.2"):
        server = await listen(hello(), host=host)
        assert server.url == f"http://{host}:{server.port}"
        await server.close()
