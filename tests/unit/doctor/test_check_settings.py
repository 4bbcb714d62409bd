"""Tests of the doctor's findings about the settings alone."""

import base64

import pytest

from bot.doctor.check_settings import public_url, settings_in, sign_ins_after, token_keys
from bot.doctor.finding import FindingState, failed, failure_in, ok, skipped
from bot.settings import Settings

GUID = "5c0ffee0-0000-4000-8000-000000000001"
KEY, OTHER = (base64.b64encode(letter * 32).decode() for letter in (b"a", b"\xff"))
GOOD = {
    "USAGEBOT_APP_ID": GUID,
    "USAGEBOT_APP_PASSWORD": "a~secret",
    "USAGEBOT_APP_TENANT_ID": GUID,
    "USAGEBOT_PUBLIC_URL": "https://bot.contoso.com",
    "USAGEBOT_TOKEN_KEYS": KEY,
}


def found(**changed):
    _, findings = settings_in(GOOD | {f"USAGEBOT_{name.upper()}": value for name, value in changed.items()})
    return {each.name: each for each in findings}


def test_one_finding_is_made_when_settings_have_no_fault():
    assert [(each.name, each.state) for each in found().values()] == [("settings", FindingState.OK)]


def test_every_wrong_setting_is_reported():
    told = found(app_id="my-bot", port="none", token_keys="", log_level="loud", public_url="", app_tenant_id=" ")
    assert set(told) == {
        "USAGEBOT_APP_ID",
        "USAGEBOT_PORT",
        "USAGEBOT_TOKEN_KEYS",
        "USAGEBOT_LOG_LEVEL",
        "USAGEBOT_PUBLIC_URL",
        "USAGEBOT_APP_TENANT_ID",
    }
    assert {each.state for each in told.values()} == {FindingState.FAILED}
    assert all(each.mend for each in told.values())


def test_wrong_setting_is_not_reported_as_missing_too():
    _, findings = settings_in(GOOD | {"USAGEBOT_APP_ID": "my-bot"})
    assert [each.what for each in findings] == ["its value is not a GUID like 00000000-0000-0000-0000-000000000000"]


def test_misspelled_setting_is_reported_with_the_intended_one():
    assert "USAGEBOT_TOKEN_KEYS" in found(token_key="x")["USAGEBOT_TOKEN_KEY"].mend
    assert found(zzz="x")["USAGEBOT_ZZZ"].mend


@pytest.mark.parametrize("value", ["secret'with \"both' quotes", "https://u:secret@h", "x\ny secret", "'secret' is "])
def test_no_value_is_repeated_in_a_finding(value):
    for name in ("app_id", "port", "public_url", "partner_center_prefix", "allowed_tenants", "answer_seconds"):
        told = found(**{name: value})[f"USAGEBOT_{name.upper()}"]
        assert "secret" not in told.what + told.mend


def test_secret_is_reported_when_it_looks_like_its_id():
    told = found(app_password=GUID)["USAGEBOT_APP_PASSWORD"]
    assert (told.state, "Value" in told.mend) == (FindingState.WARNING, True)


@pytest.mark.parametrize(
    ("keys", "state", "what"),
    [
        ((KEY,), "ok", "one key"),
        ((OTHER.replace("/", "_").replace("+", "-"),), "ok", "one key"),
        ((KEY, OTHER), "ok", "the first encrypts"),
        ((KEY, KEY), "warning", "the same"),
        (("short",), "failed", "the key is not"),
        ((KEY, base64.b64encode(b"16 bytes and no more"[:16]).decode()), "failed", "number 2 of 2"),
        (("ä" * 44, KEY, ""), "failed", "number 1, 3 of 3"),
    ],
)
def test_each_key_is_checked(keys, state, what):
    told = token_keys(Settings(token_keys=keys))
    assert told.state == state
    assert what in told.what
    assert not any(key in told.what + told.mend for key in keys if key)


@pytest.mark.parametrize(("after", "state"), [(99.0, "ok"), (100.0, "ok"), (101.0, "failed")])
def test_moment_of_oldest_sign_ins_is_not_in_the_future(after, state):
    assert sign_ins_after(Settings(sign_ins_after=after), 100.0).state == state


@pytest.mark.parametrize(
    ("url", "state", "what"),
    [
        ("https://bot.contoso.com", "ok", "https://bot.contoso.com/auth/callback"),
        ("https://bot.contoso.com:8443", "failed", "has a port"),
        ("https://Bot.contoso.com", "failed", "capital letters"),
        ("https://bot", "failed", "no full DNS name"),
        ("https://bot.local", "failed", "cannot be reached from Teams"),
        ("https://10.0.0.1", "failed", "IP address"),
        ("https://bot.contoso.com/usage", "failed", "has a path, /usage"),
        ("http://localhost:3978", "warning", "this machine"),
        ("https://[::1]", "warning", "this machine"),
    ],
)
def test_public_url_is_checked_like_the_host_of_the_app_package(url, state, what):
    told = public_url(Settings(app_id=GUID, public_url=url))
    assert told.state == state
    assert what in told.what


def test_skipped_finding_names_the_first_failure():
    findings = [ok("a", ""), failed("b", "", "mend"), skipped("c", "b")]
    assert failure_in(findings, ("a",)) is None
    assert failure_in(findings, ("a", "c")) == "b"
