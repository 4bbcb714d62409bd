"""Without token checks the bot answers only this machine."""

from typing import Any

import pytest

from bot.errors import SettingsError
from bot.simulator.connector import ADA, personal
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.teams_bot import TeamsBot


async def test_demo_answers_without_tokens(open_stage: Any) -> None:
    async with open_stage(anonymous=True) as stage:
        assert (await stage.client.say("help")).status == 200
        assert (await stage.connector.next_message()).card is not None
        assert stage.connector.state.tokens_issued == 0


async def test_demo_identifies_a_person_by_the_channels_own_id(open_stage: Any) -> None:
    async with open_stage(anonymous=True, tenants=()) as stage:
        activity = stage.client.new("message", personal(ADA), ADA) | {"text": "help", "from": {"id": "user-id-0"}}
        activity["conversation"] = {"id": personal(ADA).id}
        del activity["channelData"]
        assert (await stage.client.post(activity)).status == 200
        assert stage.answers.asked[0][1].object_id == "user-id-0"


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded"])
async def test_request_is_refused_when_it_comes_through_a_tunnel(name: str, open_stage: Any) -> None:
    async with open_stage(anonymous=True) as stage:
        activity = stage.client.new("message", personal(ADA), ADA)
        async with stage.http.post(stage.url, json=activity, headers={name: "203.0.113.9"}) as response:
            assert response.status == 403


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:3978", 200),
        ("127.0.0.1", 200),
        ("[::1]:3978", 200),
        ("evil.example", 403),
        ("evil.example:3978", 403),
    ],
)
async def test_request_is_refused_when_its_host_is_another_name(host: str, status: int, open_stage: Any) -> None:
    async with open_stage(anonymous=True) as stage:
        activity = stage.client.new("message", personal(ADA), ADA) | {"text": "help"}
        async with stage.http.post(stage.url, json=activity, headers={"Host": host}) as response:
            assert response.status == status


async def test_demo_sends_nothing_to_another_machine(open_stage: Any) -> None:
    async with open_stage(anonymous=True) as stage:
        activity = stage.client.new("message", personal(ADA), ADA)
        activity |= {"text": "help", "serviceUrl": "https://smba.trafficmanager.net/emea/"}
        assert (await stage.client.post(activity)).status == 403
        assert stage.answers.asked == []


async def test_empty_app_id_does_not_switch_checks_off() -> None:
    for app_id in ("", "   "):
        with pytest.raises(SettingsError, match="app_id"):
            TeamsSettings(app_id=app_id)
    with pytest.raises(SettingsError, match="one of the two"):
        TeamsSettings(app_id="x", anonymous=True)


async def test_bot_is_refused_when_it_has_checks_but_no_token_of_its_own(stage: Any) -> None:
    with pytest.raises(ValueError, match="anonymous"):
        TeamsBot(stage.answers, stage.http, TeamsSettings(app_id="x"))
