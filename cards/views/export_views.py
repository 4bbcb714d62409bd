"""The content of the cards about files. Pure; imports nothing of bot."""

from dataclasses import dataclass
from datetime import date, time

from cards.views.button_payload import AskButton


@dataclass(frozen=True, slots=True)
class FileSummary:
    """What a file has in it.

    `form` is its kind, "csv" or "xlsx". `scope` are the names that were asked about, () for everything. `rows` counts
    its rows, `size` its bytes. `day` is the newest day of the figures, None if it is not known.
    """

    name: str
    form: str
    size: int
    rows: int
    scope: tuple[str, ...] = ()
    day: date | None = None


@dataclass(frozen=True, slots=True)
class FileOfferView:
    """A file that the reader may have put into their OneDrive. `ask` makes it again."""

    file: FileSummary
    ask: AskButton


@dataclass(frozen=True, slots=True)
class FileLinkView:
    """A file behind a link that works once, for one person.

    It works until `ends`, in the zone of that person.
    """

    file: FileSummary
    url: str
    ends: time


@dataclass(frozen=True, slots=True)
class FileSavedView:
    """A file that is in the reader's OneDrive now.

    `url` leads to it, "" if Teams did not name it.
    """

    name: str
    form: str
    url: str = ""
    unique_id: str = ""


@dataclass(frozen=True, slots=True)
class FileNoteView:
    """A line about a file. `note` is a key of `cards.answers.file_card.NOTES`."""

    note: str
