"""The people and conversations of the simulated Teams, with ids in Teams' shapes.

Pure.

Personal chats are `a:…`, group chats `19:…@thread.v2`, channels `19:…@thread.tacv2`; a thread in a channel has the
channel's id with `;messageid=…`. People are `29:…`, and have the Entra object id that tokens carry:
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/get-teams-context
"""

import uuid
from dataclasses import dataclass, replace
from typing import Any, Literal

from bot.simulator.connector.connector_refusal import ConnectorRefusedError

Scope = Literal["personal", "groupChat", "channel"]

_NAMESPACE = uuid.UUID("5b7de0c0-3f34-4b5c-9c2d-2a4c3bb9d6a1")
TENANT = str(uuid.uuid5(_NAMESPACE, "tenant"))


def guid(name: str) -> str:
    """Return a GUID that is the same for the same name in every run."""
    return str(uuid.uuid5(_NAMESPACE, name))


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a conversation.

    `id` is the channel account id, `object_id` the Entra object id. `role` is "user" or "guest".
    """

    name: str
    object_id: str
    tenant_id: str = TENANT
    locale: str = "en-US"
    time_zone: str = "Europe/Amsterdam"
    role: str = "user"

    @property
    def id(self) -> str:
        """Return the channel account id."""
        return f"29:{uuid.uuid5(_NAMESPACE, self.object_id).hex}"

    @property
    def email(self) -> str:
        """Return the mail address."""
        return f"{self.name.casefold().replace(' ', '.')}@partner.example"

    @property
    def principal_name(self) -> str:
        """Return the user principal name, which says so of a guest."""
        return f"{self.email.replace('@', '_')}#EXT#@host.example" if self.role == "guest" else self.email

    def account(self) -> dict[str, Any]:
        """Return the person as the sender of an activity."""
        return {"id": self.id, "name": self.name, "aadObjectId": self.object_id}

    def member(self, *, owner: bool = False) -> dict[str, Any]:
        """Return the person as an entry of the roster."""
        given, _, surname = self.name.partition(" ")
        return {
            "id": self.id,
            "name": self.name,
            "objectId": self.object_id,
            "aadObjectId": self.object_id,
            "givenName": given,
            "surname": surname,
            "email": self.email,
            "userPrincipalName": self.principal_name,
            "tenantId": self.tenant_id,
            "userRole": "owner" if owner else self.role,
        }


ADA = Person("Ada Agent", guid("ada"))
BEN = Person("Ben Broker", guid("ben"))
OTHER_TENANT = guid("another tenant")
CARA = Person("Cara Contractor", guid("cara"), OTHER_TENANT)
"""A person of another tenant, who may be in a shared channel."""
GUS = Person("Gus Guest", guid("gus"), role="guest")
"""A guest: the object id is that of the host's tenant."""


@dataclass(frozen=True, slots=True)
class SimulatedConversation:
    """A conversation.

    `channel_id` is set in channels; their `id` may name a thread. `owners` are those of the team.
    """

    id: str
    scope: Scope
    members: tuple[Person, ...]
    tenant_id: str = TENANT
    channel_id: str | None = None
    team_id: str | None = None
    owners: tuple[Person, ...] = ()
    name: str = ""

    def thread(self, message_id: str) -> "SimulatedConversation":
        """Return the thread under a message of this channel."""
        if self.channel_id is None:
            raise ValueError("only channels have threads")
        thread_id = f"{self.channel_id};messageid={message_id}"
        return replace(self, id=thread_id)

    def roster(self) -> list[dict[str, Any]]:
        """Return its members, without the bot."""
        return [person.member(owner=person in self.owners) for person in self.members]

    def member(self, wanted: str) -> Person:
        """Return a member by channel account id or Entra object id.

        Raises ConnectorRefusedError 404.
        """
        for person in self.members:
            if wanted in (person.id, person.object_id):
                return person
        raise ConnectorRefusedError(404, "MemberNotFoundInConversation", "Member not found.")

    def without(self, person: Person) -> "SimulatedConversation":
        """Return the conversation after this person has left."""
        members = tuple(each for each in self.members if each != person)
        return replace(self, members=members, owners=tuple(each for each in self.owners if each != person))

    def account(self) -> dict[str, Any]:
        """Return the conversation as an activity names it."""
        named: dict[str, Any] = {"conversationType": self.scope, "tenantId": self.tenant_id, "id": self.id}
        return named if self.scope == "personal" else {"isGroup": True, **named}

    def team(self) -> dict[str, Any]:
        """Return the team as an event names it."""
        key = self.team_id or ""
        return {"id": key, "name": "The team", "aadGroupId": guid("group of " + key)}

    def channel_data(self, sender: Person | None = None) -> dict[str, Any]:
        """Return the `channelData` of activities of `sender` in this conversation.

        In a channel it has the tenant of the sender, who may be of another one than the channel.
        """
        is_shared = sender is not None and self.scope == "channel" and sender.role != "guest"
        data: dict[str, Any] = {"tenant": {"id": sender.tenant_id if sender and is_shared else self.tenant_id}}
        if self.scope == "channel":
            data |= {"teamsChannelId": self.channel_id, "teamsTeamId": self.team_id}
            data |= {"channel": {"id": self.channel_id}, "team": {"id": self.team_id}}
        return data


def in_thread(account: dict[str, Any], message_id: str) -> dict[str, Any]:
    """Return the conversation of an activity in the thread under a message.

    Only channels have threads.
    """
    if account["conversationType"] != "channel" or ";messageid=" in account["id"]:
        return account
    return {**account, "id": f"{account['id']};messageid={message_id}"}


def personal(person: Person) -> SimulatedConversation:
    """Return the 1:1 chat of a person with the bot; always the same, as in Teams."""
    return SimulatedConversation(f"a:1{guid('personal' + person.object_id)}", "personal", (person,), person.tenant_id)


def group(*people: Person) -> SimulatedConversation:
    """Return a group chat."""
    key = guid("group" + "".join(person.object_id for person in people)).replace("-", "")
    return SimulatedConversation(f"19:{key}@thread.v2", "groupChat", people, people[0].tenant_id)


def channel(name: str, *people: Person, owners: tuple[Person, ...] = ()) -> SimulatedConversation:
    """Return a team's channel; `owners` are the people who own the team."""
    channel_id = f"19:{guid('channel' + name).replace('-', '')}@thread.tacv2"
    team_id = f"19:{guid('team' + name).replace('-', '')}@thread.tacv2"
    return SimulatedConversation(channel_id, "channel", people, people[0].tenant_id, channel_id, team_id, owners, name)
