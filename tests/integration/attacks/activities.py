"""Attacks in an activity with a valid channel token.

Its origin, its destination, and invalid JSON.
"""

import gzip
import json
from collections.abc import Callable

from bot.simulator.connector.connector_keys import ConnectorSigningKey
from tests.integration.attacks.scene import FORM, Attack, Scene, Spoil, message

OTHER_TENANT = "00000000-0000-4000-8000-00000000000b"
FOREIGN = {"tenant": {"id": OTHER_TENANT}}
LARGEST = 256 * 1024
HOST = "the service URL is not in the list of allowed hosts"
NO_TEXT = "activity: Expected `str | null`, got"
NO_JSON, DEEP = "the body is not JSON", "the body is nested too deeply"


def spoil(*path: str, to: object = ...) -> Spoil:
    """Change a field of the activity or, by default, omit it."""

    def change(scene: Scene) -> None:
        assert scene.activity is not None
        place = scene.activity
        for name in path[:-1]:
            place = place[name]
        if to is ...:
            del place[path[-1]]
        else:
            place[path[-1]] = to

    return change


def service_url(make: Callable[[str], str]) -> Spoil:
    """Another service URL, with a channel token for it.

    `make` gets host and port of the right one.
    """

    def change(scene: Scene) -> None:
        url = make(scene.connector.url.removeprefix("http://"))
        spoil("serviceUrl", to=url)(scene)
        scene.token = scene.connector.channel_token(service_url=url)

    return change


def trapped(scene: Scene) -> None:
    service_url(lambda _: f"{scene.trap.url}/teams/")(scene)


def only_in_the_token(url: str) -> Spoil:
    def change(scene: Scene) -> None:
        scene.token = scene.connector.channel_token(service_url=url)

    return change


def unendorsed(*channels: str) -> Spoil:
    def change(scene: Scene) -> None:
        scene.connector.keys.current = ConnectorSigningKey(endorsements=channels)
        scene.connector.keys.published = [scene.connector.keys.current]
        scene.token = scene.connector.channel_token()

    return change


def both_tenants(tenant: str | None) -> Spoil:
    def change(scene: Scene) -> None:
        spoil("conversation", "tenantId", to=tenant)(scene)
        spoil("channelData", "tenant", "id", to=tenant)(scene)

    return change


def twice(name: str, value: object) -> Spoil:
    """Send the right value first, and the same name again.

    The value that is verified must be the one used.
    """

    def change(scene: Scene) -> None:
        scene.body = scene.content[:-1] + f', "{name}": {json.dumps(value)}}}'.encode()

    return change


def body(value: bytes) -> Spoil:
    def change(scene: Scene) -> None:
        scene.body = value

    return change


def header(name: str, value: str, content: bytes | None = None) -> Spoil:
    def change(scene: Scene) -> None:
        scene.header(name, value)
        scene.body = scene.content if content is None else content

    return change


def chunked(scene: Scene) -> None:
    """A body in chunks that exceeds the limit without declaring its length."""
    scene.header("Transfer-Encoding", "chunked")
    scene.body = (b"4000\r\n" + b" " * 0x4000 + b"\r\n") * (LARGEST // 0x4000 + 1)


def together(*changes: Spoil) -> Spoil:
    def change(scene: Scene) -> None:
        for each in changes:
            each(scene)

    return change


ODD = together(spoil("replyToId", to=1), spoil("entities", to=[None]), spoil("channelData", "team", to="x"))


def attack(name: str, status: int, reason: str, change: Spoil, *, lasting: bool = False) -> Attack:
    return Attack(f"activity: {name}", message, status, reason, change, lasting=lasting)


# The statuses that HTTP has for these kinds of 400: https://www.rfc-editor.org/rfc/rfc9110#section-15.5
ATTACKS = [
    attack("no service URL", 400, "the activity has no serviceUrl", spoil("serviceUrl")),
    attack("a service URL that is null", 400, "the activity has no serviceUrl", spoil("serviceUrl", to=None)),
    attack("an empty service URL", 400, "the activity has no serviceUrl", spoil("serviceUrl", to="")),
    attack("a foreign service URL, token included", 403, HOST, trapped),
    attack("a host that only begins right", 403, HOST, service_url(lambda host: f"http://{host}.evil.example/")),
    attack("a host that only ends right", 403, HOST, service_url(lambda _: "https://evil-smba.trafficmanager.net/")),
    attack("a subdomain of the host", 403, HOST, service_url(lambda _: "https://x.smba.trafficmanager.net/")),
    attack("the host as a user name", 403, HOST, service_url(lambda host: f"http://{host}@evil.example/")),
    attack("the right host behind a user name", 403, HOST, service_url(lambda host: f"http://evil@{host}/v3/")),
    attack("the host in the fragment", 403, HOST, service_url(lambda host: f"http://evil.example#@{host}/")),
    attack("a backslash in the host", 403, HOST, service_url(lambda host: f"http://evil.example\\@{host}/")),
    attack("another port", 403, HOST, service_url(lambda _: "https://smba.trafficmanager.net:8443/teams/")),
    attack("the host in clear text", 403, HOST, service_url(lambda _: "http://smba.trafficmanager.net/teams/")),
    attack("this machine by another name", 403, HOST, service_url(lambda host: f"http://localhost:{host[10:]}/")),
    attack("this machine as a number", 403, HOST, service_url(lambda host: f"http://2130706433:{host[10:]}/")),
    attack("the machine's metadata service", 403, HOST, service_url(lambda _: "http://169.254.169.254/latest/")),
    attack("a letter that looks the same", 403, HOST, service_url(lambda _: "https://smba.traffi\u0441manager.net/")),
    attack("a dot too many", 403, HOST, service_url(lambda _: "https://smba.trafficmanager.net./teams/")),
    attack("a way up in the path", 403, HOST, service_url(lambda host: f"http://{host}/teams/../../")),
    attack("a line break in the URL", 403, HOST, service_url(lambda host: f"http://{host}/\r\nHost: evil/")),
    attack("a file for a service URL", 403, HOST, service_url(lambda _: "file:///etc/passwd")),
    attack(
        "another service URL than the token's",
        403,
        "the token is for another service URL",
        spoil("serviceUrl", to="https://smba.trafficmanager.net/emea/"),
    ),
    attack(
        "a token for another service URL",
        403,
        "the token is for another service URL",
        only_in_the_token("https://smba.trafficmanager.net/emea/"),
    ),
    attack("a key without endorsements", 403, "the token's key does not speak for Teams", unendorsed(), lasting=True),
    attack("a key of another channel", 403, "the token's key does not speak for Teams", unendorsed("x"), lasting=True),
    attack("no channel", 400, "the activity has no channelId", spoil("channelId")),
    attack("the emulator's channel", 403, "the channel is not Teams", spoil("channelId", to="emulator")),
    attack("another channel", 403, "the channel is not Teams", spoil("channelId", to="directline")),
    attack("a channel that looks right", 403, "the channel is not Teams", spoil("channelId", to="msteams\u0000")),
    attack("a foreign tenant", 403, "the tenant is not served", both_tenants(OTHER_TENANT)),
    attack("no tenant", 403, "the tenant is not served", both_tenants(None)),
    attack(
        "a foreign tenant in the conversation only",
        403,
        "the activity names two tenants",
        spoil("conversation", "tenantId", to=OTHER_TENANT),
    ),
    attack(
        "a foreign tenant in the channel's data only",
        403,
        "the activity names two tenants",
        spoil("channelData", "tenant", "id", to=OTHER_TENANT),
    ),
    attack("a foreign tenant beside odd fields", 403, "the tenant is not served",
           together(ODD, both_tenants(OTHER_TENANT))),
    attack("a foreign service URL beside odd fields", 403, HOST, together(ODD, trapped)),
    attack("a second service URL beside odd fields", 403, "the token is for another service URL",
           together(ODD, twice("serviceUrl", "http://evil/"))),
    attack("a second tenant beside odd fields", 403, "the activity names two tenants",
           together(ODD, twice("channelData", FOREIGN | {"team": "x"}))),
    attack("no sender beside odd fields", 400, "the activity has no sender", together(ODD, spoil("from"))),
    attack("a tenant that is a number", 400, f"{NO_TEXT} `int` - at `$.channelData.tenant.id`",
           spoil("channelData", "tenant", "id", to=1)),
    attack("an object id that is a list", 400, f"{NO_TEXT} `array` - at `$.from.aadObjectId`",
           together(ODD, spoil("from", "aadObjectId", to=[]))),
    attack("a foreign service URL in capitals", 403, HOST,
           service_url(lambda host: f"HTTP://{host}.EVIL.EXAMPLE/TEAMS")),
    attack("no sender", 400, "the activity has no sender", spoil("from")),
    attack("no conversation", 400, "the activity has no conversation id", spoil("conversation")),
    attack("an id without end", 400, "an id is too long", spoil("id", to="1" * 100_000)),
    attack("a second service URL", 403, "the token is for another service URL", twice("serviceUrl", "http://evil/")),
    attack("a second channel", 403, "the channel is not Teams", twice("channelId", "emulator")),
    attack("a second tenant", 403, "the activity names two tenants", twice("channelData", FOREIGN)),
    attack("a second sender who is nobody", 400, "the activity has no sender", twice("from", None)),
    attack("nested without end", 400, DEEP, body(b'{"type":"message","value":' + b"[" * 100_000)),
    attack("nested without end in objects", 400, DEEP, body(b'{"value":' * 20_000)),
    attack("half an object", 400, NO_JSON, body(b'{"type":"message"')),
    attack("two objects", 400, NO_JSON, body(b'{"type":"message"}{"type":"message"}')),
    attack("no UTF-8", 400, NO_JSON, body('{"type":"message"}'.encode("utf-16"))),
    attack("half a character", 400, "activity: Number out of range - at `$.type`", body(b'{"type":"\\ud800"}')),
    attack("a form that is JSON", 415, "the content type is not application/json", header("Content-Type", FORM)),
    attack("plain text, as another site may post it", 415, "the content type is not application/json",
           header("Content-Type", "text/plain")),
    attack("another character set", 415, "the character set is not UTF-8",
           header("Content-Type", "application/json; charset=utf-7")),
    attack("a gzip bomb", 415, "the body is compressed",
           header("Content-Encoding", "gzip", gzip.compress(b" " * 50_000_000))),
    attack("a body that says it is too large", 413, "the body is too large", header("Content-Length", "10000000000")),
    attack("a body that is too large and does not say so", 413, "the body is too large", chunked),
]  # fmt: skip
