"""A real small Bot Connector on loopback and a Teams client that drives a bot through it. Never imports botbuilder."""

from bot.simulator.connector.blocked_conversations import Trouble
from bot.simulator.connector.connector_server import SimulatedConnector
from bot.simulator.connector.rate_limits import Fault, SendLimits
from bot.simulator.connector.teams_client import Delivered, TeamsClient
from bot.simulator.connector.teams_people import ADA, BEN, TENANT, Conversation, Person, channel, group, personal
from bot.simulator.connector.transcript import Posted, Transcript

__all__ = [
    "ADA",
    "BEN",
    "TENANT",
    "Conversation",
    "Delivered",
    "Fault",
    "Person",
    "Posted",
    "SendLimits",
    "SimulatedConnector",
    "TeamsClient",
    "Transcript",
    "Trouble",
    "channel",
    "group",
    "personal",
]
