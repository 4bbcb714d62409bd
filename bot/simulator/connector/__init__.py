"""A real small Bot Connector on loopback and a Teams client that drives a bot through it. Never imports botbuilder."""

from bot.simulator.connector.client import Delivered, TeamsClient
from bot.simulator.connector.limits import Fault, SendLimits
from bot.simulator.connector.people import ADA, BEN, TENANT, Conversation, Person, channel, group, personal
from bot.simulator.connector.server import SimulatedConnector
from bot.simulator.connector.transcript import Posted, Transcript
from bot.simulator.connector.troubles import Trouble

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
