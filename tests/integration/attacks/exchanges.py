"""Attacks on whose sign-in it is.

A signin/tokenExchange that really comes from the channel service.
"""

from typing import Any

from bot.simulator.connector import ADA, BEN, channel, personal
from bot.simulator.connector.teams_people import Person
from tests.integration.attacks.activities import OTHER_TENANT, both_tenants
from tests.integration.attacks.activities import spoil as field
from tests.integration.attacks.scene import Attack, Scene, Spoil, exchange
from tests.integration.attacks.sso_tokens import replaced

SENT, MALFORMED = "the id was not sent to this person", "the exchange is malformed"


def value(**changes: Any) -> Spoil:
    return lambda scene: scene.value.update(changes)


def from_(person: Person) -> Spoil:
    """The activity names another sender."""

    def spoil(scene: Scene) -> None:
        assert scene.activity is not None
        scene.activity |= {"from": person.account(), "conversation": personal(person).account()}

    return spoil


def by_ben(scene: Scene) -> None:
    """Ben uses the offer that was made to Ada, with his own token."""
    from_(BEN)(scene)
    replaced(scene, scene.stage.token(BEN))


def in_a_channel(scene: Scene) -> None:
    """Ben uses the offer in a channel in which both are members."""
    assert scene.activity is not None
    place = channel("Licenses", ADA, BEN)
    scene.activity |= {"conversation": place.account(), "channelData": place.channel_data()}
    scene.activity |= {"from": BEN.account()}
    replaced(scene, scene.stage.token(BEN))


async def offered_to_ben(scene: Scene) -> None:
    """Ada sends her token with the id that was sent to Ben."""
    await scene.stage.say("sign in", BEN)
    scene.value["id"] = (await scene.stage.offered())["tokenExchangeResource"]["id"]


async def replayed_by_ben(scene: Scene) -> None:
    """Ada has signed in; Ben sends as himself what she sent."""
    assert (await scene.stage.exchange(scene.card)).status == 200
    await scene.stage.heard()
    from_(BEN)(scene)


async def replayed_late(scene: Scene) -> None:
    """Ada has signed in and out, and the exchange is sent again."""
    assert (await scene.stage.exchange(scene.card)).status == 200
    await scene.stage.heard()
    await scene.stage.say("sign out")
    await scene.stage.heard()


def nameless(scene: Scene) -> None:
    """Teams does not name the person. The channel's own id would be no proof."""
    assert scene.activity is not None
    del scene.activity["from"]["aadObjectId"]


def twice(scene: Scene) -> None:
    """The object has Ada's id, and then another id."""
    found = scene.value["id"].encode()
    scene.body = scene.content.replace(b'"id": "' + found + b'"', b'"id": "' + found + b'", "id": "made-up"')


def deep(scene: Scene) -> None:
    token = f'"{scene.value["token"]}"'.encode()
    scene.body = scene.content.replace(token, b"[" * 50_000)


def attack(name: str, status: int, reason: str, spoil: Spoil, *, lasting: bool = False) -> Attack:
    return Attack(f"exchange: {name}", exchange, status, reason, spoil, lasting=lasting)


ATTACKS = [
    attack("an id of another person", 403, SENT, offered_to_ben),
    attack("by another person with their own token", 403, SENT, by_ben),
    attack("by another person with the first one's token", 403, SENT, from_(BEN)),
    attack("by another member of a channel", 403, SENT, in_a_channel),
    attack("an id that was sent to nobody", 403, SENT, value(id="made-up")),
    attack("an expired id", 403, SENT, lambda scene: scene.expire("exchange")),
    attack("replayed by another person", 403, SENT, replayed_by_ben, lasting=True),
    attack("replayed after sign-out", 403, SENT, replayed_late),
    attack("two ids in one object", 403, SENT, twice),
    attack("nobody's", 403, "Teams does not say who the person is", nameless),
    attack("in a foreign tenant", 403, "the tenant is not served", both_tenants(OTHER_TENANT)),
    attack("in two tenants", 403, "the activity names two tenants", field("conversation", "tenantId", to=OTHER_TENANT)),
    attack("without value", 400, MALFORMED, field("value", to=None)),
    attack("a value that is a list", 400, MALFORMED, field("value", to=[{"id": "x", "token": "y"}])),
    attack("an id that is an object", 400, MALFORMED, value(id={"$ne": None})),
    attack("an id with a NUL", 400, MALFORMED, value(id="made-up\u0000")),
    attack("an id without end", 400, MALFORMED, value(id="x" * 10_000)),
    attack("a token that is a list", 400, MALFORMED, value(token=["x"])),
    attack("a token that is nested deeply", 400, "the body is nested too deeply", deep),
]
