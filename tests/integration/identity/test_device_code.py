"""Signing in from a terminal with a code."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.errors import EntraDownError, NotSignedInError
from bot.identity.entra.device_code import DeviceCode, DeviceSignIn
from bot.simulator.entra import SimulatedEntra, User
from bot.simulator.loopback_authority import LoopbackAuthority


class Terminal:
    def __init__(self, sign_in: DeviceSignIn, shown: "asyncio.Queue[DeviceCode]") -> None:
        self.sign_in = sign_in
        self.shown = shown


@pytest.fixture
async def terminal(entra: SimulatedEntra, app_id: str, library: Any) -> AsyncIterator[Terminal]:
    shown: asyncio.Queue[DeviceCode] = asyncio.Queue()
    transport = LoopbackAuthority(entra.url)
    yield Terminal(DeviceSignIn(app_id, library.tenant, shown.put_nowait, session=transport), shown)
    transport.close()


async def test_the_terminal_is_signed_in_when_the_code_is_entered(
    terminal: Terminal, entra: SimulatedEntra, ada: User, browser: Any
) -> None:
    waiting = asyncio.create_task(terminal.sign_in.sign_in())
    code = await terminal.shown.get()
    await browser.open(code.url)
    await browser.press("Next", code=code.user_code)
    await browser.press("Continue as Ada Agent")
    caller = await waiting
    assert (caller.object_id, caller.name) == (ada.object_id, "Ada Agent")
    token = await terminal.sign_in.token(caller)
    assert entra.authority.verify(token).object_id == ada.object_id
    assert await terminal.sign_in.token(caller) == token
    assert await terminal.sign_in.token(caller, refused=token) != token


async def test_waiting_ends_when_the_person_declines(terminal: Terminal, ada: User, browser: Any) -> None:
    waiting = asyncio.create_task(terminal.sign_in.sign_in())
    code = await terminal.shown.get()
    await browser.open(code.url)
    await browser.press("Next", code=code.user_code)
    await browser.press("Cancel")
    with pytest.raises(NotSignedInError):
        await waiting


async def test_a_wait_can_be_cancelled(terminal: Terminal, ada: User) -> None:
    waiting = asyncio.create_task(terminal.sign_in.sign_in())
    await terminal.shown.get()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert terminal.sign_in._flow["expires_at"] == 0


async def test_entra_down_is_raised_when_entra_is_unreachable(terminal: Terminal, entra: SimulatedEntra) -> None:
    await entra.close()
    with pytest.raises(EntraDownError):
        await terminal.sign_in.sign_in()


async def test_not_signed_in_is_raised_before_the_sign_in(terminal: Terminal, ada: User, caller: Any) -> None:
    with pytest.raises(NotSignedInError):
        await terminal.sign_in.token(caller(ada))
