"""What there is to know about a verb. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from bot.commands.command import Command
from bot.domain.licensing import Dimension


class VerbNeeds(IntEnum):
    """What a verb needs before it is answered.

    Each level includes the levels before it.
    """

    NOTHING = 0  # no service is called, so it works without a sign-in
    SIGN_IN = 1
    NAMES = 2  # the names that the caller can see
    CONVERSATION = 3  # the conversation in which it was asked: the bot posts there later


class VerbArgument(IntEnum):
    """What follows a verb.

    Suggestions for a sentence without a verb are in this order.
    """

    QUESTION = 0
    SEARCH = 1  # part of a name, or nothing
    LIST = 2  # nothing
    SCHEDULE = 3  # a schedule and a question
    TOPIC = 4  # another verb, or nothing
    GREETING = 5  # courtesies
    NOTHING = 6  # the verb must be the whole sentence
    NUMBER = 7  # of a digest
    NEW_SCHEDULE = 8  # the number of a digest, and a schedule
    LANGUAGE = 9  # the code of a language, or nothing
    FILE = 10  # the kind of a file, or nothing, and a question
    NAMED = 11  # names of customers
    LEFT_OUT = 12  # names of customers, trials


@dataclass(frozen=True, slots=True)
class VerbExample:
    """A sentence that is understood, and the locale key of its description.

    `offered`: a button may suggest it. False if it names something that the reader may not have.
    """

    text: str
    words_key: str
    offered: bool = True


@dataclass(frozen=True, slots=True)
class VerbSpec:
    """A row of the table: everything about a verb except its handler.

    `role`: the role of its phrases. `forms`: how it is typed, for the menu if cards/locales has no text for the verb.
    `examples`: sentences to try, the best first. `menu`: it is also in the menu of Teams, which holds ten entries.
    `changes`: it changes something at once, so suggestions leave it out in case the user did not mean it. `variants`:
    further roles whose phrases begin it. `lists`: the dimension that it lists; with clauses after it, it is a usage
    question by that dimension. `topic`: the help topic that shows its examples, "" for its own.
    """

    name: str
    command: type[Command]
    role: str
    forms: str
    examples: tuple[VerbExample, ...]
    menu: bool
    needs: VerbNeeds
    changes: bool = False
    argument: VerbArgument = VerbArgument.NOTHING
    variants: tuple[str, ...] = ()
    lists: Dimension | None = None
    topic: str = ""

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role whose phrases begin the verb."""
        return (self.role, *self.variants)

    def made(self, *arguments: object) -> Command:
        """Make the command with these arguments."""
        make: Callable[..., Command] = self.command
        return make(*arguments)

    @property
    def help_topic(self) -> str:
        """The name of the help topic that shows it."""
        return self.topic or self.name
