"""What a user can do with lists of their own, as data. Pure."""

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


@dataclass(frozen=True, slots=True)
class Ignore:
    """`ignore Contoso`, `never show trials`: leave these out of every answer.

    They are left out until they are taken back.
    `digests`: leave them out of digests only. Raises ValueError if nothing is named.
    """

    customers: tuple[Name, ...] = ()
    trials: bool = False
    digests: bool = False

    def __post_init__(self) -> None:
        _check(self.customers or self.trials)


@dataclass(frozen=True, slots=True)
class ShowAgain:
    """`show Contoso again`: take back what is left out.

    Raises ValueError if nothing is named.
    """

    customers: tuple[Name, ...] = ()
    trials: bool = False

    def __post_init__(self) -> None:
        _check(self.customers or self.trials)


@dataclass(frozen=True, slots=True)
class IgnoredList:
    """`what do you ignore?`: what is left out of every answer here."""


def _check(named: object) -> None:
    if not named:
        raise ValueError("nothing is named")


# What changes a list.
PersonalChange = Follow | Unfollow | Ignore | ShowAgain
