"""Attacks on the sender of an activity: the bearer token of POST /api/messages."""

from collections.abc import Callable
from typing import Any

import jwt

from bot.simulator.connector import ADA
from tests.integration.attacks import forging
from tests.integration.attacks.forging import EARLIER, FORGER, LATER, b64
from tests.integration.attacks.scene import Attack, Scene, Spoil, message

EMULATOR = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"
KEY, SIGNATURE = "the token's key is not the channel service's", "the token's signature is wrong"
ALGORITHM, MALFORMED = "the token is not signed with RS256", "the token is malformed"
ISSUER, AUDIENCE = "the token is not from the channel service", "the token is for another bot"


def by(change: Callable[[str, Any], str]) -> Spoil:
    """Change the token. `change` also gets the channel's key."""

    def spoil(scene: Scene) -> None:
        scene.token = change(scene.token or "", scene.connector.keys.current)

    return spoil


def claims(**changes: Any) -> Spoil:
    """The channel service itself signs other claims; None omits one."""

    def spoil(scene: Scene) -> None:
        scene.token = scene.connector.channel_token(**changes)

    return spoil


def signed(**changes: Any) -> Spoil:
    """Other claims, signed with the channel's key without further changes."""
    return by(lambda token, key: key.sign(forging.read(token) | changes))


def bearer(value: str) -> Spoil:
    def spoil(scene: Scene) -> None:
        scene.token = None
        scene.header("Authorization", value)

    return spoil


def instead(make: Callable[[Scene], str]) -> Spoil:
    """A valid token of another kind."""

    def spoil(scene: Scene) -> None:
        scene.token = make(scene)

    return spoil


def another_published_key(scene: Scene) -> None:
    """The token is signed with one of the channel's keys, with the id of another."""
    old = scene.connector.keys.current
    scene.connector.keys.rotate(keep_old=True)
    scene.token = scene.connector.keys.current.sign(forging.read(scene.token or ""), kid=old.kid)


def withdrawn_key(scene: Scene) -> None:
    """The token is signed with a key that the channel service has withdrawn.

    The bot has never seen that key.
    """
    old = scene.connector.keys.current
    scene.connector.keys.rotate()
    scene.token = old.sign(forging.read(scene.token or ""))


def on_the_wire(name: str) -> Spoil:
    def spoil(scene: Scene) -> None:
        scene.token = forging.brought(scene.token or "", name, scene.trap.url)

    return spoil


def query_token(scene: Scene) -> None:
    """The valid token is in the query, where proxies and histories would store it."""
    scene.target += f"?access_token={scene.token}&token={scene.token}"
    scene.token = None


def two_tokens(scene: Scene) -> None:
    scene.headers += [("Authorization", f"Bearer {scene.token}")]
    scene.token = forging.forged(scene.token or "")


def skill(scene: Scene) -> str:
    who = {"azp": "7e1a2b3c-0000-4000-8000-0000000000ff", "ver": "2.0", "tid": ADA.tenant_id}
    issuer = f"https://login.microsoftonline.com/{ADA.tenant_id}/v2.0"
    return str(scene.connector.keys.current.sign(forging.read(scene.token or "") | who | {"iss": issuer}))


def emulator(scene: Scene) -> str:
    claims = forging.read(scene.token or "") | {"iss": EMULATOR, "appid": scene.connector.app_id, "ver": "1.0"}
    return str(scene.connector.keys.current.sign(claims))


def emulator_of_entra(scene: Scene) -> str:
    claims = forging.read(scene.token or "") | {"iss": EMULATOR, "appid": scene.connector.app_id, "ver": "1.0"}
    return str(scene.entra.keys.current.sign(claims))


def own(scene: Scene) -> str:
    """The bot's own token for the connector.

    Every receiver of the bot's messages has it.
    """
    keys = scene.connector.keys
    return str(keys.app_token(scene.connector.app_id, ADA.tenant_id, "https://api.botframework.com"))


def partner_center(scene: Scene) -> str:
    return str(scene.entra.authority.issue(scene.stage.users[ADA.name]))


def crit(token: str, key: Any) -> str:
    return str(key.sign(forging.read(token), crit=["exp"], exp=1))


def attack(name: str, reason: str, spoil: Spoil) -> Attack:
    return Attack(f"channel token: {name}", message, 401, reason, spoil)


ATTACKS = [
    attack("none at all", "no Authorization header", instead(lambda _: None)),
    attack("in the query", "no Authorization header", query_token),
    attack("two of them, the right one first", "several Authorization headers", two_tokens),
    attack("basic credentials", "the Authorization header holds no bearer token", bearer("Basic YWRhOmFkYQ==")),
    attack("a blank bearer", "the Authorization header holds no bearer token", bearer("Bearer ")),
    attack("a lower-case bearer with a forged token", ALGORITHM, bearer("bearer e30.e30.e30")),
    attack("two in one header", MALFORMED, by(lambda token, _: f"{token}, Bearer {token}")),
    attack("no JWT", MALFORMED, by(lambda *_: "an-opaque-token-of-somebody")),
    attack("encrypted, five parts", MALFORMED, by(lambda *_: f"{b64({'alg': 'RSA-OAEP', 'enc': 'A256GCM'})}.a.b.c.d")),
    attack("header nested deeply", MALFORMED, by(lambda *_: f"{b64(forging.nested(3_000))}.e30.e30")),
    attack("algorithm none", ALGORITHM, by(lambda token, _: forging.unsigned(token, "none"))),
    attack("algorithm nOnE", ALGORITHM, by(lambda token, _: forging.unsigned(token, "nOnE"))),
    attack("algorithm left out", ALGORITHM, by(lambda token, _: forging.unsigned(token, ""))),
    attack("HS256 with the public key as PEM", ALGORITHM, by(lambda t, key: forging.with_secret(t, key, "pem"))),
    attack("HS256 with the public key as JWK", ALGORITHM, by(lambda t, key: forging.with_secret(t, key, "jwk"))),
    attack(
        "HMAC with the public key, called RS256",
        SIGNATURE,
        by(lambda t, key: forging.with_secret(t, key, "pem", "RS256")),
    ),
    attack(
        "PS256 with the right key",
        ALGORITHM,
        by(lambda t, key: jwt.encode(forging.read(t), key.private, "PS256", {"kid": key.kid})),
    ),
    attack("signature stripped", SIGNATURE, by(lambda token, _: forging.stripped(token))),
    attack("signature altered", SIGNATURE, by(lambda token, _: forging.altered(token))),
    attack("claims changed after signing", SIGNATURE, by(lambda token, _: forging.changed(token, exp=LATER))),
    attack(
        "no key id", "the token names no key", by(lambda t, _: jwt.encode(forging.read(t), FORGER.private, "RS256"))
    ),
    attack("a key id that is a number", MALFORMED, by(lambda t, _: forging.with_header(t, kid=7))),
    attack("unknown key id", KEY, by(lambda token, _: forging.forged(token))),
    attack("another published key's id", SIGNATURE, another_published_key),
    attack("a key that was withdrawn", KEY, withdrawn_key),
    attack("a key id that is a path", KEY, by(lambda t, _: forging.forged(t, kid="../../../../dev/null"))),
    attack("a key id that is SQL", KEY, by(lambda t, _: forging.forged(t, kid="' OR 1=1; --"))),
    attack("the attacker's key under the known id", SIGNATURE, by(lambda t, key: forging.forged(t, kid=key.kid))),
    attack("brings its key as jwk", KEY, on_the_wire("jwk")),
    attack(
        "brings its key as jwk under the known id",
        SIGNATURE,
        by(lambda t, key: forging.brought(t, "jwk", "", kid=key.kid)),
    ),
    attack("names its key list as jku", KEY, on_the_wire("jku")),
    attack("names its certificate as x5u", KEY, on_the_wire("x5u")),
    attack("brings its certificate as x5c", KEY, on_the_wire("x5c")),
    attack("critical extensions that nobody knows", MALFORMED, by(crit)),
    attack("expired", "the token has expired", claims(exp=EARLIER)),
    attack("not valid yet", "the token is not valid yet", claims(nbf=LATER)),
    attack("without an end", "the token lacks a claim", claims(exp=None)),
    attack("for another bot", AUDIENCE, claims(aud="00000000-0000-4000-8000-000000000001")),
    attack("for several bots", AUDIENCE, by(lambda t, k: k.sign(forging.read(t) | {"aud": [forging.read(t)["aud"]]}))),
    attack("for nobody", "the token lacks a claim", claims(aud=None)),
    attack("from another issuer", ISSUER, claims(iss="https://api.botframework.us")),
    attack("from an issuer that looks right", ISSUER, claims(iss="https://api.botframework.com.evil.example")),
    attack("names no service URL", "the token names no service URL", claims(serviceurl=None)),
    attack("names a list of service URLs", "the token names no service URL", signed(serviceurl=["x"])),
    attack("a person's SSO token", KEY, instead(lambda scene: scene.stage.token(ADA))),
    attack("a person's token for Partner Center", KEY, instead(partner_center)),
    attack("the bot's own token for the connector", AUDIENCE, instead(own)),
    attack("the emulator's, signed by Entra", KEY, instead(emulator_of_entra)),
    attack("the emulator's, under the channel's key", ISSUER, instead(emulator)),
    attack("a skill's", ISSUER, instead(skill)),
]
