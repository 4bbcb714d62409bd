"""The card that lists customers or workloads. Pure."""

from cards.elements import Element, TextRun
from cards.parts.card_frame import Rendered, button, entitled, fit, frame, heading, line, note
from cards.parts.literal_text import literal
from cards.views.answer_views import ListView
from cards.wording.locale_keys import key
from cards.wording.locale_words import LocaleWords

ROWS = 120  # more than this never fit


def listing(view: ListView, words: LocaleWords) -> Rendered:
    """Draw one name and its id per row, as many as fit."""
    return fit(lambda count: _card(view, words, count), min(len(view.entries), ROWS))


def summary(view: ListView, words: LocaleWords) -> str:
    """Return the count and the search: '12 customers with “fabr” in the name'."""
    counted = words.say(key("list", view.dimension, "any", words), count=max(view.matched, len(view.entries)))
    if view.search:
        counted = f"{counted} {words.say('list.search', search=literal(view.search))}"
    return counted


def _card(view: ListView, words: LocaleWords, count: int) -> Rendered:
    counted = summary(view, words)
    body: list[Element] = [
        heading(words.say("list.title"), size="small", weight="default", subtle=True),
        line(TextRun(text=counted, size="large", weight="bolder"), spacing="none"),
    ]
    if not view.entries:
        body.append(line(words.say("list.empty"), spacing="medium"))
    body += [_entry(name, identity, first=index == 0) for index, (name, identity) in enumerate(view.entries[:count])]
    matched = max(view.matched, len(view.entries))
    if view.entries and matched > count:
        body.append(note(words.say("usage.shown", shown=count, matched=matched), spacing="medium", separator=True))
    if count < len(view.entries):
        body.append(note(words.say("list.hidden", count=matched - count), spacing="small"))
    elif view.more is not None and (more := button(words.say("usage.more"), view.more)):
        body.append(more)
    return frame(body, words, counted)


def _entry(name: str, identity: str, *, first: bool) -> Element:
    entry = entitled(literal(name), literal(identity))
    entry.spacing = "medium" if first else "small"
    entry.separator = not first
    return entry
