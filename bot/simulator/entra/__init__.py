"""A small Entra on loopback with real RS256 keys, for the demo and for tests.

It trusts every caller that can reach it.
"""

from bot.simulator.entra.entra_server import SimulatedEntra
from bot.simulator.entra.tenant_directory import AppRegistration, FederatedCredential, SignInConditions, User

__all__ = ["AppRegistration", "FederatedCredential", "SignInConditions", "SimulatedEntra", "User"]
