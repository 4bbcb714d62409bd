"""Refused requests: an exact status, no answer, one log entry without the token."""

import base64
import gzip
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import jwt
import pytest
import structlog

from bot.simulator.connector.connector_keys import ConnectorSigningKey
from bot.simulator.connector.teams_people import ADA

JSON = {"Content-Type": "application/json"}


@dataclass
class Attack:
    """A valid request; each case makes one thing wrong."""

    stage: Any
    activity: dict[str, Any]
    token: str | None
    headers: dict[str, str] = field(default_factory=lambda: dict(JSON))
    body: bytes | None = None

    @property
    def keys(self) -> Any:
        return self.stage.connector.keys

    def claims(self, **changes: Any) -> None:
        """Use the channel's own token with other claims; None leaves one out."""
        self.token = self.stage.connector.channel_token(**changes)

    def sign(self, claims: dict[str, Any] | None = None, **headers: Any) -> None:
        """Use a token signed with the channel's key."""
        self.token = self.keys.current.sign(claims or self.usual(), **headers)

    def usual(self) -> dict[str, Any]:
        now = int(time.time())
        connector = self.stage.connector
        return {
            "iss": "https://api.botframework.com",
            "aud": connector.app_id,
            "serviceurl": connector.service_url,
            "nbf": now - 60,
            "exp": now + 600,
        }

    def spoil(self, *path: str, to: Any = ...) -> None:
        """Change a field of the activity, or by default remove it."""
        place = self.activity
        for name in path[:-1]:
            place = place[name]
        if to is ...:
            place.pop(path[-1], None)
        else:
            place[path[-1]] = to


def unsigned(header: object, claims: object) -> str:
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (header, claims)]
    return ".".join([*parts, ""])


def with_public_key(attack: Attack) -> str:
    """Return a HS256 token whose secret is the published key.

    It is built by hand, because PyJWT refuses to make one.
    """
    import hashlib
    import hmac

    head = unsigned({"alg": "HS256", "kid": attack.keys.current.kid}, attack.usual()).rstrip(".")
    secret = json.dumps(attack.keys.current.public()).encode()
    signature = base64.urlsafe_b64encode(hmac.digest(secret, head.encode(), hashlib.sha256)).rstrip(b"=").decode()
    return f"{head}.{signature}"


def nested(depth: int) -> bytes:
    return b'{"type":"message","value":' + b"[" * depth


def deep_header(attack: Attack) -> None:
    deep = base64.urlsafe_b64encode(b'{"a":' + b"[" * 3_000).rstrip(b"=").decode()
    attack.token = f"{deep}.e30.e30"


def other_key_same_id(attack: Attack) -> None:
    forger = ConnectorSigningKey()
    attack.token = forger.sign(attack.usual(), kid=attack.keys.current.kid)


def tampered(attack: Attack) -> None:
    head, _, signature = (attack.token or "").split(".")
    other = unsigned({}, attack.usual() | {"serviceurl": "https://smba.trafficmanager.net/x/"}).split(".")[1]
    attack.token = f"{head}.{other}.{signature}"


def unendorsed(attack: Attack) -> None:
    attack.keys.current = ConnectorSigningKey(endorsements=("directline",))
    attack.keys.published = [attack.keys.current]
    attack.claims()


def weak_key(attack: Attack) -> None:
    from cryptography.hazmat.primitives.asymmetric import rsa

    attack.keys.rotate(keep_old=True)
    attack.keys.current.private = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    with pytest.warns(jwt.warnings.InsecureKeyLengthWarning):
        attack.claims()


def foreign_service_url(attack: Attack) -> None:
    attack.spoil("serviceUrl", to="https://evil.example/teams/")
    attack.claims(serviceurl="https://evil.example/teams/")


def lookalike_service_url(attack: Attack) -> None:
    url = "https://smba.trafficmanager.net@evil.example/teams/"
    attack.spoil("serviceUrl", to=url)
    attack.claims(serviceurl=url)


def clear_text_service_url(attack: Attack) -> None:
    url = "http://smba.trafficmanager.net/teams/"
    attack.spoil("serviceUrl", to=url)
    attack.claims(serviceurl=url)


def user_token(attack: Attack) -> None:
    """Use a person's sign-in token, as the bot receives them, as the channel's token."""
    tenant = ADA.tenant_id
    claims = {"iss": f"https://login.microsoftonline.com/{tenant}/v2.0", "tid": tenant, "scp": "access_as_user"}
    attack.sign(attack.usual() | claims)


def skill_token(attack: Attack) -> None:
    claims = {"iss": f"https://sts.windows.net/{ADA.tenant_id}/", "appid": "another-bot", "ver": "1.0"}
    attack.sign(attack.usual() | claims)


def content(kind: str | None, **headers: str) -> Callable[[Attack], None]:
    def spoil(attack: Attack) -> None:
        attack.headers = ({"Content-Type": kind} if kind else {}) | headers

    return spoil


def token(make: Callable[[Attack], str | None]) -> Callable[[Attack], None]:
    def spoil(attack: Attack) -> None:
        attack.token = make(attack)

    return spoil


def claims(**changes: Any) -> Callable[[Attack], None]:
    return lambda attack: attack.claims(**changes)


def body(value: bytes) -> Callable[[Attack], None]:
    def spoil(attack: Attack) -> None:
        attack.body = value

    return spoil


def gone(*path: str, to: Any = ...) -> Callable[[Attack], None]:
    return lambda attack: attack.spoil(*path, to=to)


def header(name: str, value: str) -> Callable[[Attack], None]:
    def spoil(attack: Attack) -> None:
        attack.token = None
        attack.headers[name] = value

    return spoil


CASES: dict[str, tuple[int, Callable[[Attack], None]]] = {
    "no content type": (415, content(None)),
    "plain text": (415, content("text/plain")),
    "a form": (415, content("application/x-www-form-urlencoded")),
    "JSON's cousin": (415, content("application/json-patch+json")),
    "another character set": (415, content("application/json; charset=utf-16")),
    "a broken content type": (415, content(";;;")),
    "compressed": (415, content("application/json", **{"Content-Encoding": "compress"})),
    "too large": (413, body(b" " * (256 * 1024 + 1))),
    "no token": (401, token(lambda _: None)),
    "another scheme": (401, header("Authorization", "Basic YWRhOnNlY3JldA==")),
    "a scheme alone": (401, header("Authorization", "Bearer")),
    "a blank bearer": (401, header("Authorization", "Bearer   ")),
    "no JWT": (401, token(lambda _: "opaque-token-of-somebody")),
    "three dots": (401, token(lambda _: "..")),
    "a header nested deeply": (401, deep_header),
    "algorithm none": (401, token(lambda a: unsigned({"alg": "none", "kid": a.keys.current.kid}, a.usual()))),
    "algorithm None": (401, token(lambda a: unsigned({"alg": "NonE", "kid": a.keys.current.kid}, a.usual()))),
    "HS256 with the public key": (401, token(with_public_key)),
    "an unknown key": (401, lambda a: a.sign(kid="made-up")),
    "a key id that is a path": (401, lambda a: a.sign(kid="../../etc/passwd")),
    "no key id": (401, token(lambda a: jwt.encode(a.usual(), a.keys.current.private, "RS256"))),
    "another key under the known id": (401, other_key_same_id),
    "a short key": (401, weak_key),
    "changed after signing": (401, tampered),
    "expired": (401, lambda a: a.sign(a.usual() | {"exp": a.usual()["nbf"] - 7_200})),
    "not valid yet": (401, lambda a: a.sign(a.usual() | {"nbf": a.usual()["exp"] + 7_200})),
    "no end": (401, claims(exp=None)),
    "an end that is no number": (401, claims(exp="soon")),
    "an end beyond all numbers": (401, lambda a: a.sign(a.usual() | {"exp": 10**400})),
    "another bot's": (401, claims(aud="00000000-0000-0000-0000-000000000001")),
    "several audiences": (401, lambda a: a.sign(a.usual() | {"aud": [a.stage.connector.app_id, "other"]})),
    "no audience": (401, claims(aud=None)),
    "another issuer": (401, claims(iss="https://api.botframework.com.evil.example")),
    "no issuer": (401, claims(iss=None)),
    "a person's token": (401, user_token),
    "a skill's or the emulator's token": (401, skill_token),
    "no service URL in the token": (401, claims(serviceurl=None)),
    "a service URL that is a list": (401, lambda a: a.sign(a.usual() | {"serviceurl": ["x"]})),
    "nothing": (400, body(b"")),
    "half an object": (400, body(b'{"type":')),
    "an array": (400, body(b"[]")),
    "a number": (400, body(b"1")),
    "null": (400, body(b"null")),
    "NaN": (400, body(b'{"type":"message","value":NaN}')),
    "not UTF-8": (400, body(b'{"type":"mess\xff"}')),
    "half a surrogate pair": (400, body(b'{"type":"\\ud800"}')),
    "a byte order mark": (400, body(b"\xef\xbb\xbf{}")),
    "nested without end": (400, body(nested(100_000))),
    "nested less deeply without end": (400, body(nested(5_000))),
    "no type": (400, gone("type")),
    "an empty type": (400, gone("type", to="")),
    "a type that is a number": (400, gone("type", to=1)),
    "a text that is a list": (400, gone("text", to=["help"])),
    "a conversation that is a string": (400, gone("conversation", to="19:x")),
    "a sender that is a list": (400, gone("from", to=[])),
    "channel data that is a number": (400, gone("channelData", to=4)),
    "a tenant that is a number": (400, gone("channelData", to={"tenant": {"id": 4}})),
    "a tenant that is a text": (400, gone("channelData", to={"tenant": ADA.tenant_id})),
    "a conversation's tenant that is a list": (400, gone("conversation", "tenantId", to=[ADA.tenant_id])),
    "an object id that is a number": (400, gone("from", "aadObjectId", to=4)),
    "a sender's id that is an object": (400, gone("from", "id", to={"id": ADA.id})),
    "a service URL in a list": (400, gone("serviceUrl", to=["https://smba.trafficmanager.net/"])),
    "no channel": (400, gone("channelId")),
    "no service URL": (400, gone("serviceUrl")),
    "a service URL that is null": (400, gone("serviceUrl", to=None)),
    "no conversation": (400, gone("conversation")),
    "a conversation without id": (400, gone("conversation", "id")),
    "no recipient": (400, gone("recipient")),
    "no sender": (400, gone("from")),
    "an endless id": (400, gone("id", to="1" * 2_000)),
    "another channel": (403, gone("channelId", to="directline")),
    "the emulator": (403, gone("channelId", to="emulator")),
    "a token for another service URL": (403, claims(serviceurl="https://smba.trafficmanager.net/emea/")),
    "another service URL than the token's": (403, gone("serviceUrl", to="https://smba.trafficmanager.net/emea/")),
    "a key that does not speak for Teams": (403, unendorsed),
    "a foreign service URL in both": (403, foreign_service_url),
    "a service URL that looks right": (403, lookalike_service_url),
    "a service URL in clear text": (403, clear_text_service_url),
    "two tenants": (403, gone("channelData", to={"tenant": {"id": "00000000-0000-0000-0000-00000000000b"}})),
}


async def send(attack: Attack) -> tuple[int, str]:
    headers = dict(attack.headers)
    if attack.token is not None:
        headers["Authorization"] = f"Bearer {attack.token}"
    data = json.dumps(attack.activity).encode() if attack.body is None else attack.body
    skip = () if "Content-Type" in headers else ("Content-Type",)
    async with attack.stage.http.post(attack.stage.url, data=data, headers=headers, skip_auto_headers=skip) as response:
        return response.status, await response.text()


def aimed(stage: Any, conversation: Any) -> Attack:
    activity = stage.client.new("message", conversation, ADA) | {"text": "help"}
    return Attack(stage, activity, stage.connector.channel_token())


@pytest.mark.parametrize("case", CASES)
async def test_request_is_refused_when_one_thing_is_wrong(case: str, stage: Any) -> None:
    from bot.simulator.connector import personal

    status, spoil = CASES[case]
    attack = aimed(stage, personal(ADA))
    spoil(attack)
    with structlog.testing.capture_logs() as logs:
        got, text = await send(attack)
        await stage.quiet()
    assert (got, len(stage.answers.asked), len(stage.connector.transcript.entries)) == (status, 0, 0), text
    refusals = [entry for entry in logs if entry["event"] == "request_refused"]
    assert [entry["status"] for entry in refusals] == [status]
    if attack.token and len(attack.token) > 20:
        assert attack.token not in repr(logs) + text
        assert attack.token.split(".")[-1] not in repr(logs) + text or not attack.token.split(".")[-1]


async def test_request_is_answered_when_nothing_is_wrong(stage: Any) -> None:
    from bot.simulator.connector import personal

    assert (await send(aimed(stage, personal(ADA))))[0] == 200
    assert (await stage.connector.next_message()).card is not None


async def test_request_is_refused_when_it_has_two_authorization_headers(stage: Any) -> None:
    token = stage.connector.channel_token()
    headers = [("Authorization", f"Bearer {token}"), ("Authorization", "Bearer x"), *JSON.items()]
    async with stage.http.post(stage.url, data=b"{}", headers=headers) as response:
        assert response.status == 401


async def test_request_is_refused_when_its_tenant_is_not_served(open_stage: Any) -> None:
    from bot.simulator.connector import personal

    async with open_stage(tenants=("00000000-0000-0000-0000-00000000000a",)) as stage:
        assert (await send(aimed(stage, personal(ADA))))[0] == 403
        nowhere = aimed(stage, personal(ADA))
        nowhere.spoil("channelData")
        nowhere.spoil("conversation", "tenantId")
        assert (await send(nowhere))[0] == 403


async def test_request_is_refused_when_a_chunked_body_is_too_large(stage: Any) -> None:
    async def pieces() -> Any:
        for _ in range(40):
            yield b" " * 10_000

    headers = {**JSON, "Authorization": f"Bearer {stage.connector.channel_token()}"}
    async with stage.http.post(stage.url, data=pieces(), headers=headers) as response:
        assert response.status == 413


async def test_request_is_refused_when_its_body_is_compressed(stage: Any) -> None:
    headers = {**JSON, "Content-Encoding": "gzip", "Authorization": f"Bearer {stage.connector.channel_token()}"}
    async with stage.http.post(stage.url, data=gzip.compress(b" " * 10**7), headers=headers) as response:
        assert response.status == 415


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
async def test_request_is_refused_when_its_method_is_not_post(method: str, stage: Any) -> None:
    async with stage.http.request(method, stage.url) as response:
        assert response.status == 405


async def test_smuggled_second_request_is_not_handled(stage: Any) -> None:
    import asyncio

    host, port = stage.url.removeprefix("http://").split("/")[0].split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        b"POST /api/messages HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\n"
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: bot\r\n\r\n"
    )
    assert b" 400 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_refusal_names_the_authentication_scheme(stage: Any) -> None:
    async with stage.http.post(stage.url, data=b"{}", headers=JSON) as response:
        assert response.headers["WWW-Authenticate"] == "Bearer"
        assert (await response.json())["error"]["message"] == "no Authorization header"
