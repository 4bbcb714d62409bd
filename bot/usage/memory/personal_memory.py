"""What the bot keeps of each person from one sentence to the next."""

from dataclasses import dataclass, field
from typing import Protocol

from bot.domain.conversation import Caller
from bot.usage.memory.chosen_languages import ChosenLanguages, RememberedLanguages
from bot.usage.memory.followed_customers import FollowedCustomers, RememberedFollowed
from bot.usage.memory.last_questions import LastQuestions, RememberedQuestions
from bot.usage.memory.missed_sentences import MissedSentences, NoMissedSentences
from bot.usage.memory.seen_figures import NoSeenFigures, SeenFigures
from bot.usage.memory.standing_exclusions import RememberedExclusions, StandingExclusions


class Promised(Protocol):
    """The questions that the bot has promised to answer."""

    async def forget(self, caller: Caller) -> None:
        """Erase those of this person. Raises StoreError."""
        ...


class NothingPromised:
    """For a bot without a database."""

    async def forget(self, caller: Caller) -> None:
        """There is nothing to erase."""


@dataclass(frozen=True, slots=True)
class PersonalMemory:
    """The last questions of people, their missed sentences and languages.

    The customers that they follow, what they leave out, what was promised to them, and the figures that they have seen.
    Everything here is erased by `forget me`.
    """

    questions: LastQuestions = field(default_factory=RememberedQuestions)
    misses: MissedSentences = field(default_factory=NoMissedSentences)
    languages: ChosenLanguages = field(default_factory=RememberedLanguages)
    promised: Promised = field(default_factory=NothingPromised)
    figures: SeenFigures = field(default_factory=NoSeenFigures)
    followed: FollowedCustomers = field(default_factory=RememberedFollowed)
    exclusions: StandingExclusions = field(default_factory=RememberedExclusions)

    async def forget(self, caller: Caller) -> None:
        """Erase what is kept of this person. Raises StoreError."""
        await self.questions.forget(caller)
        await self.misses.forget(caller)
        await self.languages.forget(caller)
        await self.promised.forget(caller)
        await self.figures.forget(caller)
        await self.followed.forget(caller)
        await self.exclusions.forget(caller)
