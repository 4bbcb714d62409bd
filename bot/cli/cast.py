"""Who and where in the Playground: its configuration file. Pure.

Its own sample ids are no GUIDs; a bot that checks the object id of a person would refuse them.
Shape: https://aka.ms/teams-app-test-tool-config-guide
"""

import json
import uuid

from bot.model import Caller

FILE_NAME = ".m365agentsplayground.yml"
BOT_NAME = "License usage"

_NAMESPACE = uuid.UUID("1c9f1f62-6f9a-4d3c-9f0e-6f1c9c9b7d11")
# The Playground refuses a file with fewer than five.
_COLLEAGUES = ("Megan Bowen", "Adele Vance", "Isaiah Langer", "Patti Fernandez", "Lynne Robbins")


def configuration(caller: Caller) -> str:
    """The file's text, with `caller` at the keyboard. JSON, which is YAML too."""
    return json.dumps(
        {
            "version": "0.1.1",
            "tenantId": caller.tenant_id,
            "bot": {"id": _guid("bot"), "name": BOT_NAME},
            "currentUser": _person(0, caller.name, caller.object_id),
            "users": [_person(n, name, _guid(name)) for n, name in enumerate(_COLLEAGUES, start=1)],
            "personalChat": {"id": f"a:1{_guid('personal')}"},
            "groupChat": {"id": f"19:{_guid('group')}@thread.v2", "name": "License renewals"},
            "team": {
                "id": f"19:{_guid('team')}@thread.tacv2",
                "name": "Cloud partners",
                "aadGroupId": _guid("team group"),
                "channels": [{"id": f"19:{_guid('channel')}@thread.tacv2", "name": "Licenses"}],
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
        "userPrincipleName": mail,  # so the schema spells it
        "aadObjectId": object_id,
        "givenName": given,
        "surname": surname or given,
        "email": mail,
    }


def _guid(name: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, name))
