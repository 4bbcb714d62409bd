"""How an attacker makes tokens.

With own keys, with published keys, and by editing base64.
"""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bot.simulator.connector.connector_keys import ConnectorSigningKey

FORGER = ConnectorSigningKey()  # the attacker's own key; creating one takes a moment
NOW = int(time.time())
DAY = 86_400  # no run of the tests takes so long that a moment changes its side
LATER, EARLIER = NOW + DAY, NOW - DAY


def b64(part: bytes | object) -> str:
    data = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def read(token: str) -> dict[str, Any]:
    """Return the claims of a token."""
    return dict(jwt.decode(token, options={"verify_signature": False}))


def header(token: str) -> dict[str, Any]:
    return dict(jwt.get_unverified_header(token))


def unsigned(token: str, algorithm: str) -> str:
    """Return the token without a signature, with an algorithm that needs none."""
    return f"{b64(header(token) | {'alg': algorithm})}.{token.split('.')[1]}."


def stripped(token: str) -> str:
    """Return the unchanged token without its signature."""
    return token.rpartition(".")[0] + "."


def altered(token: str) -> str:
    """Return the token with one character of its signature changed.

    The last one has unused bits.
    """
    head, _, signature = token.rpartition(".")
    return f"{head}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"


def changed(token: str, **claims: Any) -> str:
    """Return the token with other claims and the old signature."""
    head, _, signature = token.split(".")
    return f"{head}.{b64(read(token) | claims)}.{signature}"


def with_secret(token: str, key: Any, form: str, algorithm: str = "HS256") -> str:
    """Return the token signed with the published key as a shared secret.

    `form` is "pem", or anything else for the form of the key list.
    """
    public = key.private.public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head = f"{b64(header(token) | {'alg': algorithm})}.{token.split('.')[1]}"
    mac = hmac.digest(pem if form == "pem" else json.dumps(key.public()).encode(), head.encode(), hashlib.sha256)
    return f"{head}.{b64(mac)}"


def forged(token: str, **headers: Any) -> str:
    """Return the token's claims signed with the attacker's key.

    The key id is the attacker's unless a header sets another.
    """
    return FORGER.sign(read(token), **headers)


def brought(token: str, name: str, url: str, **headers: Any) -> str:
    """Return a token that contains the attacker's key or its address."""
    value = {"jwk": FORGER.public(), "x5c": [b64(b"no certificate")]}.get(name, f"{url}/keys.json")
    return forged(token, **{name: value}, **headers)


def with_header(token: str, **headers: Any) -> str:
    """Return the token with another header and the old signature."""
    return f"{b64(header(token) | headers)}.{token.partition('.')[2]}"


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth
