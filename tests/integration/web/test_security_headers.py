"""Tests that every route answers with the security headers, also where it refuses."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.app.serve_app import serve_app
from bot.settings import Settings
from bot.simulator.loopback_listener import listen
from tests.integration.teams.sign_in.conftest import KEY

ID = "7e1a2b3c-0000-4000-8000-0000000000aa"
WANTED = {
    "Content-Security-Policy",
    "Cross-Origin-Resource-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Cache-Control",
}


def app(public_url: str, folder: Path) -> web.Application:
    return serve_app(
        Settings(
            app_id=ID,
            app_tenant_id=ID,
            app_password="a secret",
            token_keys=(KEY,),
            public_url=public_url,
            database=f"sqlite+aiosqlite:///{folder}/bot.db",
        )
    )


@pytest.fixture(scope="module", params=["https://bot.example.com", "http://127.0.0.1:3978"])
def public_url(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def answers(public_url: str, tmp_path: Path) -> AsyncIterator[dict[str, aiohttp.ClientResponse]]:
    """Yield the answer of every route, and of a path and a method that there are not."""
    served = app(public_url, tmp_path)
    listening = await listen(served)
    async with aiohttp.ClientSession() as session:
        found = {}
        for route in served.router.routes():
            path = route.resource.canonical if route.resource else "/"
            found[f"{route.method} {path}"] = await session.request(route.method, f"{listening.url}{path}")
        found["no such path"] = await session.get(f"{listening.url}/no-such-path")
        found["no such method"] = await session.delete(f"{listening.url}/livez")
        yield found
    await listening.close()


async def test_every_answer_has_the_headers(answers: dict[str, aiohttp.ClientResponse], public_url: str) -> None:
    assert {"POST /api/messages", "GET /livez", "GET /", "GET /auth/start", "POST /auth/callback"} <= set(answers)
    for name, answer in answers.items():
        assert set(answer.headers) >= WANTED, name
        assert answer.headers["Server"] == "usagebot", name
        assert ("Strict-Transport-Security" in answer.headers) is public_url.startswith("https:"), name
        assert answer.status < 500, name
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"], name
