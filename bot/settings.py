"""The settings of the bot, and the only module that reads the environment.

The caller passes the environment as a mapping.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from urllib.parse import urlsplit

from bot.domain.entra_cloud import LOGIN_URL
from bot.domain.guid import parse_guid
from bot.domain.loopback import is_loopback
from bot.errors import SettingsError

PREFIX = "USAGEBOT_"

# https://learn.microsoft.com/en-us/partner-center/developer/partner-center-rest-urls
PARTNER_CENTER_URL = "https://api.partnercenter.microsoft.com"

DATABASE = "sqlite+aiosqlite:///usagebot.db"

# Host names of the Bot Connector. The bot's token is sent to no other host.
# https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
SERVICE_HOSTS = ("smba.trafficmanager.net",)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values of all settings; each is read from USAGEBOT_<NAME>.

    OPERATIONS.md and .env.example say what each is for.
    """

    app_id: str = ""
    app_password: str = ""
    app_tenant_id: str = ""
    public_url: str = ""
    token_keys: tuple[str, ...] = ()
    database: str = DATABASE
    login_url: str = LOGIN_URL
    host: str = "127.0.0.1"
    port: int = 3978
    partner_center_url: str = PARTNER_CENTER_URL
    partner_center_prefix: str = "/partner/v1"
    service_hosts: tuple[str, ...] = SERVICE_HOSTS
    allowed_tenants: tuple[str, ...] = ()
    access_token: str = ""
    answer_seconds: float = 120.0
    directory_seconds: float = 3600.0
    replica: str = ""
    tenant_rate: int = 20
    metrics_port: int = 0
    keep_misses: bool = False
    mcp_clients: tuple[str, ...] = ()
    keep_figures_days: int = 400
    sign_ins_after: float = 0.0
    model_url: str = ""
    model_name: str = ""
    model_key: str = ""
    model_seconds: float = 4.0
    log_level: str = "info"

    def __repr__(self) -> str:
        """Return a text without secrets: settings appear in logs and tracebacks."""
        shown = (f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.name not in SECRETS)
        return f"Settings({', '.join(shown)})"


# A database URL may hold a password.
SECRETS = frozenset({"app_password", "access_token", "token_keys", "database", "model_key"})


def read(environ: Mapping[str, str]) -> Settings:
    """Return the settings in `environ`; an unset or empty one keeps its default.

    Raises SettingsError if a value cannot be right, and for a USAGEBOT_ name that is not a setting: otherwise a
    misspelled setting would be ignored silently.
    """
    settings, wrong = survey(environ)
    if wrong:
        raise wrong[0]
    return settings


def survey(environ: Mapping[str, str]) -> tuple[Settings, tuple[SettingsError, ...]]:
    """Return the settings in `environ`, and every error that `read` would raise.

    A setting with a wrong value keeps its default.
    """
    known = {PREFIX + f.name.upper(): f.name for f in fields(Settings)}
    wrong = [
        SettingsError(name, f"is not a setting. Settings are {', '.join(sorted(known))}.")
        for name in environ
        if name.startswith(PREFIX) and name not in known and not name.startswith(PREFIX + "TESTS_")
    ]
    given: dict[str, object] = {}
    for name, field in known.items():
        if value := environ.get(name, "").strip():
            try:
                given[field] = _READERS[field](name, value)
            except SettingsError as error:
                wrong.append(error)
    settings = Settings(**given)  # type: ignore[arg-type]
    if settings.metrics_port and settings.metrics_port == settings.port:
        name = PREFIX + "METRICS_PORT"
        wrong.append(
            SettingsError(name, f"{settings.port} is USAGEBOT_PORT too: set another port, or 0 for no metrics.")
        )
        settings = replace(settings, metrics_port=0)
    if settings.model_url and not settings.model_name:
        wrong.append(SettingsError(PREFIX + "MODEL_NAME", "is not set. The endpoint of USAGEBOT_MODEL_URL needs it."))
        settings = replace(settings, model_url="")
    return settings, tuple(wrong)


def require_bot(settings: Settings) -> None:
    """Raise SettingsError unless the settings suffice to serve Teams.

    Without this check an empty app id would mean that requests are not authenticated.
    """
    if missing := lacking(settings):
        raise missing[0]


def lacking(settings: Settings) -> tuple[SettingsError, ...]:
    """Return an error for every missing setting that `usagebot serve` needs."""
    registration = "is not set. `usagebot serve` needs the bot's Entra registration; `usagebot demo` needs nothing."
    needed = {
        "app_id": registration,
        "app_password": registration,
        "app_tenant_id": registration,
        "public_url": "is not set. People sign in on the bot's pages: set the address that browsers open, such as "
        "https://bot.contoso.com.",
        "token_keys": "is not set. Sign-ins are stored encrypted. The key is 32 random bytes in base64: make one with "
        "`openssl rand -base64 32` and keep it.",
    }
    missing = [(name, problem) for name, problem in needed.items() if not getattr(settings, name)]
    return tuple(SettingsError(PREFIX + name.upper(), problem) for name, problem in missing)


def _text(_: str, value: str) -> str:
    return value


def _guid(name: str, value: str) -> str:
    if (guid := parse_guid(value)) is None:
        raise SettingsError(name, f"{value!r} is not a GUID like 00000000-0000-0000-0000-000000000000.")
    return guid


def _port(name: str, value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 5 or int(value) > 65_535:
        raise SettingsError(name, f"{value!r} is not a port number from 0 to 65535.")
    return int(value)


def _seconds(name: str, value: str) -> float:
    """Parse seconds, at most a day. What is no number is refused, as is `nan`."""
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 1 <= number <= 86_400:
        raise SettingsError(name, f"{value!r} is not a number of seconds from 1 to 86400.")
    return number


def _days(name: str, value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 4 or int(value) > 3_650:
        raise SettingsError(name, f"{value!r} is not a whole number of days from 0 to 3650.")
    return int(value)


def _rate(name: str, value: str) -> int:
    """Parse the messages a second to one tenant. Teams accepts at most 50 from an app.

    https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/rate-limit
    """
    if not value.isascii() or not value.isdigit() or len(value) > 2 or not 1 <= int(value) <= 50:
        raise SettingsError(name, f"{value!r} is not a whole number of messages a second from 1 to 50.")
    return int(value)


def _replica(name: str, value: str) -> str:
    if len(value) > 100 or not value.isprintable() or not value.isascii():
        raise SettingsError(name, f"{value!r} is not a name of up to 100 ASCII characters.")
    return value


def _url(name: str, value: str) -> str:
    """Check a URL that access tokens are sent to: https, or http to this machine only."""
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
    except ValueError:
        raise SettingsError(name, f"{value!r} is not a URL like {PARTNER_CENTER_URL}.") from None
    if not host or parts.username or parts.query or parts.fragment or parts.scheme not in {"http", "https"}:
        raise SettingsError(name, f"{value!r} is not a URL like {PARTNER_CENTER_URL}.")
    if parts.scheme == "http" and not is_loopback(host):
        raise SettingsError(name, f"{value!r} would send tokens in clear text: use https.")
    return value.rstrip("/")


def _prefix(name: str, value: str) -> str:
    if value not in {"/partner/v1", "/v1"}:
        raise SettingsError(name, f"{value!r} is neither /partner/v1 nor /v1.")
    return value


def _list(_: str, value: str) -> tuple[str, ...]:
    return tuple(item.strip().lower() for item in value.split(",") if item.strip())


def _keys(_: str, value: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in value.split(",") if item.strip())


def _guids(name: str, value: str) -> tuple[str, ...]:
    return tuple(_guid(name, item) for item in _list(name, value))


def _switch(name: str, value: str) -> bool:
    if value.lower() not in {"on", "off"}:
        raise SettingsError(name, f"{value!r} is neither on nor off.")
    return value.lower() == "on"


def _moment(name: str, value: str) -> float:
    """Parse a moment, and return it in Unix seconds. Without a zone it would be another one in another process."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise SettingsError(name, f"{value!r} is not a moment with its zone, like 2026-11-30T08:00:00Z.")
    return moment.timestamp()


def _level(name: str, value: str) -> str:
    if value.lower() not in {"debug", "info", "warning", "error"}:
        raise SettingsError(name, f"{value!r} is not one of debug, info, warning, error.")
    return value.lower()


_READERS: dict[str, Callable[[str, str], object]] = {
    "app_id": _guid,
    "app_password": _text,
    "app_tenant_id": _guid,
    "public_url": _url,
    "token_keys": _keys,
    "database": _text,
    "login_url": _url,
    "host": _text,
    "port": _port,
    "partner_center_url": _url,
    "partner_center_prefix": _prefix,
    "service_hosts": _list,
    "allowed_tenants": _guids,
    "access_token": _text,
    "answer_seconds": _seconds,
    "directory_seconds": _seconds,
    "replica": _replica,
    "tenant_rate": _rate,
    "metrics_port": _port,
    "keep_misses": _switch,
    "mcp_clients": _guids,
    "keep_figures_days": _days,
    "sign_ins_after": _moment,
    "model_url": _url,
    "model_name": _text,
    "model_key": _text,
    "model_seconds": _seconds,
    "log_level": _level,
}
