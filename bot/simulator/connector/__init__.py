"""A small but real Bot Connector on loopback, and a Teams client for a bot.

It never imports botbuilder.
"""

from bot.simulator.connector.blocked_conversations import Blockage
from bot.simulator.connector.connector_server import SimulatedConnector
from bot.simulator.connector.rate_limits import OrderedFailure, SendLimits
from bot.simulator.connector.teams_client import Delivered, TeamsClient
from bot.simulator.connector.teams_people import (
    ADA,
    BEN,
    CARA,
    GUS,
    OTHER_TENANT,
    TENANT,
    Person,
    SimulatedConversation,
    channel,
    group,
    personal,
)
from bot.simulator.connector.transcript import Posted, Transcript

__all__ = [
    "ADA",
    "BEN",
    "CARA",
    "GUS",
    "OTHER_TENANT",
    "TENANT",
    "Blockage",
    "Delivered",
    "OrderedFailure",
    "Person",
    "Posted",
    "SendLimits",
    "SimulatedConnector",
    "SimulatedConversation",
    "TeamsClient",
    "Transcript",
    "channel",
    "group",
    "personal",
]
