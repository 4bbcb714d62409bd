"""The cards for a question that was not understood or could not be answered. Pure."""

from datetime import date

from cards.answers.forward_text import draw_forwarded
from cards.elements import Container, Element, TextRun
from cards.parts.card_frame import BUTTONS, Rendered, button, frame, heading, line, note, offer
from cards.parts.card_size import fit
from cards.parts.correction_text import corrections
from cards.parts.literal_text import ELLIPSIS, literal, readable
from cards.views.answer_views import ErrorView, NotUnderstoodView
from cards.wording.locale_keys import key
from cards.wording.locale_words import LocaleWords

BEFORE, FOUND, AFTER = 48, 60, 32  # characters shown around the error: three lines on a phone
GAP = "____"  # marks where something is missing
SENTENCE = 200


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
    name = view.problem.removeprefix("error.")
    body: list[Element] = [
        heading(words.say(key("title", name, "internal", words))),
        line(error_summary(view, words), spacing="small"),
        *corrections(view.corrected, words),
    ]
    if view.again is not None and (again := button(words.say("support.again"), view.again)):
        body.append(again)
    body += draw_forwarded(view, words)
    if identity := literal(view.correlation_id or ""):
        body.append(note(words.say("support.correlation", id=identity), spacing="medium"))
    return frame(body, words, error_summary(view, words))


def error_summary(view: ErrorView, words: LocaleWords) -> str:
    """Return the text: what happened and what to do next."""
    values = {name: literal(str(value)) for name, value in view.values.items()}
    if "date" in values:
        values["date"] = _day(values["date"], words)
    values["wait"] = _wait(values, words)
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


def _not_understood(view: NotUnderstoodView, words: LocaleWords, count: int) -> Rendered:
    problem = not_understood_summary(view, words)
    body: list[Element] = [heading(words.say("problem.title")), line(problem, spacing="small")]
    if readable(view.text).strip():
        body.append(Container(style="emphasis", spacing="medium", items=[marked(view.text, view.at, len(view.found))]))
    word = words.say("help.ask")
    asks = [offer(literal(each.text, SENTENCE), None, word, each.ask) for each in view.suggestions[:count]]
    buttons = [each for each in asks if each is not None]
    if buttons:
        body.append(line(words.say("problem.try", count=len(buttons)), spacing="medium"))
    return frame([*body, *buttons], words, problem)


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
