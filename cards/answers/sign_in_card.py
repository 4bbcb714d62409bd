"""The card that asks for a sign-in where Teams allows no sign-in card. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from cards.answers.audience_card import is_chat_link
from cards.answers.forward_text import draw_forwarded
from cards.answers.problem_card import error_summary
from cards.elements import ActionSet, Container, Element, OpenUrl
from cards.parts.card_frame import Rendered, frame, heading, line, note
from cards.parts.literal_text import literal
from cards.views.answer_views import SignInView
from cards.wording.locale_keys import key
from cards.wording.locale_words import LocaleWords

# Why a person who has signed in is asked to sign in again.
AGAIN: Mapping[str, str] = MappingProxyType(
    {
        "mfa_required": "sign_in.mfa_required",
        "claims_required": "sign_in.claims_required",
        "factor_not_passed_on": "sign_in.factor_not_passed_on",
    }
)
QUESTION_LIMIT = 200


def sign_in(view: SignInView, words: LocaleWords) -> Rendered:
    """Draw what is missing and the question that waits, so that it is not typed again.

    In a shared conversation a button leads to the 1:1 chat; else there is a text for whom can help.
    """
    body: list[Element] = [
        heading(words.say(key("title", view.problem, "internal", words))),
        line(summary(view, words), spacing="small"),
        *_waiting(view),
    ]
    if view.link is not None and is_chat_link(view.link):
        body.append(ActionSet(actions=[OpenUrl(title=words.say("sign_in.privately"), url=view.link)], spacing="small"))
    if view.link is None:
        body += draw_forwarded(view, words)
    if identity := literal(view.correlation_id or ""):
        body.append(note(words.say("support.correlation", id=identity), spacing="medium"))
    return frame(body, words, summary(view, words))


def summary(view: SignInView, words: LocaleWords) -> str:
    """Return the sentence that says what to do."""
    if view.link is None:
        return error_summary(view, words)
    return words.say("sign_in.shared" if view.waits else "sign_in.shared_asked_for")


def invitation(view: SignInView, words: LocaleWords) -> tuple[str, str]:
    """Return text and button title of the sign-in card in a 1:1 chat.

    Teams draws that card.
    """
    text = words.say(AGAIN.get(view.problem, "sign_in.text"))
    question = literal(view.question or "", QUESTION_LIMIT) if view.waits else ""
    asked = words.say("sign_in.question", question=question) if question else ""
    return " ".join(filter(None, [text, asked])), words.say("sign_in.button")


def _waiting(view: SignInView) -> list[Element]:
    """Draw the question that is answered after the sign-in."""
    question = literal(view.question or "", QUESTION_LIMIT) if view.waits else ""
    if not question:
        return []
    return [Container(style="emphasis", rounded_corners=True, spacing="small", items=[line(question)])]
