"""What a usage turn sends when the bot is warm.

One request to Partner Center and one to the connector, on open connections.
"""

import pytest

from bot.app.web_app import bot_app
from bot.identity.entra.app_credentials import ClientCredentials, Credentials
from bot.settings import Settings
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.connector import ADA, SimulatedConnector, TeamsClient
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.simulator.loopback_listener import Listening, listen
from bot.simulator.partner_center import make_world, partner_center_app
from bot.simulator.partner_center.conduct import Conduct
from bot.teams.auth.teams_settings import TeamsSettings

TURNS = 20
QUESTIONS = ("usage for TEST COMPANY on Exchange", "usage for TEST COMPANY", "usage on Exchange by customer")


class Line:
    """The requests to a server, and the connections they used."""

    def __init__(self, listening: Listening) -> None:
        server = listening.runner.server
        assert server is not None
        self._server = server
        self.mark()

    def mark(self) -> None:
        self._requests = self._server.requests_count
        self._connections = set(map(id, self._server.connections))

    def requests(self) -> int:
        return self._server.requests_count - self._requests

    def new_connections(self) -> int:
        return len(set(map(id, self._server.connections)) - self._connections)


async def _warm_turns(client: TeamsClient, questions: tuple[str, ...], count: int) -> None:
    for number in range(count):
        delivered = await client.say(questions[number % len(questions)])
        assert delivered.status == 200


@pytest.mark.benchmark
async def test_a_usage_turn_makes_two_requests(capsys: pytest.CaptureFixture[str]) -> None:
    people = TokenAuthority()
    conduct = Conduct(calls_a_minute=None)
    app = partner_center_app(make_world(customers=40, seed=1), verify=people.verify, conduct=conduct)
    partner_center = await listen(app)
    async with SimulatedConnector() as connector:
        assert connector._listening is not None
        teams = TeamsSettings(
            app_id=connector.app_id,
            service_hosts=(connector.url.removeprefix("http://"),),
            tenants=(ADA.tenant_id,),
            openid_url=connector.openid_configuration_url,
        )
        credentials = Credentials(connector.app_id, connector.password, ADA.tenant_id)
        tokens = ClientCredentials(credentials, http_client=LoopbackAuthority(connector.url))
        settings = Settings(partner_center_url=partner_center.url)
        bot = await listen(bot_app(settings, SimulatedUserTokens(people), teams, tokens))
        lines = [Line(partner_center), Line(connector._listening)]
        async with TeamsClient(connector, f"{bot.url}/api/messages") as client:
            await _warm_turns(client, QUESTIONS, 6)
            said = len(connector.transcript.messages)
            for line in lines:
                line.mark()
            await _warm_turns(client, QUESTIONS, TURNS)
            answers = connector.transcript.messages[said:]
            counted = [line.requests() / TURNS for line in lines]
            opened = sum(line.new_connections() for line in lines)
        await bot.close()
        await tokens.close()
    await partner_center.close()
    assert len(answers) == TURNS
    assert all(" active of " in posted.activity["summary"] for posted in answers)
    met = counted == [1, 1] and opened == 0
    with capsys.disabled():
        verdict = "met" if met else "short"
        print(f"\nrequests_per_usage_turn measured {sum(counted):g} target 2 {verdict}")  # noqa: T201
        print(f"tcp_connections_per_usage_turn measured {opened / TURNS:g} target 0 {verdict}")  # noqa: T201
    assert met
