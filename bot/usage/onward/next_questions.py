"""The questions that the buttons below an answer ask next. Pure."""

from dataclasses import replace

from bot.commands.command import Usage
from bot.domain.compared_days import Comparison
from bot.usage.command_buttons import ask_button
from cards.views.button_payload import AskButton

# With figures of so many days ago: long enough for something to have changed, and short enough to be remembered.
DAYS_BEFORE = 30


def whole_of(command: Usage) -> AskButton | None:
    """Return the button that asks about all workloads of the one customer.

    None if there is not one, or if they were asked for.
    """
    if len(command.customers) != 1 or not (command.subjects or command.products):
        return None
    return ask_button(Usage(customers=command.customers, as_of=command.as_of))


def compared_with_before(command: Usage) -> AskButton | None:
    """Return the button that compares the same figures with earlier ones.

    None if they are compared already.
    """
    if command.versus is not None or command.period is not None:
        return None
    if command.as_of is not None:
        day = command.as_of.fromordinal(max(command.as_of.toordinal() - DAYS_BEFORE, 1))
        return ask_button(replace(command, versus=Comparison(day)))
    return ask_button(replace(command, versus=Comparison(days=DAYS_BEFORE)))
