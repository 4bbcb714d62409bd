"""The text that a person forwards to an administrator who can help. Pure.

What happened and whom to ask is said by the card; this is what to send.
"""

from cards.elements import Container, Element
from cards.parts.card_frame import line, note
from cards.parts.literal_text import literal
from cards.views.answer_views import ErrorView
from cards.wording.locale_words import LocaleWords

NOTHING = "–"
# The problems that only an administrator can solve.
FORWARDED = (
    "factor_not_passed_on", "still_challenged", "mfa_required", "claims_required", "role_missing", "access_denied",
    "conditional_access", "entra_refused", "entra_misconfigured", "admin_consent", "empty_book",
    "factor_not_passed_on.here", "mfa_required.here", "still_challenged.here",
)  # fmt: skip


def forwarded(view: ErrorView, words: LocaleWords) -> str:
    """Return what to send to an administrator who can help; "" if none is needed."""
    if view.problem not in FORWARDED:
        return ""
    values = {name: literal(view.values.get(name, "")) or NOTHING for name in ("code", "demand")}
    return words.say(f"forward.{view.problem}", id=literal(view.correlation_id or "") or NOTHING, **values)


def draw_forwarded(view: ErrorView, words: LocaleWords) -> list[Element]:
    """Draw what to send, apart from what the bot says."""
    told = forwarded(view, words)
    if not told:
        return []
    items = [note(words.say("support.forward")), line(told, spacing="small")]
    return [Container(style="emphasis", rounded_corners=True, spacing="medium", items=items)]
