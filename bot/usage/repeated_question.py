"""A question that is asked again as it was typed.

The names of the person could not be loaded, so what was typed could not be read as a command. Pure.
"""

from dataclasses import replace

from bot.commands.command import (
    ChooseLanguage,
    Command,
    Customers,
    Export,
    Hello,
    Help,
    ListDigests,
    NewDigest,
    Usage,
    WhoAmI,
    Workloads,
)
from bot.commands.meaning import Act
from bot.language.marking.worded_sentence import ENGLISH
from bot.language.reading.reading import Reading
from bot.language.sentence.command_sentence import sentence_of
from bot.usage.command_buttons import ask_button
from bot.usage.error_view import PASSING
from cards.views.answer_views import ErrorView, NotUnderstoodView, SignInView, Suggestion
from cards.views.button_payload import RepeatButton, pack, unpack

# A digest, an order or an account is typed again: a button must not change anything.
_QUESTIONS = frozenset({Act.USAGE, Act.COMPARE, Act.TREND, Act.RENEWALS, Act.LIST, Act.EXPORT})
_SHOWING = (Usage, Export, Customers, Workloads, ListDigests, Help, Hello, WhoAmI)


def with_question(view: ErrorView, reading: Reading, typed: str) -> ErrorView:
    """Return the error with what was typed.

    It is answered after a sign-in, else offered again if that may help. `reading` is that without names.
    """
    if isinstance(view, SignInView):
        return replace(view, question=typed)
    if view.problem not in PASSING or reading.meaning is None or reading.meaning.act not in _QUESTIONS:
        return view
    button = RepeatButton(typed)
    return replace(view, again=button) if unpack(pack(button)) == button else view


def repeated(command: Command, language: str = ENGLISH) -> Command | NotUnderstoodView:
    """Return what a repeated question carries out.

    With the names, or after another question, the text may mean something that changes a thing: that is offered only,
    in `language`.
    """
    asks_when = isinstance(command, NewDigest) and command.schedule is None
    asks_which = isinstance(command, ChooseLanguage) and command.code is None
    if isinstance(command, _SHOWING) or asks_when or asks_which:
        return command
    sentence = sentence_of(command, language)
    return NotUnderstoodView("", "not_repeated", 0, sentence, (Suggestion(sentence, ask_button(command)),))
