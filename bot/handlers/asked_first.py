"""What is asked about before it is done, and of whom. Pure."""

import re
from dataclasses import replace

from bot.commands.command import Command, ForgetMe
from bot.commands.effects import changes_state, erases
from bot.domain.conversation import Caller, Conversation
from bot.language.sentence.command_sentence import sentence_of
from bot.usage.addressed_buttons import is_shared
from bot.usage.command_buttons import PressedButton, ask_button, press_of
from cards.views.answer_views import ConfirmView, ErrorView, NotUnderstoodView, View

QUESTION_MARKS = ("?", "\uff1f", "\u061f", "\u037e")
# `stop digest - 3` and `stop digest #-3`: a minus, or a hyphen? Between two numbers it is a range.
_MINUS = re.compile(r"(?<!\w)(?<!\d\s)[-\u2010-\u2015\u2212]\s*#?\d")


def confirmed_first(
    command: Command, caller: Caller, here: Conversation | None, *, anothers: bool, typed: str
) -> View | None:
    """Return what is asked before `command`; None if nothing is.

    `anothers`: it was pressed on a card of another person. `typed` is the sentence, if it was typed.
    """
    if here is None or not changes_state(command):
        return None
    if isinstance(command, ForgetMe):
        return ErrorView("forget_me_privately") if is_shared(here) else _asked("forget_me", command, caller, here)
    if anothers:
        return _asked("other_person", command, caller, here)
    return _asked("doubt", command, caller, here) if erases(command) and _is_doubtful(typed) else None


def reading_only(view: View) -> View:
    """Return `view` without suggestions that change something.

    Any member could press them.
    """
    if not isinstance(view, NotUnderstoodView):
        return view
    pressed = ((each, press_of(each.ask)) for each in view.suggestions)
    kept = tuple(each for each, button in pressed if button and not _acts(button))
    proposed = None if view.proposal is None else press_of(view.proposal.ask)
    proposal = None if proposed is None or _acts(proposed) else view.proposal
    return replace(view, suggestions=kept, proposal=proposal)


def _acts(button: PressedButton) -> bool:
    return isinstance(button.asked, str) or changes_state(button.asked)


def _asked(reason: str, command: Command, caller: Caller, here: Conversation) -> ConfirmView:
    confirm = ask_button(command, replace=True, sure=True)
    return ConfirmView(reason, sentence_of(command, caller.locale), caller.name, confirm, here.kind.value)


def _is_doubtful(typed: str) -> bool:
    return typed.rstrip().endswith(QUESTION_MARKS) or _MINUS.search(typed) is not None
