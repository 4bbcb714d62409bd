"""What was understood of a sentence. Pure data."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.commands.meaning import Meaning
from bot.domain.licensing import Entry
from bot.language.composing.reason import Reason


class ReadingOutcome(StrEnum):
    """What the bot does with a sentence."""

    ANSWER = "answer"
    ASK = "ask"
    REFUSE = "refuse"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class ReadSpan:
    """A part of the typed text at the 0-based offset `at`, and what it was considered.

    "" if it was not understood.
    """

    text: str
    at: int
    taken_for: str = ""


@dataclass(frozen=True, slots=True)
class SpellingCorrection:
    """A word or name that was misspelt, and what it was considered."""

    typed: str
    taken: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence means, and what is to be done with it.

    `reason` and `what` say why it is not answered. `choices` are the meanings to choose from, the best first.
    `continues`: further rows of the question that was answered last are asked for. `freed` is the same without the
    limits that only the question before names; None if there are none.
    """

    outcome: ReadingOutcome
    meaning: Meaning | None = None
    reason: Reason | None = None
    what: str = ""
    choices: tuple[Meaning, ...] = ()
    understood: tuple[ReadSpan, ...] = ()
    not_understood: tuple[ReadSpan, ...] = ()
    corrected: tuple[SpellingCorrection, ...] = ()
    nearest: tuple[Entry, ...] = field(default=())
    continues: bool = False
    freed: Meaning | None = None
