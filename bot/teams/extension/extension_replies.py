"""The replies of a message extension, as Teams takes them. Pure.

https://learn.microsoft.com/en-us/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search#respond-to-user-requests
"""

from collections.abc import Sequence
from typing import Any

from bot.teams.activity.http_reply import Reply
from bot.teams.activity.outgoing_activity import ADAPTIVE_CARD
from cards.parts.inert_text import inert

THUMBNAIL = "application/vnd.microsoft.card.thumbnail"
LONGEST_TEXT = 500

Attachment = dict[str, Any]


def results(attachments: Sequence[Attachment]) -> Reply:
    """Return the reply with a list of results."""
    return _extension({"type": "result", "attachmentLayout": "list", "attachments": list(attachments)})


def told(text: str) -> Reply:
    """Return the reply that shows a text in place of results."""
    return _extension({"type": "message", "text": inert(text)[:LONGEST_TEXT]})


def sign_in_at(url: str, title: str, *, silent: bool = False) -> Reply:
    """Return the reply that offers a sign-in.

    After it, Teams sends the same request again. If `silent`, it does that at once, with a token of the person, and
    shows the button if it is answered 412.
    https://learn.microsoft.com/en-us/microsoftteams/platform/messaging-extensions/how-to/add-authentication
    https://learn.microsoft.com/en-us/microsoftteams/platform/messaging-extensions/how-to/enable-sso-auth-me
    """
    action = {"type": "openUrl", "value": url, "title": title}
    return _extension({"type": "silentAuth" if silent else "auth", "suggestedActions": {"actions": [action]}})


def form(card: dict[str, Any], title: str) -> Reply:
    """Return the reply that shows a form in a dialog."""
    shown = {"contentType": ADAPTIVE_CARD, "content": card}
    return Reply.of(
        {"task": {"type": "continue", "value": {"title": title, "width": "small", "height": "medium", "card": shown}}}
    )


def notice(text: str) -> Reply:
    """Return the reply that shows a text in the dialog of a form."""
    return Reply.of({"task": {"type": "message", "value": inert(text)[:LONGEST_TEXT]}})


def choice(title: str, text: str, value: dict[str, Any]) -> Attachment:
    """Return a result that is fetched when it is chosen: Teams sends `value` then."""
    card = {"title": title, "text": text, "tap": {"type": "invoke", "value": value}}
    shown = {"contentType": THUMBNAIL, "content": card}
    return {**shown, "preview": shown}


def card_attachment(card: dict[str, Any], title: str, text: str) -> Attachment:
    """Return a card that Teams puts into the compose box, with its preview."""
    preview = {"contentType": THUMBNAIL, "content": {"title": title, "text": text}}
    return {"contentType": ADAPTIVE_CARD, "content": card, "preview": preview}


def _extension(content: dict[str, Any]) -> Reply:
    return Reply.of({"composeExtension": content})
