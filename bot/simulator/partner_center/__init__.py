"""A small Partner Center on loopback.

It has the documents' rows, a repeatable world, the API's strictness, and faults on request.

authority = TokenAuthority()                                     # bot.simulator.access_tokens
app = partner_center_app(make_world(), verify=authority.verify)
server = await listen(app)                                       # bot.simulator.loopback_listener
"""

from bot.simulator.partner_center.faults.fault_types import Faults
from bot.simulator.partner_center.simulated_app import FAULTS, JOURNAL, partner_center_app
from bot.simulator.partner_center.world.make_world import make_world
from bot.simulator.partner_center.world.world_models import World

__all__ = ["FAULTS", "JOURNAL", "Faults", "World", "make_world", "partner_center_app"]
