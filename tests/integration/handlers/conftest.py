"""The answering parts with a simulated Partner Center."""

from dataclasses import dataclass

import pytest
from aiohttp import web

from bot.app.answering import AnsweringParts, engine
from bot.domain.conversation import Caller
from bot.settings import Settings
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import FAULTS, JOURNAL, make_world, partner_center_app

ANN = Caller("7a4b8b8e-0d54-4a4c-9a3e-3b1f1d5a0001", "ann", "Ann")
BEN = Caller("7a4b8b8e-0d54-4a4c-9a3e-3b1f1d5a0001", "ben", "Ben")


@dataclass
class Desk:
    engine: AnsweringParts
    simulator: web.Application
    ann: Caller = ANN
    ben: Caller = BEN

    async def ask(self, text, caller=ANN):
        return await self.engine.answers.answer(text, caller)

    def fault(self, fault):
        self.simulator[FAULTS].add(fault)

    def requests(self):
        return list(self.simulator[JOURNAL])

    def usage_requests(self):
        """Return the requests for rows, without those for names and their details."""
        return [asked for asked in self.requests() if asked.path.endswith("/license") and not _is_grouped(asked)]


@pytest.fixture
async def desk():
    authority = TokenAuthority()
    app = partner_center_app(make_world(customers=60, seed=1), verify=authority.verify)
    server = await listen(app)
    settings = Settings(partner_center_url=server.url, answer_seconds=240)
    async with engine(settings, SimulatedUserTokens(authority)) as parts:
        yield Desk(parts, app)
    await server.close()


def _is_grouped(asked) -> bool:
    return "groupby" in dict(asked.params)
