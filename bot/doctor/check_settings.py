"""Check the settings without using the network.

Uses the environment that the caller passes, and the rules for what may be published.

No value is repeated: people put secrets into the wrong setting, and paste what is printed into tickets.
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import fields
from urllib.parse import urlsplit

from bot.doctor.finding import Finding, failed, ok, warning
from bot.domain.guid import parse_guid
from bot.domain.loopback import is_loopback
from bot.errors import SettingsError
from bot.identity.tokens.encryption import Encryptor
from bot.package.publication import Publication
from bot.settings import PREFIX, Settings, lacking, survey

SETTINGS, TOKEN_KEYS, PUBLIC_URL, SIGN_INS_AFTER = "settings", "token keys", "public URL", "sign-ins after"

_NAMES = tuple(PREFIX + field.name.upper() for field in fields(Settings))
_QUOTED = re.compile(r"^(['\"]).*\1 ", re.DOTALL)


def setting(field: str) -> str:
    """Return the environment variable of a setting, which is also its finding's name."""
    return PREFIX + field.upper()


def settings_in(environ: Mapping[str, str]) -> tuple[Settings, list[Finding]]:
    """Return the settings, and a finding for each that is wrong or missing.

    If none is, there is one finding that says so.
    """
    settings, wrong = survey(environ)
    reported = {error.setting for error in wrong}
    missing = [error for error in lacking(settings) if error.setting not in reported]
    findings = [_wrong(error) for error in (*wrong, *missing)]
    if parse_guid(settings.app_password):
        findings.append(
            warning(
                setting("app_password"),
                "has the form of an id. Secrets do not look like that, but their ids do.",
                "Under Certificates & secrets, copy the secret's Value, not its Secret ID.",
            )
        )
    given = sum(bool(environ.get(name, "").strip()) for name in _NAMES)
    return settings, findings or [ok(SETTINGS, f"{given} are set, and nothing is missing or malformed")]


def token_keys(settings: Settings) -> Finding:
    """Check that every key can encrypt.

    There are several keys while a key is being changed.
    """
    keys = settings.token_keys
    bad = [str(number) for number, key in enumerate(keys, 1) if not _is_key(key)]
    if bad:
        which = f"number {', '.join(bad)} of {len(keys)}" if len(keys) > 1 else "the key"
        return failed(
            TOKEN_KEYS,
            f"{which} is not 32 bytes in base64",
            "Make one with `openssl rand -base64 32`. Separate keys with commas, the newest first.",
        )
    if len(set(keys)) < len(keys):
        return warning(TOKEN_KEYS, f"of {len(keys)} keys some are the same", "Remove the duplicates.")
    if len(keys) > 1:
        return ok(TOKEN_KEYS, f"{len(keys)} keys: the first encrypts, the others decrypt what is stored already")
    return ok(TOKEN_KEYS, "one key of 32 bytes")


def sign_ins_after(settings: Settings, now: float) -> Finding:
    """Check that people can sign in at `now` (Unix seconds)."""
    if settings.sign_ins_after <= now:
        return ok(SIGN_INS_AFTER, "sign-ins from before that moment are refused")
    return failed(
        SIGN_INS_AFTER,
        "it is in the future: until then no sign-in is accepted",
        f"Set {setting('sign_ins_after')} to the moment of the restore.",
    )


def public_url(settings: Settings) -> Finding:
    """Check that the public address is one that browsers and Teams can reach.

    The app package has to be able to name its host.
    """
    parts = urlsplit(settings.public_url)
    host = parts.hostname or ""
    if is_loopback(host):
        return warning(
            PUBLIC_URL,
            f"{host} is this machine: people can sign in here only, and Teams does not reach it",
            "Set USAGEBOT_PUBLIC_URL to the https address under which the bot is reached from outside.",
        )
    try:
        # Not the lower-cased host name: `usagebot package` is given the same text and must accept it.
        Publication.of(settings.app_id, parts.netloc, "1.0.0")
    except SettingsError as error:
        problem = _QUOTED.sub("its host ", error.problem) if error.setting == "--host" else error.problem
        return failed(
            PUBLIC_URL, problem, "Correct USAGEBOT_PUBLIC_URL, and make the app package with the same --host."
        )
    if parts.path:
        return failed(
            PUBLIC_URL,
            f"it has a path, {parts.path}, which the app package and the registration do not have",
            "Give the bot a host name of its own and leave the path out.",
        )
    redirect = f"https://{host}/auth/callback"
    return ok(PUBLIC_URL, f"https://{host}; the registration's redirect URI has to be {redirect}")


def _wrong(error: SettingsError) -> Finding:
    if error.setting not in _NAMES:
        near = difflib.get_close_matches(error.setting, _NAMES, n=1, cutoff=0.8)
        meant = f"Did you mean {near[0]}? " if near else ""
        return failed(error.setting, "is not a setting", f"{meant}Correct the name, or unset it.")
    what, _, rest = _QUOTED.sub("its value ", error.problem).partition(". ")
    mend = rest or f"Correct {error.setting}; .env.example says what it is for."
    return failed(error.setting, what.rstrip("."), mend)


def _is_key(text: str) -> bool:
    try:
        Encryptor.from_texts((text,))
    except SettingsError:
        return False
    return True
