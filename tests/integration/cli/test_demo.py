"""Tests of the demo: its sentences, its language, and a machine without Node.js."""

import io

import pytest
from rich.console import Console

from bot.cli.commands.chat import as_person
from bot.cli.commands.demo import SENTENCES, _client
from bot.demo.demo_bot import MESSAGES, bot_server
from bot.demo.demo_services import demo_services
from bot.simulator.connector import SimulatedConnector, TeamsClient, personal
from cards.views.answer_views import UsageView
from tests.integration.teams.patience import PATIENT


async def test_sentences_to_try_are_answered_one_after_the_other() -> None:
    scopes = []
    async with demo_services() as services:
        for sentence in SENTENCES:
            view = await services.engine.answers.answer(sentence, services.caller)
            assert isinstance(view, UsageView)
            assert view.items
            scopes.append(view.scope)
    assert scopes[:2] == [("TEST COMPANY", "Exchange"), ("TEST COMPANY", "SharePoint")]
    assert scopes[-1] == ("Exchange",)


async def test_language_of_the_command_line_wins_over_the_clients() -> None:
    async with demo_services(locale="en-GB") as services, SimulatedConnector(anonymous=True) as connector:
        host = connector.url.removeprefix("http://")
        async with (
            bot_server(services, service_hosts=(host,), limits=PATIENT) as bot,
            TeamsClient(connector, bot.url + MESSAGES) as teams,
        ):
            person = as_person(services.caller)
            connector.state.join(personal(person))
            new = teams.new("message", personal(person), person)
            american = {**new, "text": SENTENCES[0], "locale": "en-US"}
            assert (await teams.post(american)).status < 300
            card = str((await connector.next_message()).card)
    assert "14 October 2018" in card


async def test_bot_sends_to_its_client_only() -> None:
    async with (
        demo_services() as services,
        SimulatedConnector(anonymous=True) as connector,
        bot_server(services, service_hosts=("127.0.0.1:9",), limits=PATIENT) as bot,
        TeamsClient(connector, bot.url + MESSAGES) as teams,
    ):
        assert (await teams.say("hello", from_=as_person(services.caller))).status == 403
        assert connector.state.requests == 0


async def test_demo_continues_in_the_terminal_when_nodejs_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.commands.demo.find_node", lambda _: None)
    out = io.StringIO()
    async with (
        demo_services() as services,
        _client(services, "http://127.0.0.1:9", 9, Console(file=out, width=40)) as client,
    ):
        assert client is None
    assert len(out.getvalue().splitlines()) == 1
    assert "Node.js" in out.getvalue()
