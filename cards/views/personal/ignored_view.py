"""What is left out of every answer. Pure."""

from dataclasses import dataclass

from cards.views.button_payload import AskButton, FillButton


@dataclass(frozen=True, slots=True)
class IgnoredItem:
    """A customer that is left out, or trials if it has no name.

    `digests`: of digests only. `show` takes it back.
    """

    name: str
    show: AskButton
    digests: bool = False


@dataclass(frozen=True, slots=True)
class IgnoredView:
    """What is left out, after a change of it.

    `state` is a key of `cards.personal.ignored_card.STATES`; `changed` names the customers that it is about, `trials`:
    it is about trials, too. `items` are of the `total`; `unseen` others are customers that the reader cannot see, and
    so are `changed_unseen` of those that it is about. `shared`: it is so for everybody in this conversation. `usage`
    asks about what is not left out, `other` leaves out a customer whose name the person types.
    """

    state: str
    changed: tuple[str, ...] = ()
    trials: bool = False
    items: tuple[IgnoredItem, ...] = ()
    total: int = 0
    shared: bool = False
    usage: AskButton | None = None
    other: FillButton | None = None
    unseen: int = 0
    changed_unseen: int = 0
