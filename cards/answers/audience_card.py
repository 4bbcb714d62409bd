"""The cards about who reads an answer. Pure."""

from cards.elements import ActionSet, Element, OpenUrl
from cards.parts.card_frame import Rendered, frame, line
from cards.views.audience_views import PrivateNoteView
from cards.wording.locale_words import LocaleWords

CHAT = "https://teams.microsoft.com/l/chat/"


def is_chat_link(url: str) -> bool:
    """Return True if `url` leads to a chat in Teams, and nowhere else.

    A URL is ASCII (RFC 3986, section 2).
    """
    return url.startswith(CHAT) and url.isascii()


def private_note(view: PrivateNoteView, words: LocaleWords) -> Rendered:
    """Draw where the message is; if it is nowhere, the way to the 1:1 chat."""
    body: list[Element] = [line(private_note_summary(view, words))]
    if not view.reached and is_chat_link(view.link):
        body.append(ActionSet(actions=[OpenUrl(title=words.say("sign_in.privately"), url=view.link)], spacing="small"))
    return frame(body, words, private_note_summary(view, words))


def private_note_summary(view: PrivateNoteView, words: LocaleWords) -> str:
    """Return the line."""
    return words.say("audience.told_privately" if view.reached else "audience.not_told")
