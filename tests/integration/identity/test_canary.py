"""No token, code, link or question is in a log, on a page or in the database."""

import asyncio
import logging
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.errors import UsageBotError
from bot.identity.entra.device_code import DeviceCode, DeviceSignIn
from bot.identity.sign_in.pending_questions import PendingQuestion
from bot.simulator.entra import SimulatedEntra, User


class Secrets:
    """Collects all secrets that were made and all texts that were shown."""

    def __init__(self, entra: SimulatedEntra, folder: Path, logs: Any, output: Any) -> None:
        self.secrets: set[str] = set()
        self.shown: list[str] = []
        self._entra = entra
        self._folder = folder
        self._logs = logs
        self._output = output

    def watch(self, owner: Any, name: str, patch: pytest.MonkeyPatch) -> None:
        """Record what `owner.name` returns: it is a secret."""
        made = getattr(owner, name)

        def noting(*args: Any, **options: Any) -> str:
            secret: str = made(*args, **options)
            self.secrets.add(secret)
            return secret

        patch.setattr(owner, name, noting)

    def stored(self) -> bytes:
        return b"".join(file.read_bytes() for file in self._folder.glob("bot.db*"))

    def said(self) -> str:
        out, err = self._output.readouterr()
        return "\n".join([*self.shown, *(record.getMessage() for record in self._logs.records), out, err])

    def all(self) -> set[str]:
        return {*self.secrets, *self._entra.grants.codes, *self._entra.grants.refreshes}


@pytest.fixture
def sentinels(
    entra: SimulatedEntra,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Secrets:
    caplog.set_level(logging.DEBUG)
    made = Secrets(entra, tmp_path, caplog, capfd)
    for owner, name in ((entra.authority, "issue"), (entra.keys, "sso_token"), (entra.keys, "id_token")):
        made.watch(owner, name, monkeypatch)
    return made


async def sign_in_on_the_page(house: Any, browser: Any, caller: Any, name: str, sentinels: Secrets) -> None:
    link = (await house.sign_ins.invite(caller)).url
    sentinels.secrets.add(parse_qs(urlsplit(link).query)["ticket"][0])
    await browser.open(link)
    query = parse_qs(urlsplit(browser.left_to).query)
    sentinels.secrets |= {query["state"][0]}
    await browser.follow()
    await browser.press(f"Continue as {name}")
    await browser.follow()
    sentinels.shown.append(browser.page)


async def test_no_secret_is_in_a_log_a_page_an_error_or_the_database(
    house: Any, ada: User, ben: User, browser: Any, sentinels: Secrets, caller: Any
) -> None:
    await house.sso(ada)
    await house.sso(ada, aud="another")
    await house.sso(ben, caller(ada))
    await sign_in_on_the_page(house, browser, caller(ada), "Ada Agent", sentinels)
    await sign_in_on_the_page(house, browser, caller(ada), "Ben Broker", sentinels)
    await house.waiting.keep(caller(ada), PendingQuestion("usage for Canary Customer", "a:1"))
    sentinels.secrets.add("Canary Customer")
    for ahead, setting, value in ((3500, "mfa", False), (7000, "blocked", True), (10_500, "down", True)):
        house.clock.ahead = ahead
        setattr(house.simulated.standing(ada), setting, value)
        try:
            await house.tokens.token(caller(ada))
        except UsageBotError as error:
            sentinels.shown.append(repr(error) + str(error.__cause__) + str(error.__context__))
    kept = await house.tokens.signed_in(caller(ada))
    sentinels.shown += [
        repr(kept),
        repr(house.tokens.held._tokens),
        repr(house.entra),
        repr(PendingQuestion("x", "y", "z")),
    ]
    await house.pages.close()
    stored, said, secrets = sentinels.stored(), sentinels.said(), sentinels.all()
    assert "sso_token_refused" in said
    assert len(secrets) > 12
    assert len(stored) > 4096
    parts = {part for secret in secrets for part in (secret, secret[:40], secret[-40:])}
    assert not {_where(said, part) for part in parts if part in said}
    assert not {part for part in parts if part.encode() in stored}


async def test_no_secret_of_a_device_code_sign_in_is_logged(
    entra: SimulatedEntra, ada: User, browser: Any, library: Any, sentinels: Secrets, caller: Any
) -> None:
    shown: asyncio.Queue[DeviceCode] = asyncio.Queue()
    sign_in = DeviceSignIn(library.app_id, library.tenant, shown.put_nowait, session=library.session)
    waiting = asyncio.create_task(sign_in.sign_in())
    code = await shown.get()
    sentinels.secrets |= entra.grants.devices.keys()
    await browser.open(code.url)
    await browser.press("Next", code=code.user_code)
    await browser.press("Continue as Ada Agent")
    await waiting
    token = await sign_in.token(caller(ada))
    assert await sign_in.token(caller(ada), refused=token) != token
    sentinels.shown += [repr(code), repr(sign_in)]
    said, secrets = sentinels.said(), sentinels.all()
    assert len(secrets) > 5
    assert [_where(said, part) for secret in secrets for part in (secret, secret[-40:]) if part in said] == []


def _where(said: str, part: str) -> str:
    """Return the text before a secret, for the message of a failure."""
    position = said.index(part)
    return said[max(0, position - 200) : position + 20]
