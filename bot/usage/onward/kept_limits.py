"""The limits that a question has from the question before it.

`and on Teams?` after `customers below 50%` is about those below 50%. The reader did not say so this time, so the card
does, and a button asks without them. Pure.
"""

from dataclasses import replace

from bot.commands.command import Usage
from bot.language.reading.command_of import command_of
from bot.language.reading.reading import Reading
from bot.usage.command_buttons import ask_button
from bot.usage.question_scope import limits_of
from cards.views.answer_views import ErrorView, UsageView, View
from cards.views.way_views import Way


def freed_in(reading: Reading) -> Usage | None:
    """Return the question without the limits of the one before.

    None if it has none of them.
    """
    made = None if reading.freed is None else command_of(reading.freed)
    return made if isinstance(made, Usage) else None


def with_kept_limits(view: View, command: object, freed: Usage | None) -> View:
    """Return the view that says which limits come from the question before.

    `freed` is `command` without them; a button asks it.
    """
    if freed is None or not isinstance(command, Usage) or not isinstance(view, UsageView | ErrorView):
        return view
    kept = tuple(each for each in limits_of(command) if each not in limits_of(freed))
    if not kept:
        return view
    button = ask_button(freed)
    if isinstance(view, UsageView):
        return replace(view, kept=kept, freed=button)
    if not view.limits:  # another reason than the limits
        return view
    others = tuple(each for each in view.ways if each.action != button)
    return replace(view, kept=kept, ways=(Way("way.no_kept", button), *others))
