"""Sentences that were asked back or refused.

They are counted, and kept if the administrator wants that.

They show what the reader has to learn. What is kept has no names in it, see
`bot.language.reading.nameless.nameless_sentence`.
"""

from typing import Protocol

from bot.commands.command import ChangeDigest, Command, HandleDigest
from bot.domain.conversation import Caller
from bot.language.composing.reason import Reason
from bot.language.reading.reading import Reading, ReadingOutcome
from cards.views.answer_views import NotUnderstoodView, View


class MissedSentences(Protocol):
    """What happens with missed sentences.

    `keeps` is True if their texts are kept.
    """

    keeps: bool

    def count(self, kind: str, language: str) -> None:
        """Count a sentence by why it was not answered, and its language."""
        ...

    async def keep(self, caller: Caller, kind: str, language: str, text: str) -> None:
        """Keep its text, which has no names any more. Never raises."""
        ...

    async def forget(self, caller: Caller) -> None:
        """Erase every text of this person. Raises StoreError."""
        ...


class NoMissedSentences:
    """Counts and keeps none."""

    keeps = False

    def count(self, kind: str, language: str) -> None:
        """Do nothing."""

    async def keep(self, caller: Caller, kind: str, language: str, text: str) -> None:
        """Do nothing."""

    async def forget(self, caller: Caller) -> None:
        """Do nothing."""


def missed(reading: Reading, found: Command | View) -> str | None:
    """Return why a sentence was asked back or refused, as `Reason.kind`.

    None for one that is carried out, for a greeting, and if a guess is only confirmed. `found` is what it led to.
    """
    if isinstance(found, NotUnderstoodView) and reading.outcome is ReadingOutcome.ANSWER:
        # Understood, but not possible: a problem is called by its reason and what it is about.
        reason = found.problem.partition(".")[0]
        return next((each.kind for each in Reason if each.value == reason), None)
    # The store may know which digest "it" is.
    if reading.outcome in (ReadingOutcome.ANSWER, ReadingOutcome.HELP) or isinstance(
        found, HandleDigest | ChangeDigest
    ):
        return None
    return (reading.reason or Reason.NOT_UNDERSTOOD).kind
