"""What a language model made of a sentence, as far as it can be true. Pure.

A model may invent: a proposal is shown only if every name in it is in the sentence, and is the name of one thing that
this person can see. It is never carried out before the person has chosen it.
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.commands.clauses import names_of
from bot.commands.command import Command, Customers, Export, Name, NewDigest, Usage, Workloads
from bot.errors import UsageBotError
from bot.language.marking.worded_sentence import ENGLISH
from bot.language.sentence.command_sentence import sentence_of
from bot.names.name_folding import loose
from bot.names.name_index import NameIndex
from bot.usage.command_buttons import ask_button
from bot.usage.query_plan import Unresolved, plan
from bot.usage.stable_names import with_stable_names
from cards.views.answer_views import Suggestion

_SHORTEST = 3  # letters of a word that makes a name recognizable


def proposed_reading(command: Command, text: str, names: NameIndex, language: str = ENGLISH) -> Suggestion | None:
    """Return the button of a proposal for `text`; None if it cannot be true.

    Its sentence is in `language`.
    """
    checked = _checked(command, text, names)
    return None if checked is None else Suggestion(sentence_of(checked, language), ask_button(checked))


def _checked(command: Command, text: str, names: NameIndex) -> Command | None:
    match command:
        case Usage():
            return _question(command, text, names)
        case Export(question=question) | NewDigest(question=question):
            checked = _question(question, text, names)
            return None if checked is None else replace(command, question=checked)
        case Customers(search=search) if search is not None:
            return command if loose(search) in loose(text) else None
        case Customers() | Workloads():
            return command
    return None


def _question(question: Usage, text: str, names: NameIndex) -> Usage | None:
    if question == Usage() or question.expression is not None:  # nothing, or a filter that was not typed
        return None
    said = loose(text)
    if not all(_is_said(each.text, said) for each in _every_name(question)):
        return None
    typed = _without_ids(question)
    try:
        resolved = not isinstance(plan(typed, names), Unresolved)
        return with_stable_names(typed, names) if resolved else None
    except UsageBotError:  # such as a workload in a question about sold licenses
        return None


def _every_name(question: Usage) -> Iterator[Name]:
    for _, named in names_of(question):
        yield from named
    yield from (name for _, name in question.excluded)


def _is_said(name: str, said: str) -> bool:
    """Return True if the sentence has the name, or a word of it that is long enough."""
    folded = loose(name)
    words = [each for each in folded.split() if len(each) >= _SHORTEST]
    return folded in said or any(each in said.split() for each in words)


def _without_ids(question: Usage) -> Usage:
    """Return the question with names only: an id that was not typed is not believed."""

    def bare(named: tuple[Name, ...]) -> tuple[Name, ...]:
        return tuple(Name(each.text) for each in named)

    return replace(
        question,
        customers=bare(question.customers),
        subjects=bare(question.subjects),
        products=bare(question.products),
        channels=bare(question.channels),
        excluded=tuple((clause, Name(name.text)) for clause, name in question.excluded),
    )
