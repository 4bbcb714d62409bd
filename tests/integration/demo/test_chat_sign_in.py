"""The terminal chat of the demo signs in as Teams does.

Its client exchanges a token, or shows the button.
"""

import re
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from bot.cli.commands.chat import opened_chat
from bot.cli.commands.demo import QUESTION
from bot.demo.demo_services import demo_services

ANSWER = "0 active of 1 qualified"


@pytest.fixture
def console() -> Console:
    return Console(record=True, width=100, file=StringIO())


async def test_first_question_is_answered_after_a_silent_sign_in(console: Console) -> None:
    async with demo_services() as services, opened_chat(services, console, "silent") as talk:
        await talk.begin()
        await talk.typed(QUESTION)
        assert "is signed in silently" in (shown := console.export_text())
        assert ANSWER in shown
        assert "http://" not in shown
        await talk.typed("who am i")
        assert "Second sign-in factor: yes" in console.export_text()


async def test_text_of_the_sign_in_card_is_shown_above_its_link(console: Console) -> None:
    async with demo_services(faults=["no_factor"]) as services, opened_chat(services, console, "silent") as talk:
        await talk.begin()
        await talk.typed(QUESTION)
        shown = " ".join(console.export_text().split())
        assert "answered 412" in shown
        said, _, link = shown.partition("Open http://")
        assert link
        assert "Partner Center requires a second sign-in factor" in said


async def test_button_is_shown_after_412_and_the_page_leads_to_the_answer(console: Console, browser: Any) -> None:
    async with demo_services() as services, opened_chat(services, console, "button") as talk:
        await talk.begin()
        await talk.typed(QUESTION)
        shown = console.export_text()
        assert "answered 412" in shown
        assert ANSWER not in shown
        await browser.open(re.search(r"Open (http://\S+) in a browser", shown)[1])
        await browser.follow()
        await browser.press("Continue as Alex Wilber")
        await browser.press("Accept")
        assert (await browser.follow()).status == 200
        await talk.next_shown()
        assert ANSWER in console.export_text()
