"""What an attacker makes tokens with: keys of their own, published keys, and patience with base64."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bot.simulator.connector.connector_keys import ConnectorSigningKey

FORGER = ConnectorSigningKey()  # the attacker's own key; making one takes a moment
NOW = int(time.time())
LATER, EARLIER = NOW + 7_200, NOW - 7_200


def b64(part: bytes | object) -> str:
    data = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def read(token: str) -> dict[str, Any]:
    """The claims of a token."""
    return dict(jwt.decode(token, options={"verify_signature": False}))


def header(token: str) -> dict[str, Any]:
    return dict(jwt.get_unverified_header(token))


def unsigned(token: str, algorithm: str) -> str:
    """The token without a signature, under an algorithm that needs none."""
    return f"{b64(header(token) | {'alg': algorithm})}.{token.split('.')[1]}."


def stripped(token: str) -> str:
    """The token as it is, without its signature."""
    return token.rpartition(".")[0] + "."


def altered(token: str) -> str:
    """The token with one character of its signature changed (not the last, which has bits that mean nothing)."""
    head, _, signature = token.rpartition(".")
    return f"{head}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"


def changed(token: str, **claims: Any) -> str:
    """The token with other claims under the old signature."""
    head, _, signature = token.split(".")
    return f"{head}.{b64(read(token) | claims)}.{signature}"


def with_secret(token: str, key: Any, form: str, algorithm: str = "HS256") -> str:
    """The token signed with the published key as a shared secret, as PEM or as the key list writes it."""
    public = key.private.public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head = f"{b64(header(token) | {'alg': algorithm})}.{token.split('.')[1]}"
    mac = hmac.digest(pem if form == "pem" else json.dumps(key.public()).encode(), head.encode(), hashlib.sha256)
    return f"{head}.{b64(mac)}"


def forged(token: str, **headers: Any) -> str:
    """The token's claims signed with the attacker's key, under the attacker's key id unless a header says otherwise."""
    return FORGER.sign(read(token), **headers)


def brought(token: str, name: str, url: str, **headers: Any) -> str:
    """A token that brings the attacker's key along, or says where it is."""
    value = {"jwk": FORGER.public(), "x5c": [b64(b"no certificate")]}.get(name, f"{url}/keys.json")
    return forged(token, **{name: value}, **headers)


def with_header(token: str, **headers: Any) -> str:
    """The token under another header, its signature left as it was."""
    return f"{b64(header(token) | headers)}.{token.partition('.')[2]}"


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth
