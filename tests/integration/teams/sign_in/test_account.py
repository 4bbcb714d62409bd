"""`sign in`, `sign out`, `who am I`; shared sign-ins; no secret is ever shown."""

import logging
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.app.serve_app import serve_app
from bot.errors import SettingsError
from bot.settings import Settings
from bot.simulator.connector import ADA, BEN
from bot.simulator.connector.teams_people import group

QUESTION = "usage for TEST COMPANY on Exchange"


async def test_who_am_i_says_name_directory_and_day(stage: Any, read: Any) -> None:
    await stage.signed_in()
    await stage.say("who am I?")
    told = await stage.heard()
    assert "signed in as Ada Agent" in read[1](told)
    assert ADA.tenant_id in str(told.card)
    assert "Since " in str(told.card)


async def test_next_question_asks_to_sign_in_after_sign_out(stage: Any, read: Any) -> None:
    await stage.signed_in()
    await stage.say(QUESTION)
    assert "TEST COMPANY" in read[1](await stage.heard())
    await stage.say("sign out")
    assert "deleted your sign-in" in read[1](await stage.heard())
    before = len(stage.usage_requests())
    await stage.say(QUESTION)
    await stage.offered()
    assert len(stage.usage_requests()) == before
    await stage.say("sign out")
    assert "no sign-in of yours" in read[1](await stage.heard())
    await stage.signed_in()  # the waiting question was deleted as well
    assert await stage.quiet() == []


async def test_other_people_stay_signed_in_after_sign_out(stage: Any, read: Any) -> None:
    await stage.signed_in(ADA)
    await stage.signed_in(BEN)
    await stage.say("sign out", ADA)
    await stage.heard()
    await stage.say("who am i", BEN)
    assert "Ben Broker" in read[1](await stage.heard())


async def test_two_bots_on_one_store_share_a_sign_in(stage: Any, read: Any) -> None:
    other = await stage.another_bot()
    await stage.say(QUESTION)
    card = await stage.offered()
    assert (await stage.exchange(card, bot=other)).status == 200
    assert "TEST COMPANY" in read[1](await stage.heard())
    assert await stage.quiet() == []
    for bot in (other, stage.bot):
        await bot.client.say("who am i")
        assert "Ada Agent" in read[1](await stage.heard())
    await other.client.say(QUESTION)
    assert "TEST COMPANY" in read[1](await stage.heard())


async def test_cached_names_of_another_bot_are_not_used_after_sign_out(stage: Any, read: Any) -> None:
    other = await stage.another_bot()
    await stage.signed_in()
    await other.client.say("usage by customer")
    await stage.heard()
    await stage.say("sign out")
    await stage.heard()
    before = len(stage.usage_requests())
    pressed = await other.client.press({"v": 1, "do": "more", "text": "usage by customer", "shown": 24})
    assert pressed.card is None
    await stage.offered()
    assert len(stage.usage_requests()) == before


async def test_person_is_still_signed_in_after_a_restart(stage: Any, read: Any) -> None:
    await stage.signed_in()
    await stage.bots.pop().close()
    await stage.another_bot()
    await stage.say(QUESTION)
    assert "TEST COMPANY" in read[1](await stage.heard())


async def test_no_secret_is_in_a_log_a_message_or_the_database(
    stage: Any, read: Any, browser: Any, caplog: Any, capfd: Any, monkeypatch: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets: set[str] = {stage.connector.password}
    for owner, name in (
        (stage.entra.authority, "issue"),
        (stage.entra.keys, "sso_token"),
        (stage.entra.keys, "id_token"),
    ):
        watch(owner, name, secrets, monkeypatch)
    stage.entra.standing(stage.users[ADA.name]).consented = False
    await stage.say(QUESTION)
    card = await stage.offered()
    await stage.exchange(card)
    await stage.exchange(card, ADA, stage.token(ADA, aud="another"))
    await stage.exchange(card, BEN)
    link = card["buttons"][0]["value"]
    secrets.add(parse_qs(urlsplit(link).query)["ticket"][0])
    await browser.open(link)
    secrets |= {cookie.value for cookie in browser._session.cookie_jar}
    secrets.add(parse_qs(urlsplit(browser.left_to).query)["state"][0])
    await browser.follow()
    await browser.press("Continue as Ada Agent")
    await browser.press("Accept")
    await browser.follow()
    assert "TEST COMPANY" in read[1](await stage.heard())
    await stage.say(QUESTION, BEN, group(ADA, BEN))
    await stage.quiet()
    secrets |= {*stage.entra.grants.codes, *stage.entra.grants.refreshes}
    messages = [each.activity for each in stage.connector.transcript.entries]
    offers = [each for each in messages if "oauth" in str(each)]
    stored = b"".join(file.read_bytes() for file in stage.folder.glob("bot.db*"))
    said = "\n".join([*(record.getMessage() for record in caplog.records), *capfd.readouterr(), browser.page])
    said += str([each for each in messages if each not in offers])
    assert len(secrets) > 8
    assert len(stored) > 4096
    parts = {part for secret in secrets for part in (secret[:40], secret[-40:])}
    assert [part for part in parts if part in said] == []
    assert [part for part in parts if part.encode() in stored] == []
    assert b"TEST COMPANY" not in stored


def watch(owner: Any, name: str, secrets: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Collect what `owner.name` returns, which is a secret."""
    made = getattr(owner, name)

    def noting(*args: Any, **options: Any) -> str:
        secret: str = made(*args, **options)
        secrets.add(secret)
        return secret

    monkeypatch.setattr(owner, name, noting)


@pytest.mark.parametrize(
    ("setting", "value"), [("public_url", ""), ("token_keys", ()), ("token_keys", ("short",)), ("app_password", "")]
)
def test_start_is_refused_when_a_setting_for_sign_in_is_wrong(stage: Any, setting: str, value: Any) -> None:
    named = {name: getattr(stage.settings, name) for name in Settings.__slots__}
    with pytest.raises(SettingsError, match=f"USAGEBOT_{setting.upper()}"):
        serve_app(Settings(**(named | {setting: value})))
