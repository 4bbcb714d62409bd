"""The cards about who reads an answer. Pure."""

from cards.elements import ActionSet, Element, OpenUrl
from cards.parts.card_frame import Rendered, button, buttons, frame, heading, line, note, press
from cards.views.audience_views import AudienceView, PrivateNoteView
from cards.views.button_payload import RepeatButton
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


def audience(view: AudienceView, words: LocaleWords) -> Rendered:
    """Draw who would read the answer, and the choice."""
    body: list[Element] = [
        heading(words.say("audience.title")),
        line(audience_summary(view, words), spacing="small"),
        note(words.say("audience.once"), spacing="small"),
    ]
    choice = buttons(
        press(words.say("audience.post_here"), view.post), press(words.say("audience.only_me"), view.alone)
    )
    return frame(body if choice is None else [*body, choice], words, audience_summary(view, words))


def audience_summary(view: AudienceView, words: LocaleWords) -> str:
    """Return who would read the answer, and the question."""
    if view.outsiders is None:
        return words.say("audience.unknown")
    return words.say("audience.outsiders", count=view.outsiders)


def post_here(question: str, words: LocaleWords) -> Rendered | None:
    """Draw the button that posts a private answer for everybody.

    None if no button holds the question.
    """
    drawn = button(words.say("audience.post_here"), RepeatButton(question, "here"))
    return None if drawn is None else drawn.render()
