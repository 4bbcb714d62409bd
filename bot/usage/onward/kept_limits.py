"""The limits that a question has from the question before it.

`and on Teams?` after `customers below 50%` is about those below 50%. The reader did not say so this time, so the card
does, and a button asks without them. Pure.
"""

from dataclasses import replace

from bot.commands.command import NewDigest, Usage
from bot.language.reading.command_of import command_of
from bot.language.reading.reading import Reading
from bot.usage.command_buttons import ask_button
from bot.usage.question_scope import limits_of
from cards.views.answer_views import ErrorView, UsageView, View
from cards.views.digest_form_views import DigestFormView
from cards.views.digest_views import DigestSetView
from cards.views.way_views import Way


def freed_in(reading: Reading) -> Usage | None:
    """Return the question without the limits of the one before.

    None if it has none of them.
    """
    made = None if reading.freed is None else command_of(reading.freed)
    return made.question if isinstance(made, NewDigest) else made if isinstance(made, Usage) else None


def with_kept_limits(view: View, command: object, freed: Usage | None) -> View:
    """Return the view that says which limits come from the question before.

    `freed` is the question of `command` without them; a button of its answer asks it.
    """
    asked = command.question if isinstance(command, NewDigest) else command
    if freed is None or not isinstance(asked, Usage):
        return view
    kept = tuple(each for each in limits_of(asked) if each not in limits_of(freed))
    if isinstance(view, DigestSetView | DigestFormView):
        return replace(view, kept=kept)
    if not kept or not isinstance(view, UsageView | ErrorView) or isinstance(command, NewDigest):
        return view
    button = ask_button(freed)
    if isinstance(view, UsageView):
        return replace(view, kept=kept, freed=button)
    if not view.limits:  # another reason than the limits
        return view
    others = tuple(each for each in view.ways if each.action != button)
    return replace(view, kept=kept, ways=(Way("way.no_kept", button), *others))
