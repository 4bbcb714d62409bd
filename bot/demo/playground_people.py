"""The people and conversations in the Playground: its configuration file. Pure.

The Playground's own sample ids are not GUIDs; a bot that checks the object id of a person would refuse them. Shape:
https://aka.ms/teams-app-test-tool-config-guide
"""

import json
import uuid

from bot.domain.conversation import Caller

FILE_NAME = ".m365agentsplayground.yml"
BOT_NAME = "License usage"

_NAMESPACE = uuid.UUID("1c9f1f62-6f9a-4d3c-9f0e-6f1c9c9b7d11")
# The Playground refuses a file with fewer than five.
COLLEAGUES = ("Megan Bowen", "Adele Vance", "Isaiah Langer", "Patti Fernandez", "Lynne Robbins")


def configuration(caller: Caller) -> str:
    """Return the file's text, with `caller` as the current user.

    JSON, which is YAML too.
    """
    return json.dumps(
        {
            "version": "0.1.1",
            "tenantId": caller.tenant_id,
            "bot": {"id": guid_of("bot"), "name": BOT_NAME},
            "currentUser": _person(0, caller.name, caller.object_id),
            "users": [_person(n, name, guid_of(name)) for n, name in enumerate(COLLEAGUES, start=1)],
            "personalChat": {"id": f"a:1{guid_of('personal')}"},
            "groupChat": {"id": f"19:{guid_of('group')}@thread.v2", "name": "License renewals"},
            "team": {
                "id": f"19:{guid_of('team')}@thread.tacv2",
                "name": "Cloud partners",
                "aadGroupId": guid_of("team group"),
                "channels": [{"id": f"19:{guid_of('channel')}@thread.tacv2", "name": "Licenses"}],
            },
        },
        indent=2,
    )


def _person(number: int, name: str, object_id: str) -> dict[str, str]:
    given, _, surname = name.partition(" ")
    mail = f"{name.casefold().replace(' ', '.')}@partner.example"
    return {
        "id": f"user-id-{number}",
        "name": name,
        "userPrincipleName": mail,  # the schema's spelling
        "aadObjectId": object_id,
        "givenName": given,
        "surname": surname or given,
        "email": mail,
    }


def guid_of(name: str) -> str:
    """Return the id of the person or thing with this name: the same in every run."""
    return str(uuid.uuid5(_NAMESPACE, name))
