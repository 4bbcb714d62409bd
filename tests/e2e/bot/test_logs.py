"""The log from Teams to Partner Center and back holds no token and no typed text."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot.commands.command import Customers
from bot.simulator.connector import ADA, personal
from bot.simulator.connector.rate_limits import OrderedFailure
from bot.simulator.partner_center.faults.fault_types import Fail, NextLink, Refuse, Reset, Throttle, WrongTypes
from bot.usage.command_buttons import ask_button, more_button
from cards.views.button_payload import pack
from tests.typed_sentences import parse

SENTINEL = "Zanzibar-Canary-4711"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Record the log of the bot and its libraries, from level debug."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    configured = structlog.get_config()
    structlog.configure(
        processors=[structlog.processors.add_log_level, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
        logger_factory=structlog.PrintLoggerFactory(written),
        cache_logger_on_first_use=False,
    )
    yield written
    structlog.configure(**configured)
    root.removeHandler(handler)
    root.setLevel(level)


async def test_log_holds_no_token_and_no_typed_text(house: Any, lines: io.StringIO) -> None:
    say = house.client.say
    filtered = f"filter customerName eq '{SENTINEL}'"
    await say("help")
    for text in (
        SENTINEL,
        f"usage for {SENTINEL}",
        filtered,
        f"usage as of {SENTINEL}",
        "usage for TEST COMPANY on Exchange",
    ):
        await say(text)
    for fault in (
        Throttle(retry_after=0), Fail(status=500), Fail(status=502), Reset(), WrongTypes(form="text_count"),
        NextLink(form="foreign"), Refuse(status=401, code="400"), Refuse(status=403), Refuse(status=400, body="text"),
    ):  # fmt: skip
        house.fault(fault)
        await say(filtered)
    house.connector.fail_next(OrderedFailure(502), OrderedFailure(403), OrderedFailure(401), OrderedFailure(0))
    for _ in range(3):
        await say(filtered)
    command = parse(filtered)
    for action in (ask_button(command), ask_button(Customers(SENTINEL), replace=True), more_button(command, 20)):
        await house.client.press(pack(action))
    await house.client.press({"v": 1, "do": "ask", "text": filtered})
    token = house.connector.channel_token()
    activity = house.client.new("message", personal(ADA), ADA) | {"text": SENTINEL}
    for refused in (
        activity | {"type": 7},
        activity | {"channelId": "directline"},
        activity | {"conversation": [SENTINEL]},
    ):
        assert (await house.client.post(refused, token=token)).status in {400, 403}
    assert (await house.client.post(activity, token=token[:-4] + "AAAA")).status == 401
    await house.quiet()

    logged = lines.getvalue()
    assert "request_refused" in logged
    assert "retry_scheduled" in logged
    for secret in (SENTINEL, "TEST COMPANY", "eyJ", house.connector.password, ADA.name):
        assert secret not in logged, next(line for line in logged.splitlines() if secret in line)
