"""Tests of a channel in a real client, with a demo of their own.

A window that is opened when there are posts in a channel logs "Saga error", and may show no answer any more: it gets
events of posts that it does not know. So no other test shares this demo.
"""

import re
from typing import Any

import pytest
from playwright.async_api import Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(300)]


async def test_answer_in_a_channel_is_shown_when_it_is_early(open_chat: Any, fork: Any, client_port: int) -> None:
    """Check answers_after_questions.js.

    Without it, the client drops an answer that overtakes its question.
    """
    chat = await open_chat(fork("--client-port", str(client_port)).url())

    async def after_the_answer(route: Route) -> None:
        response = await route.fetch()
        await chat.page.wait_for_function("heldAnswers.length > 0")
        await route.fulfill(response=response)

    await chat.go("Licenses")
    await chat.page.route(re.compile("/conversations/[^/]+/messages$"), after_the_answer)
    await chat.write("help", to="License usage")
    await expect(chat.cards.filter(has_text="What you can ask")).to_be_visible()
