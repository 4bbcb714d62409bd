"""What a user can do with a list of customers of their own, as data. Pure."""

from dataclasses import dataclass

from bot.commands.typed_name import Name


@dataclass(frozen=True, slots=True)
class Follow:
    """`follow Contoso and Fabrikam`: add customers to the list of the caller.

    Raises ValueError without one.
    """

    customers: tuple[Name, ...]

    def __post_init__(self) -> None:
        _check(self.customers)


@dataclass(frozen=True, slots=True)
class Unfollow:
    """`unfollow Contoso`: remove customers from the list of the caller.

    Raises ValueError without one.
    """

    customers: tuple[Name, ...]

    def __post_init__(self) -> None:
        _check(self.customers)


@dataclass(frozen=True, slots=True)
class MyCustomers:
    """`my customers`: the customers that the caller follows."""


def _check(customers: tuple[Name, ...]) -> None:
    if not customers:
        raise ValueError("no customer")
