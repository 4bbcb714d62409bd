"""The comparison of the service URL with the one of the token."""

import pytest

from bot.teams.activity.incoming_activity import Account, ConversationAccount, IncomingActivity
from bot.teams.activity.request_refused import RequestRefusedError
from bot.teams.auth.admission import admit
from bot.teams.auth.channel_token import ChannelClaims
from bot.teams.auth.teams_settings import TeamsSettings

URL = "https://smba.trafficmanager.net/amer/"


def admitted(service_url: str, claimed: str) -> None:
    activity = IncomingActivity(
        type="message",
        channel_id="msteams",
        service_url=service_url,
        sender=Account("29:1", aad_object_id="o"),
        recipient=Account("28:b"),
        conversation=ConversationAccount("a:1", "personal", "t"),
    )
    admit(activity, ChannelClaims(claimed, frozenset({"msteams"}), 0.0), TeamsSettings("app"))


@pytest.mark.parametrize(
    "claimed",
    [URL, URL[:-1], URL.upper(), "HTTPS://SMBA.trafficmanager.net/amer", "https://smba.trafficmanager.NET/AMER/"],
)
def test_service_url_is_admitted_whatever_its_case_and_last_slash(claimed: str) -> None:
    admitted(URL, claimed)
    admitted(claimed, URL)


@pytest.mark.parametrize(
    "claimed",
    [
        f"{URL}/",
        f"{URL}x",
        "https://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net/emea/",
        "http://smba.trafficmanager.net/amer/",
        "https://smba.trafficmanager.net:443/amer/",
        "https://smba.trafficmanager.net/amer/?x",
        "https://evil.example/amer/",
        "https://smba.traffic\u212aanager.net/amer/",
        " https://smba.trafficmanager.net/amer/",
        "https://smba.trafficmanager.net/\ud800/",
        "/",
    ],
)
def test_service_url_is_refused_when_the_token_is_for_another(claimed: str) -> None:
    with pytest.raises(RequestRefusedError, match="403 the token is for another service URL"):
        admitted(URL, claimed)


def test_letters_that_only_look_alike_are_other_letters() -> None:
    with pytest.raises(RequestRefusedError, match="403 the token is for another service URL"):
        admitted("https://smba.trafficmanager.net/k/", "https://smba.trafficmanager.net/\u212a/")
