"""Files of long answers: progress, then the question, then OneDrive."""

import csv
import io
from typing import Any

from bot.simulator.connector import ADA, BEN, group
from bot.simulator.partner_center.faults.fault_types import Slow

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"


def attached(posted: Any) -> str:
    return str(posted.activity.get("attachments", [{}])[0].get("contentType"))


async def test_long_export_shows_progress_and_then_asks_in_a_message_of_its_own(open_house: Any) -> None:
    async with open_house(page_limit=30) as house:
        house.fault(Slow(seconds=0.25, times=None))
        asked = await house.answer("export csv usage by customer")
        assert attached(asked) == CONSENT
        assert asked.kind == "sent"
        first = house.connector.transcript.entries[0]
        assert [each.id for each in house.connector.transcript.entries if each.kind == "deleted"] == [first.id]
        await house.client.consent(asked)
        await house.quiet()
        saved = house.connector.transcript.messages[-1]
        assert attached(saved) == INFO
        [(_, content)] = house.connector.drive.files.values()
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
        ids = [line[1] for line in lines[1 : lines.index([""] * len(lines[0]))]]
        assert len(ids) == len(set(ids)) == 60


async def test_export_elsewhere_needs_the_private_chat_when_nobody_signs_in(house: Any) -> None:
    said = await house.answer("export excel usage by customer", conversation=group(ADA, BEN))
    assert "1:1 chat" in said.activity["summary"]
