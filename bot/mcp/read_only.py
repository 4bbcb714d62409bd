"""What a program may ask: nothing that changes something. Pure.

It is what a person could ask in chat. The table of verbs decides, so a new verb needs no line here.
"""

from typing import get_args

from bot.commands.command import ChooseLanguage, Command
from bot.commands.command_document import JsonObject, schema
from bot.commands.effects import changes_state
from bot.commands.verb_spec import VerbArgument, VerbNeeds, VerbSpec
from bot.commands.verbs import VERBS, verb_of
from bot.language.sentence.command_sentence import sentence_of
from cards.views.answer_views import ErrorView

# What follows a verb that makes a file, sets up a digest or acts on one.
_ACTING = frozenset({VerbArgument.FILE, VerbArgument.SCHEDULE, VerbArgument.NUMBER, VerbArgument.NEW_SCHEDULE})


def refusal(command: Command, locale: str) -> ErrorView | None:
    """Return why a program may not ask for `command`; None if it may.

    Files are refused: a program gets the rows. So is everything that is posted later.
    """
    verb = verb_of(command)
    if verb.argument is VerbArgument.FILE:
        return ErrorView("rows_not_files")
    if isinstance(command, ChooseLanguage) and command.code is None:  # it only shows which language is used
        return None
    if is_refused(verb) or changes_state(command):
        return ErrorView("read_only", {"question": sentence_of(command, locale)})
    return None


def is_refused(verb: VerbSpec) -> bool:
    """Return True if a program may not use the verb."""
    return verb.changes or verb.argument in _ACTING or verb.needs is VerbNeeds.CONVERSATION


def askable_schema() -> JsonObject:
    """Return the part of the published schema that has what a program may ask.

    It has the same definitions, and no other is needed.
    """
    whole = schema()
    refused = {verb.command for verb in VERBS if is_refused(verb)}
    kept = [kind.__name__ for kind in get_args(Command) if kind not in refused]
    definitions: JsonObject = {}
    _collect(kept, whole["$defs"], definitions)
    return {"oneOf": [{"$ref": f"#/$defs/{name}"} for name in kept], "$defs": definitions}


def _collect(names: list[str], every: JsonObject, found: JsonObject) -> None:
    for name in names:
        if name not in found:
            found[name] = every[name]
            _collect(_references(every[name]), every, found)


def _references(value: object) -> list[str]:
    if isinstance(value, list):
        return [name for each in value for name in _references(each)]
    if not isinstance(value, dict):
        return []
    own = [str(value["$ref"]).rpartition("/")[2]] if "$ref" in value else []
    return own + [name for each in value.values() for name in _references(each)]
