"""Every session obeys the policy, whatever its caller and the environment say."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.outgoing.http_session import LONGEST, PolicyError, open_session
from bot.simulator.loopback_listener import listen


class Service:
    """A service that sends a cookie and a redirect, and notes what it receives."""

    def __init__(self) -> None:
        self.url = ""
        self.received: list[web.Request] = []

    async def answer(self, request: web.Request) -> web.Response:
        self.received.append(request)
        if request.path == "/moved":
            return web.Response(status=302, headers={"Location": f"{self.url}/elsewhere"})
        answer = web.Response(text="figures")
        answer.set_cookie("who", "ann")
        return answer


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    service = Service()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", service.answer)
    listening = await listen(app)
    service.url = listening.url
    yield service
    await listening.close()


async def test_proxy_of_the_environment_is_not_used(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with open_session() as session, session.get(f"{service.url}/a") as answer:
        assert await answer.text() == "figures"


async def test_netrc_is_not_read(service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "netrc").write_text("default login ann password secret\n", "utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    async with open_session() as session:
        await session.get(f"{service.url}/a")
    assert "Authorization" not in service.received[0].headers


async def test_cookies_are_not_kept(service: Service) -> None:
    async with open_session() as session:
        await session.get(f"{service.url}/a")
        await session.get(f"{service.url}/b")
    assert "Cookie" not in service.received[1].headers


@pytest.mark.parametrize("options", [{}, {"allow_redirects": True, "max_redirects": 30}])
async def test_redirect_is_refused_when_its_caller_forgets_it(service: Service, options: dict[str, object]) -> None:
    async with open_session() as session:
        with pytest.raises(PolicyError):
            await session.get(f"{service.url}/moved", **options)
    assert [each.path for each in service.received] == ["/moved"]


async def test_redirect_is_an_answer_when_its_caller_reads_it(service: Service) -> None:
    async with open_session() as session, session.get(f"{service.url}/moved", allow_redirects=False) as answer:
        assert answer.status == 302


@pytest.mark.parametrize("url", ["http://service.example/a", "http://192.0.2.1/a", "http://127.0.0.1.example/a"])
async def test_nothing_is_sent_without_tls_to_another_machine(url: str) -> None:
    async with open_session() as session:
        with pytest.raises(PolicyError):
            await session.get(url, headers={"Authorization": "Bearer secret"})


async def test_call_has_a_deadline_when_its_caller_sets_none() -> None:
    async with open_session() as session:
        assert session.timeout == aiohttp.ClientTimeout(total=LONGEST)
