"""Questions from the chat of Microsoft 365 Copilot, which come as in a 1:1 chat."""

from typing import Any

import pytest

from bot.domain.conversation import ConversationKind
from bot.simulator.connector import ADA, personal

# What Copilot adds to an activity: https://github.com/microsoft/Agents-for-js/issues/897
DATA = {"productContext": "COPILOT"}
PRODUCT = {"type": "ProductInfo", "id": "COPILOT"}


@pytest.mark.parametrize("entities", [[], [PRODUCT], [PRODUCT, {"type": "clientInfo", "platform": "Web"}]])
async def test_question_in_copilot_is_answered_in_the_same_chat(stage: Any, entities: list[dict[str, Any]]) -> None:
    activity = stage.client.new("message", personal(ADA), ADA) | {"text": "usage on Exchange"}
    activity["channelData"] = activity["channelData"] | DATA
    activity["entities"] = [*activity.get("entities", []), *entities]
    assert (await stage.client.post(activity)).status == 200
    await stage.quiet()
    [(text, _)] = stage.answers.asked
    assert text == "usage on Exchange"
    answer = stage.connector.transcript.messages[-1]
    assert answer.conversation_id == activity["conversation"]["id"]
    assert answer.card is not None
    assert answer.activity["recipient"].get("isTargeted") is None
    assert activity["conversation"]["conversationType"] == ConversationKind.PERSONAL
