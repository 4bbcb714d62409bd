"""The cards about the sign-in. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from cards.answers.forward_text import draw_forwarded
from cards.answers.problem_card import error_summary
from cards.elements import Element
from cards.parts.card_frame import Rendered, frame, heading, line, note
from cards.parts.literal_text import literal
from cards.views.answer_views import AccessStatusView, AccountView
from cards.wording.locale_words import LocaleWords

# The texts of title and body for each state.
STATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "signed_in": ("account.signed_in.title", "account.signed_in.text"),
        "not_signed_in": ("account.not_signed_in.title", "account.not_signed_in.text"),
        "signed_out": ("account.signed_out.title", "account.signed_out.text"),
        "not_needed": ("account.not_needed.title", "account.not_needed.text"),
        "answered_there": ("account.answered_there.title", "account.answered_there.text"),
        "forgotten": ("account.forgotten.title", "account.forgotten.text"),
        "shared": ("account.shared.title", "account.shared.text"),
    }
)

REPORTS: Mapping[str, str] = MappingProxyType(
    {
        "shown": "account.report.shown",
        "refused": "account.report.refused",
        "unknown": "account.report.unknown",
    }
)
SECOND_FACTORS: Mapping[bool | None, str] = MappingProxyType(
    {
        True: "account.second_factor.yes",
        False: "account.second_factor.no",
        None: "account.second_factor.unknown",
    }
)

IN_VAIN = "account.second_factor.in_vain"


def account(view: AccountView, words: LocaleWords) -> Rendered:
    """Draw the state, and the facts about the account."""
    title, _ = STATES.get(view.state, STATES["not_signed_in"])
    body: list[Element] = [heading(words.say(title)), line(summary(view, words), spacing="small")]
    facts = []
    if tenant := literal(view.tenant_id, 60):
        facts.append(words.say("account.tenant", tenant=tenant))
    if view.since is not None:
        facts.append(words.say("account.since", day=words.date(view.since)))
    body += [note(fact, spacing="medium" if fact is facts[0] else "none") for fact in facts]
    if view.standing is not None:
        body += _standing(view.standing, words)
    return frame(body, words, summary(view, words))


def _standing(standing: AccessStatusView, words: LocaleWords) -> list[Element]:
    """Draw whether the report is shown and if not why, and the second factor.

    The correlation id for support comes last.
    """
    report = REPORTS.get(standing.report, REPORTS["unknown"])
    body: list[Element] = [line(words.say(report), spacing="medium")]
    why = standing.why
    if why is not None:
        body += [line(error_summary(why, words), spacing="small"), *draw_forwarded(why, words)]
    if why is None or standing.second_factor is not None:
        told = IN_VAIN if standing.in_vain else SECOND_FACTORS[standing.second_factor]
        body.append(line(words.say(told), spacing="small"))
    if why is not None and (identity := literal(why.correlation_id or "")):
        body.append(note(words.say("support.correlation", id=identity), spacing="medium"))
    return body


def summary(view: AccountView, words: LocaleWords) -> str:
    """Return the text of the card's body."""
    _, text = STATES.get(view.state, STATES["not_signed_in"])
    name = literal(view.name, 60) or words.say("account.nameless")
    return words.say(text, name=name) if view.state == "signed_in" else words.say(text)
