"""The identity of a published bot: app id, host and version. Pure."""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.guid import parse_guid
from bot.errors import SettingsError

NIL = "00000000-0000-0000-0000-000000000000"
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
# Three numbers with dots: Teams compares them to see whether the package is an update. https://semver.org
VERSION = re.compile(r"(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){2}")

# Names that Microsoft's services can never resolve: https://www.rfc-editor.org/rfc/rfc6761 and ICANN's .internal
UNREACHABLE = frozenset({"localhost", "local", "internal", "invalid", "test", "example", "onion", "alt"})


@dataclass(frozen=True, slots=True)
class Publication:
    """One bot as its organization publishes it; make one with `Publication.of`.

    `app_id` is the client id of its Entra registration (a GUID in lower case, also the bot's id), `host` the DNS name
    under which Teams and browsers reach it over https, `version` the version of the app package.
    """

    app_id: str
    host: str
    version: str

    @classmethod
    def of(cls, app_id: str, host: str, version: str) -> "Publication":
        """Return a publication with checked values.

        Raises SettingsError that names the wrong option and what would be right.
        """
        guid = parse_guid(app_id.strip())
        if guid is None:
            raise SettingsError("--app-id", f"{app_id!r} is not a GUID like 1b4e28ba-2fa1-11d2-883f-0016d3cca427.")
        if guid == NIL:
            raise SettingsError("--app-id", "is all zeros. Take the Application (client) ID of the Entra registration.")
        for wrong, problem in _HOST_RULES:
            if wrong(host):
                raise SettingsError("--host", f"{host!r} {problem}")
        if not VERSION.fullmatch(version):
            raise SettingsError("--version", f"{version!r} is not three numbers like 1.0.2.")
        return cls(guid, host, version)

    @property
    def values(self) -> dict[str, str]:
        """Return the values for the blanks of the declared files, by name."""
        return {"app_id": self.app_id, "host": self.host, "version": self.version}


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        # Clients also parse 127.1 and 0x7f.1 as addresses; no top-level domain begins with a digit.
        return host.removesuffix(".").rpartition(".")[2][:1].isdigit()
    return True


# Checked in this order: the first rule that matches names the problem best. Later rules may rely on earlier ones.
_HOST_RULES: tuple[tuple[Callable[[str], bool], str], ...] = (
    (lambda host: not host, "is empty. Give the bot's DNS name, like bot.contoso.com."),
    (lambda host: "://" in host, "has a scheme. Give the DNS name alone, like bot.contoso.com; it is always https."),
    (lambda host: not host.isprintable() or " " in host, "has a space or a control character in it."),
    (lambda host: any(mark in host for mark in "/\\?#@"), "is more than a DNS name. Leave out path and user."),
    (lambda host: not host.isascii(), "has letters outside ASCII. Give its punycode form, which begins with xn--."),
    (_is_address, "is an IP address. Teams needs a DNS name with a certificate, like bot.contoso.com."),
    (lambda host: ":" in host, "has a port. Teams talks to port 443 only: leave it out."),
    (lambda host: host != host.lower(), "has capital letters. Write it in lower case, as tokens and links carry it."),
    (lambda host: host.endswith("."), "ends in a dot. Leave it out."),
    (lambda host: host.rpartition(".")[2] in UNREACHABLE, "cannot be reached from Teams. Give a public DNS name."),
    (lambda host: "." not in host, "is no full DNS name. Give one like bot.contoso.com."),
    (
        lambda host: len(host) > 253 or not all(LABEL.fullmatch(label) for label in host.split(".")),
        "is not a DNS name: letters, digits and hyphens, with dots between, at most 253 characters. No wildcards.",
    ),
)
