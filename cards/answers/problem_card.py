"""The cards for a question that was not understood or could not be answered. Pure."""

from datetime import date
from types import MappingProxyType

from cards.answers.fact_chips import FACTS, fact_chips
from cards.answers.forward_text import draw_forwarded
from cards.elements import Container, DateInput, Element, TextRun
from cards.parts.card_frame import BUTTONS, NAMELESS, Rendered, buttons, frame, heading, line, note, press, ways_on
from cards.parts.card_size import fit
from cards.parts.correction_text import corrections
from cards.parts.literal_text import ELLIPSIS, literal, readable
from cards.parts.name_box import name_box
from cards.parts.scope_text import kept_in_words, limits_in_words
from cards.parts.tile import tile
from cards.views.answer_views import ErrorView, NotUnderstoodView
from cards.wording.locale_keys import key
from cards.wording.locale_words import LocaleWords

BEFORE, FOUND, AFTER = 48, 60, 32  # characters shown around the error: three lines on a phone
GAP = "____"  # marks where something is missing
SENTENCE = 200

# What is read, and can never be so.
IMPOSSIBLE = MappingProxyType({"no_such_day": "impossible", "no_such_time": "impossible", "no_such_zone": "impossible"})


def not_understood(view: NotUnderstoodView, words: LocaleWords) -> Rendered:
    """Draw what is wrong, where, and whole sentences that would work."""
    return fit(lambda count: _not_understood(view, words, count), min(len(view.suggestions), BUTTONS), words)


def not_understood_summary(view: NotUnderstoodView, words: LocaleWords) -> str:
    """Return the sentence that says what is wrong."""
    kind = view.problem.partition(".")[0]
    otherwise = kind if words.has(f"problem.{kind}") else "not_understood"
    return words.say(key("problem", view.problem, otherwise, words), found=literal(view.found, FOUND))


def error(view: ErrorView, words: LocaleWords) -> Rendered:
    """Draw what happened, what to do next, and the correlation id for support."""
    words = words.of_seats(view.seats)
    name = view.problem.removeprefix("error.")
    body: list[Element] = [
        heading(words.say(key("title", name, "internal", words))),
        line(error_summary(view, words), spacing="small"),
        *corrections(view.corrected, words),
    ]
    if view.kept:
        body.append(note(kept_in_words(view.kept, words), spacing="small"))
    body += ways_on(view.ways, words, view.again)
    body += draw_forwarded(view, words)
    if identity := literal(view.correlation_id or ""):
        body.append(note(words.say("support.correlation", id=identity), spacing="medium"))
    return frame(body, words, error_summary(view, words))


def error_summary(view: ErrorView, words: LocaleWords) -> str:
    """Return the text: what happened and what to do next."""
    words = words.of_seats(view.seats)
    values = {name: literal(str(value)) for name, value in view.values.items()}
    if "date" in values:
        values["date"] = _day(values["date"], words)
    values["wait"] = _wait(values, words)
    values["limits"] = words.all_of(limits_in_words(view.limits, words)) or NAMELESS
    values["scope"] = values.get("scope") or words.say("support.this")
    return words.say(key("error", view.problem, "internal", words), **values)


def _wait(values: dict[str, str], words: LocaleWords) -> str:
    seconds = _count(values.get("seconds")) + 60 * _count(values.get("minutes"))
    if not seconds:
        return words.say("wait.some")
    if seconds < 90:
        return words.say("wait.seconds", count=seconds)
    return words.say("wait.minutes", count=-(-seconds // 60))


def _day(text: str, words: LocaleWords) -> str:
    """Return an ISO date as the reader writes dates."""
    try:
        return words.date(date.fromisoformat(text))
    except ValueError:
        return text


def _count(text: str | None) -> int:
    return int(text) if text and len(text) < 9 and text.isascii() and text.isdigit() else 0


def not_understood_lines(view: NotUnderstoodView, words: LocaleWords) -> list[str]:
    """Return what was understood, and the sentences that would work."""
    offered = [literal(each.text, SENTENCE) for each in view.suggestions]
    if view.proposal is not None and (proposed := literal(view.proposal.text, SENTENCE)):
        offered = [f"{words.say('problem.proposal')} {proposed}", *offered]
    return [*seats_in_words(view, words), *_understood(view, words), *filter(None, offered)]


def seats_in_words(view: NotUnderstoodView, words: LocaleWords) -> list[str]:
    """Return "MICROSOFT 365 COPILOT: 10 sold, 3 assigned", with day and report."""
    seats = view.seats
    if seats is None:
        return []
    source = words.say("sold.source.deployment")
    dated = source if seats.day is None else words.say("sold.as_of", day=words.date(seats.day), source=source)
    sold, assigned = words.number(seats.sold), words.number(seats.assigned)
    return [words.say("problem.sold", name=literal(seats.name), sold=sold, assigned=assigned, source=dated)]


def _understood(view: NotUnderstoodView, words: LocaleWords) -> list[str]:
    facts = [fact for each in view.understood[:FACTS] if (fact := literal(each, SENTENCE))]
    return [words.say("problem.understood", facts=words.all_of(facts))] if facts else []


def _problem_title(view: NotUnderstoodView, words: LocaleWords) -> str:
    """Return the heading: what is understood and not offered, or not possible, is not called misunderstood."""
    kind = view.problem.partition(".")[0]
    return words.say(key("problem.title", IMPOSSIBLE.get(kind, kind), "any", words))


def _not_understood(view: NotUnderstoodView, words: LocaleWords, count: int) -> Rendered:
    problem = not_understood_summary(view, words)
    body: list[Element] = [heading(_problem_title(view, words)), line(problem, spacing="small")]
    body += [line(each, spacing="medium") for each in seats_in_words(view, words)]
    chips = fact_chips(view.understood, view.found if view.at >= 0 and view.text else "", words)
    if chips:
        body += [note(words.say("problem.rest"), spacing="medium"), *chips]
    elif readable(view.text).strip():
        body.append(Container(style="emphasis", spacing="medium", items=[marked(view.text, view.at, len(view.found))]))
    body += _proposal(view, words)
    guesses = [tile(literal(each.text, SENTENCE), None, each.ask, words) for each in view.suggestions[:count]]
    offered = [each for each in guesses if each is not None]
    if offered:
        body.append(line(words.say("problem.try", count=len(offered)), spacing="medium"))
    body += [*offered, *name_box("customer", view.other, words), *_day_box(view, words), *ways_on(view.ways, words)]
    return frame(body, words, " ".join([problem, *seats_in_words(view, words), *_understood(view, words)]))


def _proposal(view: NotUnderstoodView, words: LocaleWords) -> list[Element]:
    """Draw what a language model takes the text for, as a choice."""
    if view.proposal is None:
        return []
    shown = tile(literal(view.proposal.text, SENTENCE), None, view.proposal.ask, words)
    return [] if shown is None else [line(words.say("problem.proposal"), spacing="medium"), shown]


def _day_box(view: NotUnderstoodView, words: LocaleWords) -> list[Element]:
    """Draw the calendar, and the button that asks for the chosen day."""
    asking = None if view.day is None else buttons(press(words.say("picker.continue"), view.day))
    return [] if asking is None else [DateInput(id="until", label=words.say("problem.day"), spacing="medium"), asking]


def marked(text: str, at: int, length: int) -> Element:
    """Draw `text` around `at`, with the wrong part bold and underlined.

    If something is missing there, a gap is drawn.
    """
    start = min(max(at, 0), len(text))
    end = min(start + max(length, 0), len(text))
    before, found, after = text[:start], text[start:end], text[end:]
    if len(before) > BEFORE:
        before = ELLIPSIS + before[-BEFORE:]
    if len(found) > FOUND:
        found = found[:FOUND] + ELLIPSIS
    if len(after) > AFTER:
        after = after[:AFTER] + ELLIPSIS
    runs = [TextRun(text=readable(before))] if before else []
    shown = readable(found)
    runs.append(TextRun(text=shown if shown.strip() else GAP, weight="bolder", underline=True, color="attention"))
    if after:
        runs.append(TextRun(text=readable(after)))
    return line(*runs)
