"""Attacks on the sign-in pages.

The link, the state, the code, the cookie, and redirects.
"""

import gzip
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.simulator.connector import ADA, BEN
from tests.integration.attacks.scene import FORM, Attack, Scene, Spoil, callback, start

LINK = "the link is unknown, used or too old"
STATE = "the state is unknown, used or too old"
BROWSER, PERSON = "another browser", "another person"
BEGAN = "in the browser where you began"
PKCE = "Entra: SignInNeeded AADSTS501481"
EVIL = "https://evil.example/"
LEADING = ("redirect_uri", "redirect", "return", "returnUrl", "next", "url", "continue", "authority", "tenant")
MARKUP = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"


def ticket(text: str, more: str = "") -> Spoil:
    def spoil(scene: Scene) -> None:
        scene.target = f"/auth/start?ticket={text}{more}"

    return spoil


def elsewhere(name: str, value: str) -> Spoil:
    """A link that was sent to no person, with a header that would redirect elsewhere."""

    def spoil(scene: Scene) -> None:
        ticket("made-up")(scene)
        scene.headers.append((name, value))

    return spoil


async def used_link(scene: Scene) -> None:
    """Ada has already signed in with the link."""
    browser = scene.browser
    await browser.open(scene.card["buttons"][0]["value"])
    await browser.follow()
    await browser.press("Continue as Ada Agent")
    assert (await browser.follow()).status == 200
    await scene.stage.heard()
    await scene.stage.quiet()


def form(**changes: Any) -> Spoil:
    """Post other fields; None omits one."""

    def spoil(scene: Scene) -> None:
        filled = (scene.form or {}) | changes
        scene.form = {name: value for name, value in filled.items() if value is not None}

    return spoil


def cookie(value: str | None) -> Spoil:
    def spoil(scene: Scene) -> None:
        scene.headers = [pair for pair in scene.headers if pair[0] != "Cookie"]
        if value is not None:
            scene.headers.append(("Cookie", value))

    return spoil


async def begun(scene: Scene, name: str) -> tuple[dict[str, str], str]:
    """Run another person's sign-in in their own browser until Entra redirects back.

    Returns (form, cookie).
    """
    person = {each.name: each for each in (ADA, BEN)}[name]
    await scene.stage.say("sign in", person)
    card = await scene.stage.offered()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        browser = type(scene.browser)(session)
        await browser.open(card["buttons"][0]["value"])
        given = browser.headers["Set-Cookie"].partition(";")[0]
        await browser.follow()
        await browser.press(f"Continue as {name}")
        answer = dict(browser.answer)
    scene.secrets |= {answer["code"], answer["state"]}
    return answer, given


async def replayed(scene: Scene) -> None:
    """Ada's browser has already posted this answer, and posts it again."""
    assert (await scene.send()).status == 200
    await scene.stage.heard()
    await scene.stage.say("sign out")
    await scene.stage.heard()


async def bens_state(scene: Scene) -> None:
    """Ada's browser posts Ben's state and code; he would be signed in in her browser."""
    scene.form, _ = await begun(scene, BEN.name)


async def adas_state_in_bens_browser(scene: Scene) -> None:
    """Ben has obtained what Ada's browser posts, and posts it from his browser."""
    _, given = await begun(scene, BEN.name)
    cookie(given)(scene)


async def bens_code(scene: Scene) -> None:
    """Ben's code is posted in Ada's own sign-in.

    PKCE and the nonce belong to her request.
    """
    answer, _ = await begun(scene, BEN.name)
    form(code=answer["code"])(scene)


async def own_other_code(scene: Scene) -> None:
    """A code from another sign-in of Ada is posted.

    It belongs to another PKCE verifier.
    """
    answer, _ = await begun(scene, ADA.name)
    form(code=answer["code"])(scene)


async def finished_by_ben(scene: Scene) -> None:
    """Ada's link is opened in her browser, but Ben signs in at Entra."""
    browser = scene.browser
    await browser.open(scene.card["buttons"][0]["value"])
    cookie(browser.headers["Set-Cookie"].partition(";")[0])(scene)
    await browser.follow()
    await browser.press("Continue as Ben Broker")
    scene.form = dict(browser.answer)


async def expired_link(scene: Scene) -> None:
    await scene.expire("invitation")


def posted_by_get(scene: Scene) -> None:
    assert scene.form is not None
    scene.target += "?" + "&".join(f"{name}={quote(value)}" for name, value in scene.form.items())
    scene.method, scene.form = "GET", None


def as_query(scene: Scene) -> None:
    """A POST with the answer in the address and an empty body."""
    posted_by_get(scene)
    scene.method, scene.body = "POST", b""


def typed(kind: str, body: bytes | None = None) -> Spoil:
    def spoil(scene: Scene) -> None:
        scene.header("Content-Type", kind)
        scene.body = scene.content if body is None else body

    return spoil


def bomb(scene: Scene) -> None:
    scene.header("Content-Encoding", "gzip")
    scene.body = gzip.compress(scene.content + b"&x=" + b"x" * 50_000_000)


def not_packed(scene: Scene) -> None:
    scene.header("Content-Encoding", "gzip")
    scene.body = scene.content


def chunked(scene: Scene) -> None:
    scene.header("Transfer-Encoding", "chunked")
    scene.body = (b"4000\r\n" + b"x" * 0x4000 + b"\r\n") * 5


def declared(scene: Scene) -> None:
    scene.header("Content-Length", "10000000000")
    scene.body = b"x" * (65 * 1024)


def at_start(name: str, spoil: Spoil) -> Attack:
    return Attack(f"link: {name}", start, 400, LINK, spoil)


def back(name: str, status: int, reason: str, spoil: Spoil, **more: Any) -> Attack:
    return Attack(f"callback: {name}", callback, status, reason, spoil, **{"spends": ("sign-in",)} | more)


ATTACKS = [
    at_start("that was sent to nobody", ticket("made-up")),
    at_start("without ticket", ticket("")),
    at_start("expired", expired_link),
    at_start("used already", used_link),
    at_start("with a ticket without end", ticket("x" * 5_000)),
    at_start("with a line break for another header", ticket("x%0d%0aSet-Cookie:%20usagebot-sign-in=evil%0d%0a")),
    at_start("with markup", ticket(quote(MARKUP))),
    at_start("with half a character", ticket("%ED%A0%80%00")),
    at_start("that would lead elsewhere", ticket("made-up", "".join(f"&{name}={EVIL}" for name in LEADING))),
    at_start("with another host", elsewhere("X-Forwarded-Host", "evil.example")),
    at_start("with another address", elsewhere("X-Original-URL", EVIL)),
    at_start("with a way out in the referrer", elsewhere("Referer", EVIL)),
    back("a state of nobody", 400, STATE, form(state="made-up"), spends=()),
    back("no state", 400, STATE, form(state=None), spends=()),
    back("a state without end", 400, STATE, form(state="x" * 50_000), spends=()),
    back("an expired state", 400, STATE, lambda scene: scene.expire("sign-in"), spends=()),
    back("an expired link behind a good state", 400, "the link was used meanwhile or is too old", expired_link),
    back("a state that was used", 400, STATE, replayed, spends=()),
    back("no cookie", 403, BROWSER, cookie(None), told=BEGAN),
    back("an empty cookie", 403, BROWSER, cookie("usagebot-sign-in="), told=BEGAN),
    back("a cookie that is no text", 403, BROWSER, cookie('usagebot-sign-in="\\377\udcff\\'), told=BEGAN),
    back("another person's state and code", 403, BROWSER, bens_state, told=BEGAN),
    back("in another person's browser", 403, BROWSER, adas_state_in_bens_browser, told=BEGAN),
    back("another person's code", 403, PKCE, bens_code, told="Sign in"),
    back("a code of another sign-in of one's own", 403, PKCE, own_other_code, told="Sign in"),
    back("a code of nobody", 403, "Entra: SignInNeeded AADSTS70000", form(code="made-up"), told="Sign in"),
    back("no code", 403, "Entra: SignInNeeded invalid_grant", form(code=None), told="Sign in"),
    back("finished by somebody else", 403, PERSON, finished_by_ben, told="Ben Broker", redeems=("authorization_code",)),
    back("markup in Entra's error", 403, "Entra: Refused", form(code=None, error=MARKUP), told="rule of your company"),
    back(
        "markup in Entra's description",
        403,
        "Entra: Refused x",
        form(code=None, error="x", error_description=MARKUP, error_uri=EVIL),
        told="rule of your company",
    ),
    back("would lead elsewhere", 400, STATE, form(state="made-up", **dict.fromkeys(LEADING, EVIL)), spends=()),
    back("by GET", 400, "the callback was not posted", posted_by_get, spends=()),
    back("in the address", 400, STATE, as_query, spends=()),
    back("as JSON", 400, "the posted body is not a form", typed("application/json", b"{}"), spends=()),
    back("as plain text", 400, "the posted body is not a form", typed("text/plain"), spends=()),
    back("no UTF-8", 400, STATE, typed(FORM, b"\xff\xfe=\xff"), spends=()),
    back("more fields than Entra has", 400, STATE, typed(FORM, b"a=b&" * 15_000), spends=()),
    back("a gzip bomb", 415, "the posted body is compressed", bomb, spends=()),
    back("called compressed", 415, "the posted body is compressed", not_packed, spends=()),
    back("a body that says it is too large", 413, "the posted body is too large", declared, spends=()),
    back("a body that is too large and does not say so", 413, "the posted body is too large", chunked, spends=()),
]  # fmt: skip
