"""The cards about files: offered, behind a link, saved. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from cards.elements import ActionSet, Element, OpenUrl
from cards.parts.card_frame import Rendered, frame, heading, line, note
from cards.parts.literal_text import literal
from cards.views.export_views import FileLinkView, FileNoteView, FileOfferView, FileSavedView, FileSummary
from cards.wording.locale_words import LocaleWords

SCOPE_LIMIT = 200  # characters
KILOBYTE = 1_024
FORMS: Mapping[str, str] = MappingProxyType({"csv": "export.form.csv", "xlsx": "export.form.xlsx"})
# For each line about a file: its heading and its text.
NOTES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "declined": ("export.declined.title", "export.declined"),
    }
)


def link(view: FileLinkView, words: LocaleWords) -> Rendered:
    """Draw who sees it, what is in the file, and the link with its end."""
    body: list[Element] = [
        note(words.say("export.only_you")),
        heading(words.say("export.ready", form=_form(view.file.form, words)), spacing="none"),
        line(content(view.file, words), spacing="small"),
        note(_size_and_end(view, words), spacing="small"),
    ]
    # The link is the bot's own. A URL is ASCII (RFC 3986, section 2), and a control character would end it early.
    if view.url.startswith(("https://", "http://")) and view.url.isascii() and view.url.isprintable():
        body.append(ActionSet(actions=[OpenUrl(title=words.say("export.download"), url=view.url)], spacing="small"))
    body.append(note(words.say("export.link.sign_in"), spacing="medium"))
    return frame(body, words, link_summary(view, words))


def link_summary(view: FileLinkView, words: LocaleWords) -> str:
    """Return the card as one text.

    The link is not in it, because other people may see a toast.
    """
    ready = words.say("export.ready", form=_form(view.file.form, words))
    return f"{words.say('export.only_you')}. {ready}. {content(view.file, words)} {_size_and_end(view, words)}"


def link_lines(view: FileLinkView, words: LocaleWords) -> list[str]:
    """Return the link, for the text without a card."""
    return [view.url, words.say("export.link.sign_in")]


def offer(view: FileOfferView, words: LocaleWords) -> Rendered:
    """Draw what Teams shows as its own card with the buttons "Allow" and "Decline"."""
    body: list[Element] = [
        heading(words.say("export.ready", form=_form(view.file.form, words))),
        line(offer_summary(view, words), spacing="small"),
    ]
    return frame(body, words, offer_summary(view, words))


def offer_summary(view: FileOfferView, words: LocaleWords) -> str:
    """Return what is in the file, and where it is put."""
    return f"{content(view.file, words)} {words.say('export.offer')}"


def offer_lines(view: FileOfferView, words: LocaleWords) -> list[str]:  # noqa: ARG001  # as the others
    """Return what to do if Teams showed no buttons."""
    return [words.say("export.offer.refused")]


def saved(view: FileSavedView, words: LocaleWords) -> Rendered:
    """Draw that the file is saved, and a link to it."""
    body: list[Element] = [heading(words.say("export.saved.title")), line(saved_summary(view, words), spacing="small")]
    if view.url:
        body.append(ActionSet(actions=[OpenUrl(title=words.say("export.open"), url=view.url)], spacing="small"))
    return frame(body, words, saved_summary(view, words))


def saved_summary(view: FileSavedView, words: LocaleWords) -> str:
    """Return which file is where."""
    return words.say("export.saved", name=literal(view.name))


def about(view: FileNoteView, words: LocaleWords) -> Rendered:
    """Draw a line about a file."""
    body: list[Element] = [
        heading(words.say(NOTES[view.note][0])),
        line(words.say(NOTES[view.note][1]), spacing="small"),
    ]
    return frame(body, words, about_summary(view, words))


def about_summary(view: FileNoteView, words: LocaleWords) -> str:
    """Return the line."""
    return words.say(NOTES[view.note][1])


def content(file: FileSummary, words: LocaleWords) -> str:
    """Return "Exchange: 214 rows, as of October 28, 2018."."""
    scope = literal(", ".join(file.scope), SCOPE_LIMIT) or words.say("usage.everything")
    if file.day is None:
        return words.say("export.content", scope=scope, count=file.rows)
    return words.say("export.content.dated", scope=scope, count=file.rows, day=words.date(file.day))


def _size_and_end(view: FileLinkView, words: LocaleWords) -> str:
    size = max(1, round(view.file.size / KILOBYTE))
    return words.say("export.link.ends", size=size, time=words.time(view.ends))


def _form(form: str, words: LocaleWords) -> str:
    return words.say(FORMS.get(form, FORMS["xlsx"]))
