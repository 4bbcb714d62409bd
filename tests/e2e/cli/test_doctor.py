"""Tests of `usagebot doctor`, run as a process that cannot reach Microsoft."""

import pytest

NOWHERE = "http://127.0.0.1:9"
GUID = "5c0ffee0-0000-4000-8000-000000000001"
SECRET = "hunter2~the-secret"
SETTINGS = {
    "USAGEBOT_APP_ID": GUID,
    "USAGEBOT_APP_PASSWORD": SECRET,
    "USAGEBOT_APP_TENANT_ID": GUID,
    "USAGEBOT_PUBLIC_URL": NOWHERE,
    "USAGEBOT_TOKEN_KEYS": f"{SECRET},{SECRET}",
    "USAGEBOT_LOGIN_URL": NOWHERE,
    "USAGEBOT_PARTNER_CENTER_URL": NOWHERE,
}


@pytest.fixture
def settings(tmp_path):
    return SETTINGS | {"USAGEBOT_DATABASE": f"sqlite+aiosqlite:///{tmp_path}/bot.db"}


def test_table_shows_the_fault_and_the_remedy_below_it(usagebot, settings):
    ran = usagebot("doctor", **settings)
    assert (ran.code, ran.err) == (1, "")
    lines = ran.out.splitlines()
    assert any(line.startswith("ok       database ") for line in lines)
    place = next(number for number, line in enumerate(lines) if line.startswith("failed   token keys "))
    assert lines[place + 1].strip().startswith("-> Make one with `openssl")
    assert " failed, " in lines[-1]
    assert SECRET not in ran.out


def test_json_is_one_document_with_a_finding_for_everything(usagebot, settings):
    ran = usagebot("doctor", "--sign-in", "--format", "json", **settings)
    assert (ran.code, ran.err) == (1, "")
    told = ran.document
    states = {each["name"]: each["state"] for each in told["findings"]}
    assert told["kind"] == "findings"
    assert told["failed"] == list(states.values()).count("failed") > 0
    assert (states["Entra"], states["database"], states["role"]) == ("failed", "ok", "skipped")
    assert all(set(each) == {"name", "state", "what", "mend", "because"} for each in told["findings"])
    assert all(bool(each["mend"]) is (each["state"] in {"failed", "warning"}) for each in told["findings"])
    assert SECRET not in ran.out


def test_all_required_settings_are_named_when_none_is_set(usagebot, tmp_path):
    ran = usagebot(
        "doctor",
        "--format",
        "json",
        USAGEBOT_DATABASE=f"sqlite+aiosqlite:///{tmp_path}/bot.db",
        USAGEBOT_PARTNER_CENTER_URL=NOWHERE,
    )
    failed = {each["name"] for each in ran.document["findings"] if each["state"] == "failed"}
    assert {"USAGEBOT_APP_ID", "USAGEBOT_APP_PASSWORD", "USAGEBOT_APP_TENANT_ID", "USAGEBOT_PUBLIC_URL"} < failed


def test_a_wrong_option_is_not_understood(usagebot):
    assert usagebot("doctor", "--format", "yaml").code == 2
