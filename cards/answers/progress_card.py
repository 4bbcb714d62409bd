"""The card of an answer in progress, and of one that was cancelled. Pure."""

from cards.elements import ActionSet, Element, Execute, Submit
from cards.parts.card_frame import Rendered, button, frame, heading, line, note
from cards.parts.literal_text import literal
from cards.parts.share_text import bar_of
from cards.views.answer_views import CancelledView, ProgressView
from cards.views.progress.cancel_payload import CancelButton, cancel_data
from cards.wording.locale_words import LocaleWords

QUESTION_LIMIT = 200


def working(view: ProgressView, words: LocaleWords) -> Rendered:
    """Draw how much of the answer was fetched."""
    body: list[Element] = [heading(words.say("working.title"), size="medium")]
    if question := literal(view.question, QUESTION_LIMIT):
        body.append(line(question, spacing="small"))
    body += _progress(view)
    body.append(note(progress(view, words), spacing="small"))
    if view.cancel is not None:
        body.append(_cancel(view.cancel, words))
    return frame(body, words, summary(view, words))


def summary(view: ProgressView, words: LocaleWords) -> str:
    """Return title and progress: "Working on it … 3 of 10 pages fetched"."""
    return f"{words.say('working.title')} {progress(view, words)}"


def progress(view: ProgressView, words: LocaleWords) -> str:
    """Return the number of pages fetched, or of customers read.

    And of all, if that is known.
    """
    if view.pages <= 0:
        return words.say("working.first")
    is_sum = view.total is not None and view.total >= view.pages
    if view.of_customers:
        key = "working.customers.of" if is_sum else "working.customers"
    else:
        key = "working.pages.of" if is_sum else "working.pages"
    return words.say(key, pages=view.pages, count=view.total if is_sum else view.pages)


def _cancel(pressed: CancelButton, words: LocaleWords) -> ActionSet:
    title, data = words.say("working.cancel"), cancel_data(pressed)
    return ActionSet(
        actions=[Execute(title=title, verb="cancel", data=data, fallback=Submit(title=title, data=data))],
        spacing="small",
    )


def _progress(view: ProgressView) -> list[Element]:
    if view.total is None or not 0 < view.pages <= view.total:
        return []
    return [line(bar_of(100 * view.pages // view.total), spacing="small")]


def cancelled(view: CancelledView, words: LocaleWords) -> Rendered:
    """Draw what is not answered, with a button that asks it again."""
    body: list[Element] = [heading(words.say("cancelled.title"), size="medium")]
    if question := literal(view.question, QUESTION_LIMIT):
        body.append(line(question, spacing="small"))
    if view.again is not None and (row := button(words.say("cancelled.again"), view.again)):
        body.append(row)
    return frame(body, words, cancelled_summary(view, words))


def cancelled_summary(view: CancelledView, words: LocaleWords) -> str:
    """Return the sentence: "Cancelled: usage by customer"."""
    question = literal(view.question, QUESTION_LIMIT)
    return f"{words.say('cancelled.title')}: {question}" if question else words.say("cancelled.title")
