"""A small Partner Center on loopback: the documents' rows, a repeatable world, the API's strictness, faults on request.

authority = TokenAuthority()                                     # bot.simulator.tokens
app = partner_center_app(make_world(), verify=authority.verify)
server = await listen(app)                                       # bot.simulator.listen
"""

from bot.simulator.partner_center.app import FAULTS, JOURNAL, partner_center_app
from bot.simulator.partner_center.faults import Faults
from bot.simulator.partner_center.models import World
from bot.simulator.partner_center.world import make_world

__all__ = ["FAULTS", "JOURNAL", "Faults", "World", "make_world", "partner_center_app"]
