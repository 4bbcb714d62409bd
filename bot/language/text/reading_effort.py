"""How much work the reading of a sentence may take, in steps. Pure.

The same sentence takes the same steps on every machine. A person who types hundreds of words that all may mean much is
asked for a shorter question.
"""

from enum import IntEnum

from bot.errors import TooManyStepsError

MOST_STEPS = 100_000  # people's sentences take about 800
STEPS_AT_ONCE = 2_000  # more are taken beside the event loop


class Work(IntEnum):
    """The kinds of work, and the steps of each. A step takes about a microsecond."""

    LETTER = 1  # a byte of the text, its letters taken apart
    MOMENT = 2  # a word that may continue a phrase about time
    WAY = 4  # a mark behind another one
    MARK = 7  # a mark of a cover from which a meaning is composed
    PIECE = 10  # a piece that is looked up in the words of one language
    GUESS = 80  # an unknown piece that is compared with words like it
    SPAN = 3  # two dozen letters of a part that may be a name
    NAME = 25  # a part with which a name begins
    NEAR = 100  # a part that may be a misspelt name


class ReadingEffort:
    """Counts the steps of one reading, and ends it if there are too many."""

    def __init__(self, most: int = MOST_STEPS) -> None:
        self._most = most
        self.spent = 0

    def spend(self, work: Work, times: int = 1) -> None:
        """Count work before it is done. Raises TooManyStepsError."""
        self.spent += work * times
        if self.spent > self._most:
            raise TooManyStepsError
