"""What a person reads on a card that was posted, and what its buttons say to the bot."""

from typing import Any

from bot.simulator.connector.transcript import Posted

ADAPTIVE = "application/vnd.microsoft.card.adaptive"
BUTTON = "Action.Execute"


def elements(card: Any) -> list[dict[str, Any]]:
    """Every element of a card, however deep, but what stands in for another one in old clients."""
    if isinstance(card, dict):
        return [card, *(found for name, each in card.items() if name != "fallback" for found in elements(each))]
    return [found for each in card for found in elements(each)] if isinstance(card, list) else []


def lines_of(posted: Posted) -> list[str]:
    """Everything that is read on its card, line by line; spaces are plain ones."""
    told = "\n".join(each["text"] for each in elements(posted.card) if "text" in each and "type" in each)
    return [line for line in told.replace("\u202f", " ").replace("\xa0", " ").split("\n") if line]


def text_of(posted: Posted) -> str:
    """The same, as one text."""
    return "\n".join(lines_of(posted))


def buttons_of(posted: Posted) -> list[str]:
    """What its buttons are called."""
    return [each["title"] for each in elements(posted.card) if each.get("type") == BUTTON]


def data_of(posted: Posted, label: str, about: str = "") -> Any:
    """What the button of that name says, the one beside `about` where several are called so."""
    named = [each for each in elements(posted.card) if each.get("type") == BUTTON and each["title"] == label]
    found = [each["data"] for each in named if about in ("", each.get("tooltip"))]
    assert found, (label, about, buttons_of(posted))
    return found[0]


def in_place(card: dict[str, Any], of: Posted) -> Posted:
    """A card that has taken the place of another one for who pressed a button there."""
    return Posted(of.kind, of.conversation_id, of.id, {"attachments": [{"contentType": ADAPTIVE, "content": card}]})
