"""The heading of an answer: whose figures they are, and what narrows them. Pure.

A name is no heading for a client, because it would read Markdown in it.
"""

from dataclasses import replace

from cards.elements import Element, TextRun
from cards.parts.card_frame import NAMELESS, heading, line, note
from cards.parts.compared_text import days_in_heading
from cards.parts.correction_text import corrections
from cards.parts.literal_text import literal
from cards.parts.scope_text import kept_in_words, limits_in_words, names_in_words
from cards.views.usage_views import Narrowing, UsageView
from cards.wording.locale_keys import key
from cards.wording.locale_words import LocaleWords

BETWEEN = " · "


def usage_head(view: UsageView, words: LocaleWords) -> list[Element]:
    """Draw what the figures are of.

    Small letters are for the frame, large ones for the thing itself. If two days are compared, these are large.
    """
    title = literal(view.items[0].detail or "") if alone(view) else ""
    kept = [note(kept_in_words(view.kept, words), spacing="none")] if view.kept else []
    if days := days_in_heading(view, words):
        small, large = _parts(replace(view, narrowed=_beside_days(view)), words)
        framing = BETWEEN.join(filter(None, [*small, large, title]))
        return [note(framing), heading(days, spacing="none"), *corrections(view.corrected, words), *kept]
    small, large = _parts(view, words)
    return [
        *([note(BETWEEN.join(small))] if small else []),
        heading(large, spacing="none")
        if lists_customers(view)
        else line(TextRun(text=large, size="large", weight="bolder"), spacing="none"),
        *([note(title, spacing="none")] if title else []),
        *corrections(view.corrected, words),
        *kept,
    ]


def _beside_days(view: UsageView) -> tuple[Narrowing, ...]:
    """Return what narrows the figures, without a day that is said elsewhere."""
    told = {view.compared.day, *(each.day for each in view.compared.as_of)} if view.compared is not None else set()
    return tuple(each for each in view.narrowed if each.kind not in {"versus", "since"} or each.day not in told)


def alone(view: UsageView) -> bool:
    """Return True if there is exactly one row.

    It is the answer itself, and is drawn in place of the total.
    """
    return len(view.items) == 1 and view.matched <= 1


def lists_customers(view: UsageView) -> bool:
    """Return True for a list of customers: their number is its heading."""
    return view.by == ("customer",) and view.matched > 1


def _parts(view: UsageView, words: LocaleWords) -> tuple[list[str], str]:
    """Return the texts in small letters, and the one in large letters."""
    names = names_in_words(view.scope, view.narrowed, words)
    limits = limits_in_words(view.narrowed, words)
    if alone(view):
        name = literal(view.items[0].name) or NAMELESS
        return [*(each for each in names if each != name), *limits], name
    if lists_customers(view):
        return [*names, *limits], words.say("list.customer", count=view.matched)
    counted = [words.say(key("list", view.by[0], "any", words), count=view.matched)] if len(view.by) == 1 else []
    if not view.items:
        counted = []
    if not names:
        return (counted, BETWEEN.join(limits)) if limits else (limits, NAMELESS)
    of = names[:1] if view.of_customer and len(names) > 1 else []
    return [*of, *counted, *limits], BETWEEN.join(names[len(of) :])
