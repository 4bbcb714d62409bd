"""A person is signed in without a press in the demo.

The client exchanges the token as Teams does.

The Playground has no such client, so its users press the button.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.cli.commands.chat import as_person
from bot.cli.commands.demo import QUESTION
from bot.demo.demo_bot import MESSAGES, serving
from bot.demo.demo_services import demo_services
from bot.demo.demo_sign_in import demo_sign_in
from bot.demo.free_ports import reserve
from bot.demo.playground_people import guid_of
from bot.simulator.connector import Person, Posted, SimulatedConnector, TeamsClient, personal
from bot.simulator.connector.sign_in.silent_sign_in import Shown, SilentSignIn
from bot.simulator.entra import SignInConditions, SimulatedEntra, User
from tests.integration.teams.patience import PATIENT


@dataclass
class Demo:
    """The demo's bot, and a client that signs in silently."""

    connector: SimulatedConnector
    client: TeamsClient
    entra: SimulatedEntra
    person: Person

    @property
    def conditions(self) -> SignInConditions:
        return self.entra.standing(self.user)

    @property
    def user(self) -> User:
        return User(self.person.name, self.person.tenant_id, self.person.object_id)

    async def say(self, text: str) -> Posted:
        await self.client.say(text, from_=self.person)
        return await self.connector.next_message()

    async def see(self, posted: Posted) -> Shown:
        """Let the person see a message."""
        teams = SilentSignIn(self.client, lambda _: self.entra.sso_token(self.user, guid_of("bot")))
        return await teams.see(posted, personal(self.person), self.person)


@pytest.fixture
async def demo() -> AsyncIterator[Demo]:
    reserved = reserve(0)
    url = f"http://127.0.0.1:{reserved.getsockname()[1]}"
    async with (
        demo_services() as services,
        SimulatedConnector(anonymous=True) as connector,
        demo_sign_in(services, url) as people,
        serving(services, people.signing, (connector.url.removeprefix("http://"),), reserved, PATIENT) as bot,
        TeamsClient(connector, bot.url + MESSAGES) as client,
    ):
        person = as_person(services.caller)
        connector.state.join(personal(person))
        yield Demo(connector, client, people.entra, person)


async def test_question_is_answered_without_a_press(demo: Demo) -> None:
    assert await demo.see(await demo.say(QUESTION)) is Shown.SIGNED_IN
    answer = await demo.connector.next_message()
    assert "0 active of 1 qualified" in str(answer.activity["summary"])
    assert await demo.see(answer) is Shown.NOTHING


async def test_button_is_shown_when_entra_wants_a_page(demo: Demo) -> None:
    demo.conditions.consented = False
    assert await demo.see(await demo.say(QUESTION)) is Shown.BUTTON
    demo.conditions.consented = True
    assert await demo.see(await demo.say(QUESTION)) is Shown.SIGNED_IN
