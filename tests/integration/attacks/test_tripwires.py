"""Packages that get no more fixes are never called with what was sent.

Each of their readers raises here, and hostile activities go through the whole endpoint.
"""

import json
from collections.abc import Callable
from typing import Any

import jsonpickle
import jsonpickle.unpickler
import msrest
import msrest.serialization
import pytest
from botbuilder.schema import Activity

from bot.simulator.connector import ADA, personal
from tests.integration.attacks.scene import Scene, message

PICKLED = {"py/object": "os.system", "py/reduce": [{"py/type": "os.system"}, {"py/tuple": ["true"]}]}
READERS: list[tuple[Any, str]] = [
    (jsonpickle, "decode"),
    (jsonpickle, "loads"),
    (jsonpickle.unpickler, "decode"),
    (jsonpickle.unpickler.Unpickler, "restore"),
    (msrest.Deserializer, "__call__"),
    (msrest.Deserializer, "_deserialize"),
    (msrest.Deserializer, "deserialize_data"),
    (msrest.serialization.Model, "deserialize"),
    (msrest.serialization.Model, "from_dict"),
    (msrest.Serializer, "_serialize"),
    (msrest.Serializer, "body"),
]
HOSTILE: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "an object in the value": lambda sent: sent | {"text": "", "value": PICKLED},
    "an object in the text": lambda sent: sent | {"text": json.dumps(PICKLED)},
    "an object for a text": lambda sent: sent | {"text": PICKLED},
    "objects in the data of Teams": lambda sent: sent | {"channelData": {"tenant": PICKLED, "team": PICKLED}},
    "objects in entities": lambda sent: sent | {"entities": [PICKLED, {"type": "mention", "mentioned": PICKLED}]},
    "objects in attachments": lambda sent: sent | {"attachments": [{"contentType": "text/html", "content": PICKLED}]},
    "an object for the sender": lambda sent: sent | {"from": PICKLED},
    "an object for the conversation": lambda sent: sent | {"conversation": PICKLED},
    "an object for the time": lambda sent: sent | {"timestamp": PICKLED, "localTimestamp": "9" * 400},
    "an unknown field": lambda sent: sent | {"py/object": "os.system", "additional_properties": PICKLED},
    "a button of another program": lambda sent: (
        sent | {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": {"data": PICKLED}}}
    ),
    "an offer of another program": lambda sent: (
        sent | {"type": "invoke", "name": "signin/tokenExchange", "value": {"id": PICKLED, "token": PICKLED}}
    ),
    "an unknown invoke": lambda sent: sent | {"type": "invoke", "name": "task/fetch", "value": PICKLED},
    "an event": lambda sent: sent | {"type": "event", "name": "x", "value": PICKLED},
    "new members": lambda sent: sent | {"type": "conversationUpdate", "membersAdded": [PICKLED, {"id": "28:bot"}]},
    "an unknown type": lambda sent: sent | {"type": "py/object", "value": PICKLED},
    "a reaction": lambda sent: sent | {"type": "messageReaction", "reactionsAdded": [PICKLED]},
    "an installation": lambda sent: sent | {"type": "installationUpdate", "action": "add", "value": PICKLED},
}


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the readers that were called. None of them reads anything."""
    found: list[str] = []
    for place, name in READERS:

        def trip(*_arguments: object, reader: str = f"{place.__name__}.{name}", **_options: object) -> None:
            found.append(reader)
            raise AssertionError(f"{reader} was called")

        monkeypatch.setattr(place, name, trip)
    return found


@pytest.mark.parametrize("kind", HOSTILE)
async def test_no_reader_is_called_with_a_hostile_activity(kind: str, scene: Scene, called: list[str]) -> None:
    await message(scene)
    assert scene.activity is not None
    scene.activity = HOSTILE[kind](scene.activity)
    answer = await scene.send()
    await scene.stage.quiet()
    assert answer.status in {200, 202, 400, 401, 403, 501}
    assert called == []


async def test_no_reader_is_called_when_a_question_is_answered(scene: Scene, called: list[str]) -> None:
    scene.activity = scene.stage.bot.client.new("message", personal(ADA), ADA) | {"text": "usage on Exchange"}
    scene.token = scene.connector.channel_token()
    assert (await scene.send()).status in {200, 202}
    assert await scene.stage.heard()
    assert called == []


@pytest.mark.parametrize("place", [jsonpickle, Activity], ids=["jsonpickle", "msrest"])
def test_tripwire_is_seen_when_a_reader_is_called(place: Any, called: list[str]) -> None:
    read = place.decode if place is jsonpickle else place.deserialize
    with pytest.raises(AssertionError):
        read(json.dumps(PICKLED))
    assert len(called) == 1
