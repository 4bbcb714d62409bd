"""Attacks added to a valid request.

The request is answered as if they were absent.
"""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.simulator.connector import ADA, BEN
from tests.integration.attacks.forging import forged
from tests.integration.attacks.pages import EVIL, LEADING, MARKUP, form, used_link
from tests.integration.attacks.scene import Scene, callback, exchange, message, start

HEADERS = {
    "Host": "evil.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "http",
    "X-Original-URL": EVIL,
    "X-Rewrite-URL": EVIL,
    "Forwarded": "host=evil.example;proto=http",
    "Origin": "https://evil.example",
    "Referer": EVIL,
}


def led_to(scene: Scene, head: str) -> dict[str, str]:
    """Return the query that Entra gets. The redirect goes to Entra and nowhere else."""
    location = next(line for line in head.split("\r\n") if line.lower().startswith("location: "))[10:]
    assert location.startswith(("https://login.microsoftonline.com/", scene.entra.url + "/"))
    assert "evil.example" not in location
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


async def test_parameters_beside_the_ticket_do_not_change_the_redirect(scene: Scene) -> None:
    await start(scene)
    scene.target += "".join(f"&{name}={EVIL}" for name in LEADING)
    answer = await scene.send()
    assert answer.status == 302
    assert led_to(scene, answer.head)["redirect_uri"] == f"{scene.stage.bot.listening.url}/auth/callback"


@pytest.mark.parametrize("name", HEADERS)
async def test_headers_do_not_change_the_redirect(name: str, scene: Scene) -> None:
    await start(scene)
    if name == "Host":
        scene.raw = scene.wire().replace(b"bot.example", b"evil.example")
    else:
        scene.header(name, HEADERS[name])
    answer = await scene.send()
    assert answer.status == 302
    assert led_to(scene, answer.head)["redirect_uri"] == f"{scene.stage.bot.listening.url}/auth/callback"


async def test_the_callback_does_not_redirect_whatever_is_posted(scene: Scene) -> None:
    await callback(scene)
    form(**dict.fromkeys(LEADING, EVIL))(scene)
    for name, value in HEADERS.items():
        if name != "Host":
            scene.header(name, value)
    answer = await scene.send()
    assert answer.status == 200
    assert "\r\nlocation:" not in answer.head.lower()
    assert "evil.example" not in answer.head + answer.body


async def test_the_page_shows_no_text_of_entra_when_cancelled(scene: Scene) -> None:
    await callback(scene)
    form(code=None, error="access_denied", error_description=MARKUP, error_subcode=MARKUP, error_uri=EVIL)(scene)
    answer = await scene.send()
    assert answer.status == 200
    assert "You did not sign in" in answer.body
    assert not [part for part in ("alert(", "onerror", "evil.example") if part in answer.body]
    assert not scene.kept(ADA)


async def test_a_second_device_with_the_same_exchange_has_no_effect(scene: Scene) -> None:
    await exchange(scene)
    assert (await scene.send()).status == 200
    await scene.stage.heard()
    await scene.stage.quiet()
    rows, issued = scene.stored(), scene.issued()
    scene.activity = (scene.activity or {}) | {"id": "another-device"}
    assert (await scene.send()).status == 200
    assert await scene.stage.quiet() == []
    assert (scene.stored(), scene.issued()) == (rows, issued)


async def test_an_exchange_replayed_after_sign_out_has_no_effect(scene: Scene) -> None:
    await exchange(scene)
    assert (await scene.send()).status == 200
    await scene.stage.heard()
    await scene.stage.say("sign out")
    await scene.stage.heard()
    await scene.stage.quiet()
    rows, issued = scene.stored(), scene.issued()
    scene.activity = (scene.activity or {}) | {"id": "much-later"}
    assert (await scene.send()).status == 403  # the sign-out has ended the offer
    assert await scene.stage.quiet() == []
    assert (scene.stored(), scene.issued()) == (rows, issued)
    assert not scene.kept(ADA)


async def test_a_forged_token_is_refused_before_the_body_is_sent(scene: Scene) -> None:
    """The head says that a body follows, and it never does."""
    await message(scene)
    scene.token = forged(scene.token or "")
    scene.header("Content-Length", "1000")
    scene.body = b""
    assert (await scene.send()).status == 401


async def test_an_activity_sent_twice_is_answered_once(scene: Scene) -> None:
    await message(scene)
    assert [(await scene.send()).status for _ in range(3)] == [200, 200, 200]
    assert len(await scene.stage.quiet()) == 1


async def test_the_verified_service_url_is_used_when_there_are_two(scene: Scene) -> None:
    await message(scene)
    right = scene.content[1:]
    scene.body = b'{"serviceUrl": ' + json.dumps(f"{scene.trap.url}/teams/").encode() + b", " + right
    assert (await scene.send()).status == 200
    assert len(await scene.stage.quiet()) == 1
    assert scene.trap.visits == []


async def test_the_verified_sender_is_signed_in_when_there_are_two(scene: Scene) -> None:
    """The body has two senders: first Ben, then Ada, who owns id and token.

    Ben's has no effect.
    """
    await exchange(scene)
    scene.body = b'{"from": ' + json.dumps(BEN.account()).encode() + b", " + scene.content[1:]
    assert (await scene.send()).status == 200
    await scene.stage.heard()
    assert scene.kept(ADA)
    assert not scene.kept(BEN)


async def test_no_tokens_leak_when_a_person_uses_anothers_link(scene: Scene) -> None:
    """Ben sends Ada the link from his own chat, and she signs in.

    He does not get her tokens.
    """
    await scene.stage.say("sign in", BEN)
    card: dict[str, Any] = await scene.stage.offered()
    scene.card = card
    await scene.browser.open(card["buttons"][0]["value"])
    await scene.browser.follow()
    await scene.browser.press("Continue as Ada Agent")
    assert (await scene.browser.follow()).status == 403
    told = await scene.stage.heard()
    assert "Ada Agent" in told.activity["summary"]
    assert not scene.kept(ADA, BEN)


async def test_a_used_link_is_refused(scene: Scene) -> None:
    await start(scene)
    await used_link(scene)
    await scene.stage.say("sign out")
    await scene.stage.heard()
    assert (await scene.send()).status == 400
    assert not scene.kept(ADA)


async def test_a_request_that_is_not_http_is_logged_without_its_bytes(
    scene: Scene, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """aiohttp itself would log the line at which it stopped, with the token in it."""
    await message(scene)
    scene.raw = scene.wire().replace(b"\r\nContent-Length", b"\0\r\nContent-Length")
    caplog.set_level("DEBUG")
    assert (await scene.send()).status == 400
    out, err = capfd.readouterr()
    said = caplog.text + out + err
    assert "the request is no HTTP" in said
    assert (scene.token or "")[-40:] not in said
