"""The command menu of the bot's compose box in Teams, made from the verbs. Pure.

Limits (schema 1.12; later ones only widen them): ten commands, titles of 32 and descriptions of 128 characters.
https://learn.microsoft.com/en-us/microsoftteams/platform/resources/schema/manifest-schema#botscommandlists
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.commands.verb_spec import VerbSpec
from cards.wording.locale_words import LocaleWords

MOST_COMMANDS = 10
LONGEST_TITLE = 32
LONGEST_DESCRIPTION = 128

OPTIONAL = re.compile(r"\[[^\]]*\]")


def menu_verbs(verbs: Iterable[VerbSpec]) -> list[VerbSpec]:
    """Return the verbs of the menu, in the order of `verbs`."""
    return [verb for verb in verbs if verb.menu and _title(verb)][:MOST_COMMANDS]


def with_prompts(
    commands: Sequence[Mapping[str, str]], verbs: Sequence[VerbSpec], texts: Mapping[str, str]
) -> list[dict[str, str]]:
    """Return the commands of `verbs`; one with a question in `texts` is a prompt.

    Where Teams shows prompts, it sends that question; elsewhere the title.
    """
    questions = [texts.get(f"{verb.name}.prompt") for verb in verbs]
    return [
        {**command, "type": "prompt", "prompt": question} if question else dict(command)
        for command, question in zip(commands, questions, strict=True)
    ]


def command_list(verbs: Iterable[VerbSpec], words: LocaleWords) -> list[dict[str, str]]:
    """Return `[{"title", "description"}]`, one for each verb of the menu.

    Teams puts the title into the message unchanged, so every title is a sentence that the bot understands. The title of
    a verb whose arguments are all optional is its name, and the user types the arguments after it. Otherwise it is the
    first example that fits. A verb with neither is listed by `help` only, as is a verb that is marked as not in the
    menu.
    """
    return [{"title": _title(verb) or "", "description": _description(verb, words)} for verb in menu_verbs(verbs)]


def _title(verb: VerbSpec) -> str | None:
    if OPTIONAL.sub("", verb.forms).strip() == verb.name:
        return verb.name
    return next((example.text for example in verb.examples if len(example.text) <= LONGEST_TITLE), None)


def _description(verb: VerbSpec, words: LocaleWords) -> str:
    key = f"help.topic.{verb.name}"
    text = words.say(key) if words.has(key) else verb.forms
    return text if len(text) <= LONGEST_DESCRIPTION else text[: LONGEST_DESCRIPTION - 1].rstrip() + "…"
