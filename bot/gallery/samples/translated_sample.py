"""The sentences of a sample as people type them in another language. Pure."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from bot.commands.command import Command
from bot.language.marking.worded_sentence import ENGLISH
from bot.language.sentence.command_sentence import sentence_of
from bot.usage.offline_sentence import printed_command
from cards.views.answer_views import ConfirmView, Suggestion, View
from cards.views.help_views import Example

_SOME_DAY = datetime(2018, 10, 15, tzinfo=UTC)
# Which texts are sentences: by class, else by name.
_SENTENCES = {ConfirmView: "what", Example: "text", Suggestion: "text"}


def translated(view: View, language: str) -> View:
    """Return the view with its sentences in `language`. All else stays."""
    made: View = view if language == ENGLISH else _translated(view, language)
    return made


def _translated(part: Any, language: str) -> Any:
    if isinstance(part, tuple):
        return tuple(_translated(each, language) for each in part)
    if not is_dataclass(part) or isinstance(part, type):
        return part
    sentence = _SENTENCES.get(type(part), "question")
    changed = {}
    for each in fields(part):
        value = getattr(part, each.name)
        if each.init and not isinstance(value, Mapping):
            said = isinstance(value, str) and each.name == sentence
            changed[each.name] = _said(value, language) if said else _translated(value, language)
    return replace(part, **changed)


@cache
def _said(sentence: str, language: str) -> str:
    """Return the sentence in the language; as it is if it is none, such as the name of a list."""
    command = printed_command(sentence, _SOME_DAY)
    return sentence_of(command, language) if isinstance(command, Command) else sentence
