"""Tests of the demo: its sentences, its language, and a machine without Node.js."""

import argparse
import asyncio
import io
from datetime import UTC, datetime

import pytest
from rich.console import Console

from bot.cli.commands.chat import as_person
from bot.cli.commands.demo import POSTED, SENTENCES, _client, _serve, _show_example, add_arguments
from bot.cli.keyboard import Keyboard
from bot.commands.command import NewDigest
from bot.demo.demo_bot import MESSAGES, bot_server
from bot.demo.demo_services import NAMED_FAULTS, demo_services
from bot.demo.free_ports import reserve_usual
from bot.demo.restarting_bot import LISTENS
from bot.simulator.connector import SimulatedConnector, TeamsClient, personal
from bot.simulator.partner_center.faults.fault_types import Refuse
from bot.usage.offline_sentence import offline_command
from cards.views.answer_views import ErrorView, NoMatchView, NotUnderstoodView, PickerView
from cards.views.kinds.trend_view import TrendView
from cards.views.personal.own_list_view import OwnListView
from tests.integration.teams.patience import PATIENT


async def test_sentences_to_try_are_answered_one_after_the_other() -> None:
    scopes = []
    async with demo_services() as services:
        for sentence in SENTENCES:
            view = await services.engine.answers.answer(sentence, services.caller)
            assert not isinstance(view, NotUnderstoodView | NoMatchView | PickerView | ErrorView), sentence
            assert isinstance(view, OwnListView) or getattr(view, "items", None) or isinstance(view, TrendView), (
                sentence
            )
            scopes.append(getattr(view, "scope", ()))
    assert scopes[:2] == [("TEST COMPANY", "Exchange"), ("TEST COMPANY", "SharePoint")]
    assert scopes[4:7] == [("Exchange",), ("Fabrikam",), ("MICROSOFT 365 COPILOT",)]


@pytest.mark.parametrize("sentence", POSTED)
def test_what_is_posted_later_is_understood(sentence: str) -> None:
    assert isinstance(offline_command(sentence, datetime(2026, 11, 30, 10, tzinfo=UTC)), NewDigest)


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


class Screen(io.StringIO):
    """What the demo prints; `complete` is set once the line with its address is there."""

    def __init__(self) -> None:
        super().__init__()
        self.complete = asyncio.Event()

    def write(self, text: str) -> int:
        written = super().write(text)
        if "Stop with" in self.getvalue():
            self.complete.set()
        return written


@pytest.mark.parametrize("fault", sorted(NAMED_FAULTS))
async def test_demo_starts_with_each_fault(fault: str, capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    options = parser.parse_args(["--no-client", "--signed-in", "--faults", fault])
    screen = Screen()
    with reserve_usual(0) as port:
        serving = asyncio.create_task(_serve(options, port, 9, Keyboard(), Console(file=screen, width=200)))
        shown = asyncio.create_task(screen.complete.wait())
        await asyncio.wait({serving, shown}, return_when=asyncio.FIRST_COMPLETED)
        ended = serving.done()
        serving.cancel()
        shown.cancel()
        outcome = await asyncio.gather(serving, return_exceptions=True)
    assert not ended, outcome
    assert f"{LISTENS} http://127.0.0.1:" in screen.getvalue()
    assert len(capsys.readouterr().out.splitlines()) >= 1, "the first question has an answer, or a refusal in words"


@pytest.mark.parametrize(("status", "code", "told"), [(403, "900308", "Sales agent"), (404, "1000", "older report")])
async def test_demo_shows_any_error_of_its_example_in_words(
    status: int, code: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = (Refuse(status=status, code=code, times=None),)
    monkeypatch.setattr("bot.demo.demo_services.faults_named", lambda _: refused)
    async with demo_services() as services:
        await _show_example(services, Console(file=io.StringIO()))
    assert told in capsys.readouterr().out
