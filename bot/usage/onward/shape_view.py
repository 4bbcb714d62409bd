"""The shapes that a card offers for a list. Pure."""

from bot.commands.command import Usage
from bot.commands.command_document import write_object
from bot.commands.list_shape import ONLY, ORDERS, groups_of, shape_of
from bot.usage.query_plan import QueryPlan
from bot.usage.question_scope import narrowed, scope_names
from cards.views.button_payload import MoreButton, ShapeButton, ViewButton
from cards.views.usage_views import ShapeView


def shape_view(command: Usage, plan: QueryPlan, back: MoreButton) -> ShapeView:
    """Return the choices, each as it is now; `back` leads to the list."""
    group, order, only = shape_of(command, plan.by)
    return ShapeView(
        scope_names(plan),
        narrowed(command, plan),
        groups_of(command),
        group,
        tuple(ORDERS),
        order,
        tuple(ONLY),
        only,
        ShapeButton(write_object(command), up=back.up),
        back,
        seats=command.seats is not None,
    )


def reshape_button(command: Usage, rows: int, start: int) -> ViewButton:
    """Return the button that offers other shapes of a list.

    The rows up to `rows` are shown, and those from `start` are new.
    """
    return ViewButton(write_object(command), rows, start)
