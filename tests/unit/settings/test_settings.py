"""Tests of the settings: read from a mapping, refused with a remedy."""

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, read, require_bot

GUID = "0112a436-b14e-4888-967b-ca4bb2cf1234"


def test_an_empty_environment_gives_the_defaults():
    assert read({"PATH": "/usr/bin"}) == Settings()


def test_an_empty_value_keeps_the_default():
    assert read({"USAGEBOT_PORT": "  "}).port == Settings().port


def test_values_are_read_as_their_types():
    settings = read(
        {
            "USAGEBOT_APP_ID": GUID.upper(),
            "USAGEBOT_PORT": "4000",
            "USAGEBOT_SERVICE_HOSTS": "a.example, B.example,",
            "USAGEBOT_ALLOWED_TENANTS": GUID.upper(),
            "USAGEBOT_ANSWER_SECONDS": "2.5",
            "USAGEBOT_REPLICA": "usagebot-0",
            "USAGEBOT_TENANT_RATE": "12",
            "USAGEBOT_METRICS_PORT": "9464",
            "USAGEBOT_SIGN_INS_AFTER": "2026-11-30T09:00:00+01:00",
            "USAGEBOT_PARTNER_CENTER_URL": "https://partner.partnercenterapi.microsoftonline.cn/",
        }
    )
    assert settings.app_id == GUID
    assert settings.port == 4000
    assert settings.service_hosts == ("a.example", "b.example")
    assert settings.allowed_tenants == (GUID,)
    assert settings.answer_seconds == 2.5
    assert (settings.replica, settings.tenant_rate, settings.metrics_port) == ("usagebot-0", 12, 9464)
    assert settings.sign_ins_after == read({"USAGEBOT_SIGN_INS_AFTER": "2026-11-30T08:00:00Z"}).sign_ins_after
    assert settings.sign_ins_after == 1_796_025_600.0
    assert settings.partner_center_url == "https://partner.partnercenterapi.microsoftonline.cn"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("USAGEBOT_APP_ID", "my-bot"),
        ("USAGEBOT_PORT", "-1"),
        ("USAGEBOT_PORT", "65536"),
        ("USAGEBOT_PORT", "²"),
        ("USAGEBOT_PORT", "9" * 10_000),
        ("USAGEBOT_PORT", "0" * 10_000),
        ("USAGEBOT_ANSWER_SECONDS", "nan"),
        ("USAGEBOT_ANSWER_SECONDS", "soon"),
        ("USAGEBOT_DIRECTORY_SECONDS", "0"),
        ("USAGEBOT_PARTNER_CENTER_PREFIX", "v1"),
        ("USAGEBOT_PARTNER_CENTER_URL", "api.partnercenter.microsoft.com"),
        ("USAGEBOT_PARTNER_CENTER_URL", "http://api.partnercenter.microsoft.com"),
        ("USAGEBOT_PARTNER_CENTER_URL", "https://user:pass@example.com"),
        ("USAGEBOT_PARTNER_CENTER_URL", "https://[::1"),
        ("USAGEBOT_ALLOWED_TENANTS", f"{GUID},contoso.com"),
        ("USAGEBOT_REPLICA", "a" * 101),
        ("USAGEBOT_REPLICA", "a\nb"),
        ("USAGEBOT_TENANT_RATE", "0"),
        ("USAGEBOT_TENANT_RATE", "51"),
        ("USAGEBOT_TENANT_RATE", "nan"),
        ("USAGEBOT_TENANT_RATE", "1.9"),
        ("USAGEBOT_TENANT_RATE", "0" * 5000 + "1"),
        ("USAGEBOT_METRICS_PORT", "65536"),
        ("USAGEBOT_METRICS_PORT", "3978"),
        ("USAGEBOT_LOG_LEVEL", "loud"),
        ("USAGEBOT_SIGN_INS_AFTER", "2026-11-30T08:00:00"),
        ("USAGEBOT_SIGN_INS_AFTER", "2026-11-30"),
        ("USAGEBOT_SIGN_INS_AFTER", "yesterday"),
        ("USAGEBOT_APPID", GUID),
    ],
)
def test_a_wrong_value_is_refused_with_the_name_of_its_setting(name, value):
    with pytest.raises(SettingsError) as refusal:
        read({name: value})
    assert refusal.value.setting == name


def test_http_is_allowed_to_this_machine_only():
    assert read({"USAGEBOT_PARTNER_CENTER_URL": "http://127.0.0.1:8080"}).partner_center_url == "http://127.0.0.1:8080"


def test_secrets_are_not_in_the_text_of_the_settings():
    settings = Settings(app_password="hunter2-password", access_token="hunter2-token")
    assert "hunter2" not in repr(settings)
    assert "hunter2" not in str(settings)


SERVING = {
    "app_id": GUID,
    "app_password": "secret",
    "app_tenant_id": GUID,
    "public_url": "https://bot.contoso.com",
    "token_keys": ("key",),
}


@pytest.mark.parametrize("missing", SERVING)
def test_serving_is_refused_when_a_required_setting_is_missing(missing):
    given = SERVING | {missing: type(SERVING[missing])()}
    with pytest.raises(SettingsError, match=f"USAGEBOT_{missing.upper()}"):
        require_bot(Settings(**given))


def test_serving_is_allowed_when_required_settings_are_set():
    assert require_bot(Settings(**SERVING)) is None
