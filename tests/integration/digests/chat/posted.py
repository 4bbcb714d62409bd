"""What a posted card shows, and what its buttons send to the bot."""

from typing import Any

from bot.simulator.connector.transcript import Posted

ADAPTIVE = "application/vnd.microsoft.card.adaptive"
BUTTON = "Action.Execute"


def elements(card: Any) -> list[dict[str, Any]]:
    """Return every element of a card at any depth, without fallbacks for old clients."""
    if isinstance(card, dict):
        return [card, *(found for name, each in card.items() if name != "fallback" for found in elements(each))]
    return [found for each in card for found in elements(each)] if isinstance(card, list) else []


def lines_of(posted: Posted) -> list[str]:
    """Return the text of the card, line by line, with ordinary spaces."""
    told = "\n".join(each["text"] for each in elements(posted.card) if "text" in each and "type" in each)
    return [line for line in told.replace("\u202f", " ").replace("\xa0", " ").split("\n") if line]


def text_of(posted: Posted) -> str:
    """Return the text of the card as one string."""
    return "\n".join(lines_of(posted))


def buttons_of(posted: Posted) -> list[str]:
    """Return the titles of its buttons."""
    return [each["title"] for each in elements(posted.card) if each.get("type") == BUTTON]


def data_of(posted: Posted, label: str, about: str = "") -> Any:
    """Return the data of the button `label`; of several, of the one beside `about`."""
    named = [each for each in elements(posted.card) if each.get("type") == BUTTON and each["title"] == label]
    found = [each["data"] for each in named if about in ("", each.get("tooltip"))]
    assert found, (label, about, buttons_of(posted))
    return found[0]


def in_place(card: dict[str, Any], of: Posted) -> Posted:
    """Return a card that has replaced another one for the user who pressed a button."""
    return Posted(of.kind, of.conversation_id, of.id, {"attachments": [{"contentType": ADAPTIVE, "content": card}]})
