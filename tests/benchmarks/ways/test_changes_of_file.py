"""How many files a reader has to follow for each kind of work.

One question, one button, one sign-in and one digest.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli.commands.chat import as_person
from bot.demo.demo_bot import MESSAGES, bot_server
from bot.demo.demo_services import demo_services
from bot.simulator.connector import SimulatedConnector, TeamsClient, personal
from cards.views.button_payload import payload_of
from tests.benchmarks.ways.trace import Trace, traced
from tests.integration.digests.chat.conftest import room, used_folder  # noqa: F401  # fixtures
from tests.integration.digests.chat.room import Room
from tests.integration.teams.sign_in.conftest import open_stage

# As people type it; the second one is answered with a card that has a button for more.
QUESTION = "usage for TEST COMPANY on Exchange"
LONG = "usage on Exchange by customer"


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Callable[..., None]:
    """Return a function that prints the figures of a trace."""

    def print_figures(name: str, trace: Trace, changes: int, files: int | None = None) -> None:
        met = trace.changes <= changes and (files is None or len(trace.files) <= files)
        target = f"target {changes:,}" + (f" and {files}" if files else "")
        with capsys.disabled():
            print(f"\n{trace.line(name)} ({target}: {'met' if met else 'short'})")  # noqa: T201

    return print_figures


@pytest.mark.benchmark
async def test_a_question_and_a_button(report: Callable[..., None]) -> None:
    async with demo_services() as services, SimulatedConnector(anonymous=True) as connector:
        host = connector.url.removeprefix("http://")
        async with (
            bot_server(services, service_hosts=(host,)) as bot,
            TeamsClient(connector, bot.url + MESSAGES) as client,
        ):
            person = as_person(services.caller)
            connector.state.join(personal(person))
            await client.say(QUESTION, from_=person)
            await connector.next_message()
            with traced() as question:
                await client.say(QUESTION, from_=person)
                await connector.next_message()
            await client.say(LONG, from_=person)
            shown = await connector.next_message()
            more = next(each for each in _data(shown.card) if payload_of(each).get("rows"))
            with traced() as button:
                pressed = await client.press(more, reply_to=shown.id, from_=person)
    assert pressed.card
    report("question, asked a second time", question, 1_300, 70)
    report("button, show more", button, 1_000, 46)
    in_language = [file for file in button.files if file.startswith("bot/language/")]
    report("button, in bot/language", Trace(files=dict.fromkeys(in_language, 1)), 0, 0)


@pytest.mark.benchmark
async def test_a_question_that_waits_for_a_silent_sign_in(report: Callable[..., None], tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        with traced() as signing_in:
            await stage.say(QUESTION)
            card = await stage.offered()
            assert (await stage.exchange(card)).status == 200
            await stage.heard()
    report("question that waits for a silent sign-in", signing_in, 3_500)


@pytest.mark.benchmark
async def test_a_digest_set_up_and_posted_twice(report: Callable[..., None], room: Room) -> None:  # noqa: F811
    with traced() as digest:
        number = await room.set_up()
        for _ in range(2):
            await room.due(number)
            await room.heard()
    report("digest set up, posted and posted again", digest, 5_900)


def _data(card: Any) -> Iterator[dict[str, Any]]:
    """Yield the payload of every button in `card`."""
    if isinstance(card, dict):
        if isinstance(card.get("data"), dict):
            yield card["data"]
        for each in card.values():
            yield from _data(each)
    elif isinstance(card, list):
        for each in card:
            yield from _data(each)
