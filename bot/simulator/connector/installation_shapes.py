"""The shapes of an installation, of events about members, and of reactions.

Pure. These events have no names of people, and all but an installation say nothing about the client:
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events
"""

from typing import Any

from bot.simulator.connector.teams_people import Person, SimulatedConversation

EVENTS = frozenset({"installationUpdate", "conversationUpdate", "messageReaction"})


def event_fields(kind: str, conversation: SimulatedConversation, from_: Person, data: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of an event that differ from those of a message.

    `data` is its `channelData` without what only messages have.
    """
    sender = {"id": from_.id, "aadObjectId": from_.object_id}
    account = conversation.account()
    if kind == "messageReaction":
        return {"from": sender}
    if kind == "conversationUpdate":
        del account["tenantId"]
        if conversation.team_id is not None:
            data = {"team": conversation.team(), "eventType": "teamMemberAdded", "tenant": data["tenant"]}
        return {"from": sender, "conversation": account, "channelData": data}
    data = {**data, "source": {"name": "message"}}
    if conversation.team_id is not None:
        data |= {"team": conversation.team(), "settings": {"selectedChannel": {"id": conversation.channel_id}}}
    client = {"type": "clientInfo", "locale": from_.locale, "platform": "Web"}
    return {
        "from": sender,
        "conversation": account,
        "channelData": data,
        "entities": [client],
        "locale": from_.locale,
    }


def in_first_channel(event: dict[str, Any]) -> dict[str, Any]:
    """Return an event of a team as one of the team's first channel.

    That channel has the id of the team.
    """
    team = event["channelData"].get("team")
    return event if team is None else {**event, "conversation": {**event["conversation"], "id": team["id"]}}
