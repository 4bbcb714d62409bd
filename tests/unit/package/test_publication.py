"""Tests of what may be published, and of the messages about everything else."""

import pytest

from bot.errors import SettingsError
from bot.package.publication import Publication

APP_ID = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"


@pytest.mark.parametrize("typed", [f" {APP_ID.upper()} ", f"{{{APP_ID}}}"])
def test_app_id_is_in_lower_case_however_it_was_typed(typed):
    assert Publication.of(typed, "bot.contoso.com", "1.0.0").app_id == APP_ID


@pytest.mark.parametrize(
    "app_id",
    [
        "",
        "license-usage-bot",
        APP_ID[:-1],
        APP_ID + "0",
        APP_ID.replace("-", ""),
        "{" + APP_ID,
        "urn:uuid:" + APP_ID,
        APP_ID.replace("1", "١"),
        APP_ID + "\n" + APP_ID,
        "00000000-0000-0000-0000-000000000000",
    ],
)
def test_app_id_is_refused_by_name_when_it_is_not_a_guid(app_id):
    with pytest.raises(SettingsError) as refusal:
        Publication.of(app_id, "bot.contoso.com", "1.0.0")
    assert refusal.value.setting == "--app-id"
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "host",
    [
        "bot.contoso.com",
        "a.io",
        "x-1.y--2.xn--p1ai",
        "license-usage.azurewebsites.net",
        f"{'a' * 63}.contoso.com",
        "1.contoso.com",
    ],
)
def test_public_dns_name_is_accepted_unchanged(host):
    assert Publication.of(APP_ID, host, "1.0.0").host == host


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("", "empty"),
        ("https://bot.contoso.com", "scheme"),
        ("https://bot.contoso.com/", "scheme"),
        ("bot.contoso.com/bot", "path"),
        ("bot.contoso.com/", "path"),
        ("bot.contoso.com?x=1", "path"),
        ("me@bot.contoso.com", "user"),
        ("bot.contoso.com\\x", "path"),
        ("bot.contoso.com:443", "port"),
        ("localhost:3978", "port"),
        ("10.0.0.1", "IP address"),
        ("10.0.0.1:443", "IP address"),
        ("127.1", "IP address"),
        ("0x7f.0x1", "IP address"),
        ("::1", "IP address"),
        ("[2001:db8::1]", "IP address"),
        ("2130706433", "IP address"),
        ("localhost", "cannot be reached"),
        ("bot.localhost", "cannot be reached"),
        ("bot.contoso.local", "cannot be reached"),
        ("bot.internal", "cannot be reached"),
        ("contoso", "full DNS name"),
        ("Bot.Contoso.com", "lower case"),
        ("bücher.example.com", "punycode"),
        ("bot。contoso.com", "punycode"),
        ("bot.contoso.com.", "dot"),
        (".contoso.com", "not a DNS name"),
        ("bot..contoso.com", "not a DNS name"),
        ("-bot.contoso.com", "not a DNS name"),
        ("bot-.contoso.com", "not a DNS name"),
        ("bot_1.contoso.com", "not a DNS name"),
        ("*.contoso.com", "wildcards"),
        (f"{'a' * 64}.contoso.com", "not a DNS name"),
        (".".join(["abcdefghi"] * 26) + ".com", "253"),
        ("bot contoso.com", "space"),
        ("bot.contoso.com\n", "control"),
        ("bot.contoso.com\u200b", "control"),
        ("{app_id}.contoso.com", "not a DNS name"),
    ],
)
def test_host_is_refused_with_the_reason_when_teams_cannot_use_it(host, said):
    with pytest.raises(SettingsError) as refusal:
        Publication.of(APP_ID, host, "1.0.0")
    assert refusal.value.setting == "--host"
    assert said in refusal.value.problem
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "version", ["", "1", "1.0", "1.0.0.0", "v1.0.0", "01.0.0", "1.0.0-beta", "1.0.٣", "1.0.0\n", "1.0.-1"]
)
def test_a_version_is_three_numbers(version):
    with pytest.raises(SettingsError) as refusal:
        Publication.of(APP_ID, "bot.contoso.com", version)
    assert refusal.value.setting == "--version"
