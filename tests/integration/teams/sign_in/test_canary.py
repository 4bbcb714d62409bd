"""None of the secrets that are created during a long scenario appears anywhere.

A secret is every token, code, cookie, ticket, state, nonce and PKCE verifier that Entra, Teams or the bot made. Checked
are: the log, from debug up and of every library of the bot; what is posted into chats; what browsers show and where
they are led; what is answered over HTTP; and every byte of the database, its log and its index.
"""

import io
import json
import logging
import re
import secrets as library
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import aiohttp
import jwt
import pytest
import structlog

from bot.app.web_app import IDENTITY
from bot.simulator.connector import ADA, BEN
from bot.simulator.connector.rate_limits import OrderedFailure
from bot.simulator.connector.teams_client import TeamsClient
from bot.simulator.connector.teams_people import group
from bot.simulator.partner_center import FAULTS
from bot.simulator.partner_center.faults.fault_types import Fail, Refuse
from tests.integration.teams.sign_in.conftest import KEY, SECRET, open_stage

QUESTION = "usage for TEST COMPANY on Exchange"
SHORTEST = 16
KINDS = {
    "channel token", "bot's token", "SSO token", "ID token", "access token", "refresh token", "code", "cookie",
    "ticket", "state", "nonce", "verifier", "setting",
}  # fmt: skip


@dataclass
class Ledger:
    """The secrets that were created, by kind, and the texts that were seen, by place."""

    made: dict[str, set[str]] = field(default_factory=dict)
    seen: dict[str, list[str]] = field(default_factory=dict)
    lines: io.StringIO = field(default_factory=io.StringIO)

    def note(self, kind: str, secret: str) -> None:
        if len(secret) >= SHORTEST:
            self.made.setdefault(kind, set()).add(secret)

    def show(self, place: str, text: str) -> None:
        self.seen.setdefault(place, []).append(text)

    def leaks(self, text: str, *kinds: str) -> set[str]:
        """Return the kinds whose secrets appear in `text`.

        A part of a secret is enough, as it is or as it is written in a URL.
        """
        return {kind for kind in kinds or self.made for each in self.made[kind] for part in parts(each) if part in text}


def parts(secret: str) -> set[str]:
    """Return the parts of a secret that must not appear anywhere.

    For a JWT these are its claims and its signature, otherwise its beginning and its end.
    """
    pieces = secret.split(".")[1:] if secret.count(".") == 2 else [secret]
    cut = {part for piece in pieces for part in (piece[:40], piece[-40:])}
    return {way for part in cut if len(part) >= SHORTEST for way in (part, quote(part, safe=""))}


def kind_of(claims: dict[str, Any]) -> str:
    if claims.get("iss") == "https://api.botframework.com":
        return "channel token"
    if claims.get("aud") == "https://api.botframework.com":
        return "bot's token"
    if claims.get("aud") == "https://api.partnercenter.microsoft.com":
        return "access token"
    return "SSO token" if "scp" in claims else "ID token"


def watch(ledger: Ledger, patch: pytest.MonkeyPatch) -> None:
    """Record every JWT and every random text when it is created."""
    encode, random_text = jwt.encode, library.token_urlsafe

    def encoded(claims: dict[str, Any], *args: Any, **options: Any) -> str:
        token = encode(claims, *args, **options)
        ledger.note(kind_of(claims), token)
        return token

    def random(size: int | None = None) -> str:
        text = random_text(size)
        # By their length: random texts of 24 bytes are ids of exchanges, those of 16 are of Entra's own pages.
        kind = {32: "ticket or cookie", 48: "code", 64: "refresh token"}.get(size or 0)
        if kind is not None:
            ledger.note(kind, text)
        return text

    patch.setattr(jwt, "encode", encoded)
    patch.setattr(library, "token_urlsafe", random)


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the ledger; what is logged from now on is added to `ledger.lines`."""
    made = Ledger()
    watch(made, monkeypatch)
    for secret in (SECRET, KEY, "k" * 32):
        made.note("setting", secret)
    handler = logging.StreamHandler(made.lines)
    root = logging.getLogger()
    level, configured = root.level, structlog.get_config()
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
        logger_factory=structlog.PrintLoggerFactory(made.lines),
        cache_logger_on_first_use=False,
    )
    yield made
    structlog.configure(**configured)
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
async def house(ledger: Ledger, tmp_path: Path, browser: Any, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    """Open the stage with the ledger.

    What browsers and Teams receive from the bot is recorded.
    """
    async with open_stage(tmp_path) as stage:
        _note_answers(ledger, monkeypatch)
        _note_pages(ledger, stage, browser, monkeypatch)
        _note_token_requests(ledger, stage, monkeypatch)
        yield stage


def _note_answers(ledger: Ledger, patch: pytest.MonkeyPatch) -> None:
    post = TeamsClient.post

    async def posted(*args: Any, **options: Any) -> Any:
        delivered = await post(*args, **options)
        ledger.show("answer to Teams", json.dumps(delivered.body))
        return delivered

    patch.setattr(TeamsClient, "post", posted)


def _note_pages(ledger: Ledger, stage: Any, browser: Any, patch: pytest.MonkeyPatch) -> None:
    go = type(browser)._go

    async def gone(self: Any, method: str, url: str, data: Any) -> None:
        await go(self, method, url, data)
        if not str(url).startswith(stage.bot.listening.url):
            return
        for cookie in re.findall(r"usagebot-sign-in=([\w-]{20,})", self.headers.get("Set-Cookie", "")):
            ledger.note("cookie", cookie)
        if self.left_to is not None:
            led = parse_qs(urlsplit(self.left_to).query)
            ledger.note("state", led["state"][0])
            ledger.note("nonce", led["nonce"][0])
        ledger.show("address of a page", str(url))
        ledger.show("page", self.page)
        ledger.show("where a page leads", self.left_to or "")

    patch.setattr(type(browser), "_go", gone)


def _note_token_requests(ledger: Ledger, stage: Any, patch: pytest.MonkeyPatch) -> None:
    answer: Callable[..., Any] = stage.entra._tokens.answer

    def answered(tenant: str, form: dict[str, str], *more: Any) -> Any:
        for name, kind in (("code_verifier", "verifier"), ("code", "code"), ("refresh_token", "refresh token")):
            ledger.note(kind, form.get(name, ""))
        told = answer(tenant, form, *more)
        ledger.note("access token", told["access_token"])
        ledger.note("refresh token", told.get("refresh_token", ""))
        return told

    patch.setattr(stage.entra._tokens, "answer", answered)


async def on_the_page(stage: Any, browser: Any, card: dict[str, Any], *buttons: str) -> None:
    await browser.open(card["buttons"][0]["value"])
    await browser.follow()
    for button in buttons:
        await browser.press(button)
    await browser.follow()
    await stage.heard()


async def signing_in(stage: Any, browser: Any) -> None:
    """Sign in in every way.

    Silently, by consent, as another person, not at all, without success, and twice.
    """
    await stage.say(QUESTION)
    card = await stage.offered()
    for person, token in ((BEN, None), (ADA, stage.token(BEN)), (ADA, stage.token(ADA, exp=1)), (ADA, "e30.e30.e30")):
        assert (await stage.exchange(card, person, token)).status in {400, 403}
    assert [(await stage.exchange(card)).status for _ in range(2)] == [200, 200]
    await stage.heard()
    for said in ("who am i", "sign out"):
        await stage.say(said)
        await stage.heard()
    stage.entra.standing(stage.users[ADA.name]).consented = False
    await stage.say(QUESTION)
    card = await stage.offered()
    assert (await stage.exchange(card)).status == 412
    for buttons in (("Cancel",), ("Continue as Ben Broker",), ("Continue as Ada Agent", "Accept")):
        await on_the_page(stage, browser, card, *buttons)
    posted = browser.answer
    await browser.open(card["buttons"][0]["value"])
    url = f"{stage.bot.listening.url}/auth/callback"
    await browser._go("POST", url, posted)
    await browser._go("POST", url, {"code": "made-up", "state": "made-up"})
    await browser._go("GET", url, None)


async def troubles(stage: Any, browser: Any) -> None:
    """Let Partner Center, Entra and Teams report every kind of problem."""
    faults, standing = stage.partner_center[FAULTS], stage.entra.standing(stage.users[ADA.name])
    for fault in (Refuse(status=401, code="900427"), Refuse(status=403), Fail(status=500), Fail(status=502)):
        faults.add(fault)
        await stage.say(QUESTION)
        await stage.quiet()
    faults.clear()
    await stage.say("sign out")
    await stage.quiet()
    standing.mfa_done = False  # the session of Teams has no second factor
    await stage.signed_in()
    await stage.say(QUESTION)
    await on_the_page(stage, browser, await stage.offered(), "Continue as Ada Agent", "Approve the sign-in")
    faults.clear()
    for name, value in (("down", True), ("throttled", 1), ("blocked", True), ("claims", '{"access_token":{}}')):
        faults.add(Refuse(status=401, code="900427", times=2))
        before = getattr(standing, name)
        setattr(standing, name, value)
        await stage.say(QUESTION)
        await stage.quiet()
        setattr(standing, name, before)
        faults.clear()
    stage.connector.fail_next(OrderedFailure(502), OrderedFailure(401), OrderedFailure(403), OrderedFailure(0))
    for _ in range(3):
        await stage.say(QUESTION)
    await stage.say(QUESTION, ADA, group(ADA, BEN))
    await stage.quiet()


async def hostile(stage: Any) -> None:
    """Send requests that are refused, by the bot and by its HTTP server."""
    token = stage.connector.channel_token()
    url = f"{stage.bot.listening.url}/api/messages"
    async with aiohttp.ClientSession() as session:
        for bearer in (token[:-4] + "AAAA", token, stage.token(ADA), f"{token}.{token}", token * 20):
            headers = {"Authorization": f"Bearer {bearer}", "Content-Type": "application/json"}
            async with session.post(f"{url}?access_token={token}", data=b"{}", headers=headers) as response:
                assert response.status in {400, 401}


def rename(folder: Path, table: str, name: str) -> None:
    with sqlite3.connect(folder / "bot.db") as connection:
        connection.execute(f"ALTER TABLE {table} RENAME TO {name}")
    connection.close()


def stored(folder: Path) -> dict[str, str]:
    """Return every byte of the database, its log and its index."""
    return {path.name: path.read_bytes().decode("latin-1") for path in folder.iterdir()}


async def a_broken_store(stage: Any) -> None:
    """Let every statement fail while it holds the values that were to be stored."""
    await stage.say("sign in", BEN)
    card = await stage.offered()
    stage.bot.app[IDENTITY].tokens.held.clear()
    rename(stage.folder, "records", "elsewhere")
    assert (await stage.exchange(card, BEN)).status == 200
    await stage.say(QUESTION)
    await stage.quiet()
    rename(stage.folder, "elsewhere", "records")


async def test_no_secret_appears_anywhere(
    house: Any, ledger: Ledger, browser: Any, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    await signing_in(house, browser)
    await troubles(house, browser)
    await hostile(house)
    await a_broken_store(house)
    await house.quiet()
    out, err = capfd.readouterr()
    logged = ledger.lines.getvalue() + out + err
    files = stored(tmp_path)
    for each in house.connector.transcript.entries:
        ledger.show("chat", json.dumps(each.activity))
    links = re.findall(r"/auth/start\?ticket=([\w-]+)", "".join(ledger.seen["chat"]))
    ledger.made["ticket"] = set(links)
    made = ledger.made.keys() - {"ticket or cookie"}
    assert made == KINDS
    assert set(files) == {"bot.db", "bot.db-wal", "bot.db-shm"}
    assert {place: len("".join(texts)) > 500 for place, texts in ledger.seen.items()} == dict.fromkeys(
        ledger.seen, True
    )
    assert "sso_token_refused" in logged
    assert "sqlite" in logged
    assert ledger.leaks(logged) == set()
    assert {name: ledger.leaks(text) for name, text in files.items()} == {name: set() for name in files}
    assert ledger.leaks("".join(ledger.seen["page"] + ledger.seen["answer to Teams"])) == set()
    # By design the link on the card contains the ticket, and the address of Entra contains state and nonce; no other
    # secret.
    assert ledger.leaks("".join(ledger.seen["chat"])) <= {"ticket", "ticket or cookie"}
    assert ledger.leaks("".join(ledger.seen["address of a page"])) <= {"ticket", "ticket or cookie"}
    assert ledger.leaks("".join(ledger.seen["where a page leads"])) <= {"state", "nonce"}


def test_check_finds_a_part_of_a_secret() -> None:
    """Check the check itself: a part of a token in a URL or in a row is found."""
    ledger = Ledger()
    token = jwt.encode({"aud": "x"}, "k" * 32, algorithm="HS256")
    ledger.note("token", token)
    ledger.note("code", "1.a+b/c=" + "d" * 60)
    assert ledger.leaks(f"row: {token.split('.')[2]}") == {"token"}
    assert ledger.leaks(f"?code={quote('1.a+b/c=' + 'd' * 60, safe='')}") == {"code"}
    assert ledger.leaks("nothing of it") == set()
