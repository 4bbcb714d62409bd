"""The card that is shown until the answer replaces it. Pure."""

from cards.elements import Element
from cards.parts.card_frame import Rendered, frame, heading, line, note
from cards.parts.literal_text import literal
from cards.parts.share_text import bar_of
from cards.views.answer_views import ProgressView
from cards.wording.locale_words import LocaleWords

QUESTION_LIMIT = 200


def working(view: ProgressView, words: LocaleWords) -> Rendered:
    """Draw how many pages of the answer were fetched."""
    body: list[Element] = [heading(words.say("working.title"), size="medium")]
    if question := literal(view.question, QUESTION_LIMIT):
        body.append(line(question, spacing="small"))
    body += _progress(view)
    body.append(note(progress(view, words), spacing="small"))
    return frame(body, words, summary(view, words))


def summary(view: ProgressView, words: LocaleWords) -> str:
    """Return title and progress: "Working on it … 3 of 10 pages fetched"."""
    return f"{words.say('working.title')} {progress(view, words)}"


def progress(view: ProgressView, words: LocaleWords) -> str:
    """Return the number of pages fetched, and of all pages if that is known."""
    if view.pages <= 0:
        return words.say("working.first")
    if view.total is None or view.total < view.pages:
        return words.say("working.pages", count=view.pages)
    return words.say("working.pages.of", pages=view.pages, count=view.total)


def _progress(view: ProgressView) -> list[Element]:
    if view.total is None or not 0 < view.pages <= view.total:
        return []
    return [line(bar_of(100 * view.pages // view.total), spacing="small")]
