"""Attacks on who signs in.

The token of a signin/tokenExchange that really comes from the channel service.
"""

from collections.abc import Callable
from typing import Any

import jwt

from bot.identity.sso.sso_token import SsoRefusal
from bot.simulator.connector import ADA, BEN
from bot.simulator.connector.teams_people import Person
from tests.integration.attacks import forging
from tests.integration.attacks.forging import EARLIER, LATER
from tests.integration.attacks.scene import Attack, Scene, Spoil, exchange

OTHER = "7e1a2b3c-0000-4000-8000-0000000000ff"
V1 = {"ver": "1.0", "iss": f"https://sts.windows.net/{ADA.tenant_id}/"}
APP_ONLY = {"idtyp": "app", "scp": None, "roles": ["AdminAgents"], "name": None}


def replaced(scene: Scene, token: str) -> None:
    scene.value["token"] = token
    scene.secrets.add(token)


def by(change: Callable[[str, Any], str]) -> Spoil:
    """Change the token. `change` also gets Entra's key."""
    return lambda scene: replaced(scene, change(scene.value["token"], scene.entra.keys.current))


def instead(make: Callable[[Scene], str]) -> Spoil:
    """A valid token of another kind."""
    return lambda scene: replaced(scene, make(scene))


def claims(person: Person = ADA, **changes: Any) -> Spoil:
    """Entra itself signs other claims; None omits one."""
    return lambda scene: replaced(scene, scene.stage.token(person, **changes))


def on_the_wire(name: str) -> Spoil:
    return lambda scene: replaced(scene, forging.brought(scene.value["token"], name, scene.trap.url))


def another_published_key(scene: Scene) -> None:
    old = scene.entra.keys.current
    scene.entra.keys.rotate(keep_old=True)
    replaced(scene, scene.entra.keys.current.sign(forging.read(scene.value["token"]), kid=old.kid))


def id_token(scene: Scene) -> str:
    """Same person, same application.

    But it says who signed in, not that Teams may act for them.
    """
    return str(scene.entra.keys.id_token(scene.stage.users[ADA.name], scene.connector.app_id, None))


def own(scene: Scene) -> str:
    """The token that the bot's own secret gets for the bot itself."""
    return str(scene.entra.keys.app_token(scene.connector.app_id, ADA.tenant_id, scene.connector.app_id))


def crit(token: str, key: Any) -> str:
    return str(key.sign(forging.read(token), crit=["urn:example:must-be-understood"]))


def attack(name: str, reason: SsoRefusal, spoil: Spoil) -> Attack:
    return Attack(f"SSO token: {name}", exchange, 400 if reason is SsoRefusal.MALFORMED else 403, reason.value, spoil)


ATTACKS = [
    attack("algorithm none", SsoRefusal.ALGORITHM, by(lambda token, _: forging.unsigned(token, "none"))),
    attack("algorithm NONE", SsoRefusal.ALGORITHM, by(lambda token, _: forging.unsigned(token, "NONE"))),
    attack("HS256 with the public key", SsoRefusal.ALGORITHM, by(lambda t, key: forging.with_secret(t, key, "pem"))),
    attack(
        "HMAC with the public key, called RS256",
        SsoRefusal.SIGNATURE,
        by(lambda t, key: forging.with_secret(t, key, "jwk", "RS256")),
    ),
    attack(
        "RS512 with the right key",
        SsoRefusal.ALGORITHM,
        by(lambda t, key: jwt.encode(forging.read(t), key.private, "RS512", {"kid": key.kid})),
    ),
    attack("signature stripped", SsoRefusal.SIGNATURE, by(lambda token, _: forging.stripped(token))),
    attack("signature altered", SsoRefusal.SIGNATURE, by(lambda token, _: forging.altered(token))),
    attack("claims changed after signing", SsoRefusal.SIGNATURE, by(lambda t, _: forging.changed(t, name="Mallory"))),
    attack("unknown key id", SsoRefusal.KEY, by(lambda token, _: forging.forged(token))),
    attack("no key id", SsoRefusal.KEY, by(lambda t, _: forging.with_header(t, kid=""))),
    attack("another published key's id", SsoRefusal.SIGNATURE, another_published_key),
    attack("a key id that is a path", SsoRefusal.KEY, by(lambda t, _: forging.forged(t, kid="../../../etc/passwd"))),
    attack(
        "a key id that is an address", SsoRefusal.KEY,
        by(lambda t, _: forging.forged(t, kid="//evil.example/keys")),
    ),
    attack(
        "the attacker's key under the known id", SsoRefusal.SIGNATURE,
        by(lambda t, k: forging.forged(t, kid=k.kid)),
    ),
    attack("brings its key as jwk", SsoRefusal.KEY, on_the_wire("jwk")),
    attack(
        "brings its key as jwk under the known id",
        SsoRefusal.SIGNATURE,
        by(lambda t, key: forging.brought(t, "jwk", "", kid=key.kid)),
    ),
    attack("names its key list as jku", SsoRefusal.KEY, on_the_wire("jku")),
    attack("names its certificate as x5u", SsoRefusal.KEY, on_the_wire("x5u")),
    attack("critical extensions that nobody knows", SsoRefusal.MALFORMED, by(crit)),
    attack(
        "header nested deeply", SsoRefusal.MALFORMED,
        by(lambda *_: f"{forging.b64(forging.nested(5_000))}.e30.e30"),
    ),
    attack("encrypted, five parts", SsoRefusal.MALFORMED, by(lambda *_: "e30.e30.e30.e30.e30")),
    attack("empty", SsoRefusal.MALFORMED, by(lambda *_: "")),
    attack("without end", SsoRefusal.MALFORMED, by(lambda token, _: token + "A" * 100_000)),
    attack("expired", SsoRefusal.EXPIRED, claims(exp=EARLIER)),
    attack("not valid yet", SsoRefusal.TOO_EARLY, claims(nbf=LATER)),
    attack("for another application", SsoRefusal.AUDIENCE, claims(aud=OTHER)),
    attack("for several applications", SsoRefusal.AUDIENCE, claims(aud=[OTHER])),
    attack("for the connector", SsoRefusal.AUDIENCE, claims(aud="https://api.botframework.com")),
    attack(
        "from another tenant's issuer", SsoRefusal.ISSUER,
        claims(iss=f"https://login.microsoftonline.com/{OTHER}/v2.0"),
    ),
    attack(
        "from an issuer that looks right",
        SsoRefusal.ISSUER,
        claims(iss=f"https://login.microsoftonline.com.evil.example/{ADA.tenant_id}/v2.0"),
    ),
    attack("of another tenant", SsoRefusal.TENANT, claims(tid=OTHER)),
    attack("of another person", SsoRefusal.PERSON, claims(BEN)),
    attack("without the scope", SsoRefusal.SCOPE, claims(scp="User.Read")),
    attack("with a scope that begins alike", SsoRefusal.SCOPE, claims(scp="access_as_user.read")),
    attack("of version 1", SsoRefusal.VERSION, claims(**V1)),
    attack("of version 1 that calls itself 2.0", SsoRefusal.ISSUER, claims(iss=V1["iss"])),
    attack("made for another application's client", SsoRefusal.CLIENT, claims(azp=OTHER, appid=OTHER)),
    attack("made for another client, as version 1 names it", SsoRefusal.CLIENT, claims(azp=None, appid=OTHER)),
    attack("app-only, of version 1", SsoRefusal.VERSION, instead(own)),
    attack("app-only, of version 2", SsoRefusal.SCOPE, claims(**APP_ONLY)),
    attack("without an end", SsoRefusal.MALFORMED, claims(exp=None)),
    attack("without a beginning", SsoRefusal.MALFORMED, claims(nbf=None)),
    attack("without audience", SsoRefusal.AUDIENCE, claims(aud=None)),
    attack("without issuer", SsoRefusal.ISSUER, claims(iss=None)),
    attack("without tenant", SsoRefusal.TENANT, claims(tid=None)),
    attack("without person", SsoRefusal.PERSON, claims(oid=None)),
    attack("without scope", SsoRefusal.SCOPE, claims(scp=None)),
    attack("without version", SsoRefusal.VERSION, claims(ver=None)),
    attack("a channel token", SsoRefusal.KEY, instead(lambda scene: scene.connector.channel_token())),
    attack("the person's ID token", SsoRefusal.SCOPE, instead(id_token)),
    attack(
        "the person's token for Partner Center",
        SsoRefusal.AUDIENCE,
        instead(lambda scene: scene.entra.authority.issue(scene.stage.users[ADA.name])),
    ),
]  # fmt: skip
