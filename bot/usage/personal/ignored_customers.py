"""What leads on from an answer of which something is left out. Pure."""

from collections.abc import Sequence

from bot.commands.command import IgnoredList, Name, ShowAgain
from bot.domain.licensing import Entry
from bot.usage.command_buttons import ask_button
from bot.usage.query_plan import QueryPlan
from cards.views.button_payload import AskButton
from cards.views.personal.own_list_view import OwnListView


def name_of(entry: Entry) -> Name:
    """Return the customer as a command names it."""
    return Name(entry.label, id=entry.id)


def all_ignored(customers: Sequence[Entry]) -> OwnListView:
    """Return why a question about "my customers" has no answer.

    All of them are left out.
    """
    names = tuple(each.label for each in customers)
    return OwnListView("ignored", names, total=len(customers), ignored=ask_button(IgnoredList()))


def shown_again(plan: QueryPlan) -> AskButton | None:
    """Return the button that takes back what is left out of an answer.

    Of several things it shows the list, on which each has a button.
    """
    left_out = plan.left_out
    if left_out is None:
        return None
    trials = not left_out.trials and left_out.rows > 0
    if left_out.unnamed or len(left_out.customers) + trials > 1:
        return ask_button(IgnoredList())
    if trials:
        return ask_button(ShowAgain(trials=True))
    return ask_button(ShowAgain(tuple(map(name_of, left_out.customers)))) if left_out.customers else None
