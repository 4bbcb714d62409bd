"""What Teams sends to a message extension, and what it makes of the replies."""

from typing import Any

from bot.simulator.connector import ADA


async def extend(stage: Any, name: str, value: object, who: Any = ADA) -> Any:
    """Return the body of the reply to `composeExtension/name`."""
    delivered = await stage.client.extend(name, value, from_=who)
    assert delivered.status == 200, delivered
    return delivered.body


def typed(text: str, **options: int) -> dict[str, Any]:
    """Return the value of a search for customers."""
    parameters = [{"name": "customer", "value": text}]
    return {"commandId": "search", "parameters": parameters, "queryOptions": {"skip": 0, "count": 25} | options}


def filled_in(**fields: str) -> dict[str, Any]:
    """Return the value of a submitted form."""
    return {"commandId": "ask", "commandContext": "compose", "data": {"form": "ask", **fields}}


def shown(body: Any) -> list[dict[str, Any]]:
    """Return the previews that Teams lists."""
    assert body["composeExtension"]["type"] == "result"
    return [each["preview"]["content"] for each in body["composeExtension"]["attachments"]]


def told(body: Any) -> str:
    """Return the text that Teams shows in place of results."""
    assert body["composeExtension"]["type"] == "message"
    return str(body["composeExtension"]["text"])


def form(body: Any) -> dict[str, Any]:
    """Return the card of the dialog that Teams opens."""
    assert body["task"]["type"] == "continue"
    card: dict[str, Any] = body["task"]["value"]["card"]["content"]
    return card
