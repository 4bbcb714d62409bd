"""The sign-in in a browser.

Only for the person in the chat, only in the browser that began it, only once.
"""

import asyncio
import io
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from bot.identity.entra.sign_in_outcome import Declined, OtherPerson, SignInStop, Tokens, TryLater
from bot.identity.sign_in.sign_in_pages import SignInPages
from bot.simulator.entra import SimulatedEntra, User
from bot.simulator.loopback_listener import listen


@pytest.fixture
async def link(house: Any, ada: User, caller: Any) -> str:
    """Return the link in Ada's chat."""
    return str((await house.sign_ins.invite(caller(ada))).url)


@pytest.fixture
async def at_entra(browser: Any, link: str) -> Any:
    """Return a browser that followed Ada's link and shows Entra's page."""
    await browser.open(link)
    return await browser.follow()


async def outcomes(house: Any) -> list[Any]:
    await house.pages.close()
    return [outcome for _, outcome in house.told]


async def test_the_chat_is_notified_when_its_person_has_signed_in(
    house: Any, entra: SimulatedEntra, ada: User, at_entra: Any, caller: Any
) -> None:
    entra.standing(ada).consented = False
    await at_entra.press("Continue as Ada Agent")
    await at_entra.press("Accept")
    page = await at_entra.follow()
    assert page.status == 200
    assert "You are signed in" in page.page
    token = await house.tokens.token(caller(ada))
    assert entra.authority.verify(token).object_id == ada.object_id
    assert [type(each) for each in await outcomes(house)] == [Tokens]
    assert house.told[0][0].key == caller(ada).key


async def test_a_claims_challenge_is_sent_to_entra_with_the_sign_in(
    house: Any, entra: SimulatedEntra, ada: User, browser: Any, caller: Any
) -> None:
    challenge = '{"access_token":{"amr":{"essential":true,"values":["mfa"]}}}'
    entra.standing(ada).claims, entra.standing(ada).mfa_done = challenge, False
    await browser.open((await house.sign_ins.invite(caller(ada), claims=challenge)).url)
    assert parse_qs(urlsplit(browser.left_to).query)["claims"] == [challenge]
    await browser.follow()
    await browser.press("Continue as Ada Agent")
    await browser.press("Approve the sign-in")
    assert (await browser.follow()).status == 200


async def test_the_request_to_entra_has_pkce_nonce_and_form_post(browser: Any, link: str) -> None:
    await browser.open(link)
    query = parse_qs(urlsplit(browser.left_to).query)
    assert query["code_challenge_method"] == ["S256"]
    assert query["response_mode"] == ["form_post"]
    assert query["nonce"][0]
    assert query["state"][0] != parse_qs(urlsplit(link).query)["ticket"][0]


async def test_a_sign_in_is_refused_when_another_person_finishes(
    house: Any, ada: User, ben: User, at_entra: Any, caller: Any
) -> None:
    await at_entra.press("Continue as Ben Broker")
    page = await at_entra.follow()
    assert page.status == 403
    assert "Ben Broker" in page.page
    assert "Ada" not in page.page
    for user in (ada, ben):
        assert not await house.cache.version(caller(user).key)
    assert await outcomes(house) == [OtherPerson("Ben Broker")]


async def test_the_link_still_works_after_another_person_finished(
    house: Any, ada: User, ben: User, at_entra: Any, link: str, caller: Any
) -> None:
    await at_entra.press("Continue as Ben Broker")
    await at_entra.follow()
    await at_entra.open(link)
    await at_entra.follow()
    await at_entra.press("Continue as Ada Agent")
    assert (await at_entra.follow()).status == 200
    assert await house.cache.version(caller(ada).key)


async def test_another_persons_state_is_refused(
    house: Any, ada: User, ben: User, at_entra: Any, browser: Any, caller: Any
) -> None:
    await at_entra.press("Continue as Ada Agent")
    stolen = at_entra.answer
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.get((await house.sign_ins.invite(caller(ben))).url, allow_redirects=False):
            pass
        async with session.post(f"{house.sign_ins.public_url}/auth/callback", data=stolen) as response:
            assert response.status == 403
    assert not await house.cache.version(caller(ada).key)
    assert not await house.cache.version(caller(ben).key)
    assert SignInStop.OTHER_BROWSER in await outcomes(house)


async def test_a_code_is_refused_in_another_sign_in(
    house: Any, ada: User, ben: User, browser: Any, link: str, caller: Any
) -> None:
    """Ben's code is sent with Ada's state, in Ada's browser.

    PKCE and the nonce belong to Ada's request.
    """
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        other = type(browser)(session)
        await other.open((await house.sign_ins.invite(caller(ben))).url)
        await other.follow()
        await other.press("Continue as Ben Broker")
        code = other.answer["code"]
    await browser.open(link)
    state = parse_qs(urlsplit(browser.left_to).query)["state"][0]
    await browser._go("POST", f"{house.sign_ins.public_url}/auth/callback", {"code": code, "state": state})
    assert browser.status == 403
    for user in (ada, ben):
        assert not await house.cache.version(caller(user).key)


async def test_a_state_works_once(house: Any, ada: User, at_entra: Any) -> None:
    await at_entra.press("Continue as Ada Agent")
    posted = at_entra.answer
    first = await at_entra.follow()
    assert first.status == 200
    await at_entra._go("POST", f"{house.sign_ins.public_url}/auth/callback", posted)
    assert at_entra.status == 400
    assert "no longer valid" in at_entra.page


async def test_a_link_signs_in_once(ada: User, at_entra: Any, link: str) -> None:
    await at_entra.press("Continue as Ada Agent")
    await at_entra.follow()
    await at_entra.open(link)
    assert (at_entra.status, at_entra.left_to) == (400, None)


async def test_two_tabs_of_one_link_give_one_sign_in(
    house: Any, entra: SimulatedEntra, ada: User, browser: Any, link: str
) -> None:
    await browser.open(link)
    first = browser.left_to
    await browser.open(link)
    await browser.follow()
    await browser.press("Continue as Ada Agent")
    assert (await browser.follow()).status == 200
    await browser.open(first)
    await browser.press("Continue as Ada Agent")
    assert (await browser.follow()).status == 400
    assert [type(each) for each in await outcomes(house)] == [Tokens]


async def test_links_and_states_expire_after_minutes(house: Any, ada: User, at_entra: Any, link: str) -> None:
    await at_entra.press("Continue as Ada Agent")
    house.clock.ahead = 601
    assert (await at_entra.follow()).status == 400
    house.clock.ahead = 901
    await at_entra.open(link)
    assert at_entra.status == 400


async def test_no_token_is_kept_when_the_person_cancels(house: Any, ada: User, at_entra: Any, caller: Any) -> None:
    await at_entra.press("Cancel")
    page = await at_entra.follow()
    assert page.status == 200
    assert "You did not sign in" in page.page
    assert await outcomes(house) == [Declined()]
    assert not await house.cache.version(caller(ada).key)


async def test_no_token_is_kept_when_the_cookie_is_missing(house: Any, ada: User, at_entra: Any, caller: Any) -> None:
    await at_entra.press("Continue as Ada Agent")
    answer = at_entra.answer
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{house.sign_ins.public_url}/auth/callback", data=answer) as response,
    ):
        assert response.status == 403
    assert not await house.cache.version(caller(ada).key)


async def test_try_later_is_shown_when_entra_fails_at_the_end(
    house: Any, entra: SimulatedEntra, ada: User, at_entra: Any
) -> None:
    await at_entra.press("Continue as Ada Agent")
    entra.faults.append((503, 30))
    page = await at_entra.follow()
    assert page.status == 503
    assert page.headers["Retry-After"] == "30"
    assert await outcomes(house) == [TryLater(30.0)]


async def test_the_page_shows_the_code_when_the_secret_is_wrong(
    house: Any, entra: SimulatedEntra, ada: User, at_entra: Any, app_id: str
) -> None:
    await at_entra.press("Continue as Ada Agent")
    entra.register(app_id, "another by now", f"{house.sign_ins.public_url}/auth/callback")
    page = await at_entra.follow()
    assert page.status == 403
    assert "AADSTS7000215" in page.page


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?ticket=",
        "?ticket=forged",
        f"?ticket={'x' * 5000}",
        "?ticket=%00",
        "?ticket=%ED%A0%80",
        "?ticket=a&redirect_uri=https://evil.example",
    ],
)
async def test_an_unknown_ticket_is_refused(house: Any, browser: Any, query: str) -> None:
    await browser.open(URL(f"{house.sign_ins.public_url}/auth/start{query}", encoded=True))
    assert (browser.status, browser.left_to) == (400, None)


async def test_extra_parameters_do_not_change_where_a_link_leads(house: Any, browser: Any, link: str) -> None:
    evil = "https://evil.example/"
    extras = "&".join(f"{name}={evil}" for name in ("redirect_uri", "returnUrl", "next", "authority", "claims"))
    await browser.open(f"{link}&{extras}")
    assert browser.left_to.startswith(house.simulated.url + "/")
    assert "evil.example" not in browser.left_to


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"state=", "application/x-www-form-urlencoded"),
        (b"\xff\xfe=\xff", "application/x-www-form-urlencoded"),
        (b"state=x&code=y", "application/x-www-form-urlencoded; charset=klingon"),
        (b"state=x&" * 100, "application/x-www-form-urlencoded"),
        (b"state=" + b"x" * 60_000, "application/x-www-form-urlencoded"),
        (b'{"state":"x"}', "application/json"),
        (b"--x\r\n\r\n", "multipart/form-data; boundary=x"),
        (b"state=x", ""),
        (b"state=x&state=y&code=z", "application/x-www-form-urlencoded"),
        (b"state=" + b"x" * 70_000, "application/x-www-form-urlencoded"),
        (b"x" * 2_000_000, "application/x-www-form-urlencoded"),
    ],
)
async def test_any_invalid_post_is_refused_without_an_error_of_ours(house: Any, body: bytes, kind: str) -> None:
    url = f"{house.sign_ins.public_url}/auth/callback"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=io.BytesIO(body), headers={"Content-Type": kind}) as response,
    ):
        assert response.status in {400, 413}
    assert await outcomes(house) == []


async def test_pages_forbid_caching_framing_and_foreign_content(house: Any, ada: User, at_entra: Any) -> None:
    await at_entra.press("Continue as Ada Agent")
    page = await at_entra.follow()
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]


async def test_the_cookie_is_http_only_and_deleted_after_the_sign_in(ada: User, browser: Any, link: str) -> None:
    await browser.open(link)
    given = browser.headers["Set-Cookie"]
    assert "HttpOnly" in given
    assert "Path=/auth" in given
    assert "SameSite=Lax" in given
    await browser.follow()
    await browser.press("Continue as Ada Agent")
    await browser.follow()
    assert 'usagebot-sign-in=""' in browser.headers["Set-Cookie"]


async def test_the_callback_says_what_to_do_when_opened_by_hand(house: Any, browser: Any) -> None:
    await browser.open(f"{house.sign_ins.public_url}/auth/callback?code=x&state=y")
    assert browser.status == 400
    assert "type “sign in”" in browser.page


async def test_the_page_succeeds_when_the_listener_fails(
    house: Any, ada: User, at_entra: Any, caller: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any) -> None:
        raise RuntimeError("the chat is gone")

    monkeypatch.setattr(house.pages, "_listener", broken)
    await at_entra.press("Continue as Ada Agent")
    assert (await at_entra.follow()).status == 200
    await asyncio.sleep(0)
    assert await house.cache.version(caller(ada).key)


async def test_the_cookie_is_secure_and_same_site_none_over_https(house: Any, ada: User, caller: Any) -> None:
    link = (await house.sign_ins.invite(caller(ada))).url
    served, house.sign_ins.public_url = house.sign_ins.public_url, "https://bot.example"
    app = web.Application()
    app.add_routes(SignInPages(house.sign_ins, house.tell).routes())
    secure = await listen(app)
    async with (
        aiohttp.ClientSession() as session,
        session.get(link.replace(served, secure.url), allow_redirects=False) as response,
    ):
        given = response.headers["Set-Cookie"]
    assert "Secure" in given
    assert "SameSite=None" in given
    await secure.close()
