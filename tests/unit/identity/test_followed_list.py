"""How the list of customers that a person follows changes."""

from bot.domain.licensing import Dimension, Entry
from bot.identity.followed_list import MOST_FOLLOWED, changed_list


def customer(number: int, name: str = "") -> Entry:
    return Entry(Dimension.CUSTOMER, f"id-{number}", name or f"customer {number}")


def test_customer_is_listed_once_with_its_newest_name() -> None:
    assert changed_list([customer(1)], [customer(1, "new name"), customer(2)], ()) == (
        customer(1, "new name"),
        customer(2),
    )


def test_customer_is_removed_whatever_it_is_called() -> None:
    assert changed_list([customer(1), customer(2)], (), [customer(1, "other")]) == (customer(2),)


def test_full_list_takes_no_more() -> None:
    full = [customer(number) for number in range(MOST_FOLLOWED)]
    assert changed_list(full, [customer(MOST_FOLLOWED), customer(0, "renamed")], ()) == (
        customer(0, "renamed"),
        *full[1:],
    )
