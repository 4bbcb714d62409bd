"""The list of customers that a person follows. Pure."""

from dataclasses import dataclass

from cards.views.button_payload import AskButton, FillButton

MOST_ON_CARD = 20


@dataclass(frozen=True, slots=True)
class OwnCustomerView:
    """A customer of the list.

    `ask` asks about it, None if the person can no longer see it; `drop` takes it from the list.
    """

    name: str
    ask: AskButton | None
    drop: AskButton


@dataclass(frozen=True, slots=True)
class OwnListView:
    """The list of a person, or why a question about it has no answer.

    `state` is a key of `cards.personal.own_list_card.STATES`; `changed` names what was added or removed. `customers`
    are the first of `total`. `usage` asks for their figures, `other` adds a customer whose name the person types.
    `every` asks the same question about all customers, `ignored` what is left out of every answer.
    """

    state: str
    changed: tuple[str, ...] = ()
    customers: tuple[OwnCustomerView, ...] = ()
    total: int = 0
    usage: AskButton | None = None
    other: FillButton | None = None
    every: AskButton | None = None
    ignored: AskButton | None = None
