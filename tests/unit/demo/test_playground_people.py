"""Tests that the Playground's people and conversations have ids as in Teams."""

import json
import uuid

from bot.demo.playground_people import configuration
from bot.domain.conversation import Caller

CALLER = Caller("7a4b8b8e-0d54-4a4c-9a3e-3b1f1d5a0001", "7a4b8b8e-0d54-4a4c-9a3e-3b1f1d5a0002", "Alex Wilber")


def test_every_object_id_is_a_guid_of_its_own() -> None:
    cast = json.loads(configuration(CALLER))
    people = [cast["currentUser"], *cast["users"]]
    ids = [person["aadObjectId"] for person in people]
    assert [str(uuid.UUID(each)) for each in [*ids, cast["tenantId"], cast["bot"]["id"]]]
    assert len(set(ids)) == len(people)


def test_current_user_is_the_caller() -> None:
    cast = json.loads(configuration(CALLER))
    assert (cast["tenantId"], cast["currentUser"]["aadObjectId"]) == (CALLER.tenant_id, CALLER.object_id)


def test_there_are_as_many_colleagues_as_the_playground_requires() -> None:
    assert len(json.loads(configuration(CALLER))["users"]) >= 5
