"""The tokens in memory, each with the sign-in that it came from.

Depends on no store and no clock.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from cachetools import LRUCache

from bot.identity.tokens.token_cache import Person

# Is called with a person, and whether they have signed in again.
Ended = Callable[[Person, bool], None]

PEOPLE = 50_000  # a token in memory has about 3 kB


@dataclass(slots=True)
class HeldToken:
    """A token, valid `until`. Times are in Unix seconds.

    `version` is that of the record that it came from, which was there unchanged when it was last `checked`.
    """

    token: str = field(repr=False)
    until: float
    version: int
    checked: float


class HeldTokens:
    """The token of each person, and since when they are signed in.

    `ended` are called with a person whose sign-in is over, or is another one than the last that was seen here (then
    with True): what else is in memory of them has to go.
    """

    def __init__(self) -> None:
        self._tokens: LRUCache[Person, HeldToken] = LRUCache(PEOPLE)
        self._since: LRUCache[Person, float] = LRUCache(PEOPLE)
        self.ended: list[Ended] = []

    def __len__(self) -> int:
        return len(self._tokens)

    def get(self, person: Person) -> HeldToken | None:
        """Return the token of this person; None if there is none."""
        return self._tokens.get(person)

    def hold(self, person: Person, held: HeldToken) -> None:
        """Hold a token in place of any other of this person."""
        self._tokens[person] = held

    def drop(self, person: Person, held: HeldToken | None = None) -> None:
        """Drop the token of this person; with `held` only if it is that one."""
        if held is None or self._tokens.get(person) is held:
            self._tokens.pop(person, None)

    def saw(self, person: Person, since: float | None) -> None:
        """Record that the store has a sign-in of this moment, None: that it has none."""
        before = self._since.pop(person, None)
        if since is not None:
            self._since[person] = since
        if before is not None and before != since:
            for end in self.ended:
                end(person, since is not None)

    def left(self, person: Person, since: float) -> None:
        """Record that the sign-in of this moment has ended.

        One that is known to be newer stays.
        """
        if self._since.get(person, since) <= since:
            self.drop(person)
            self.saw(person, None)

    def doubt(self) -> None:
        """Have every token checked before it is used again: news may have been missed."""
        for person in list(self._tokens):
            self._tokens[person].checked = 0.0

    def clear(self) -> None:
        """Drop all tokens."""
        self._tokens.clear()
