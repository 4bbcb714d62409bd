"""The command menu of the bot's compose box in Teams, made from the verbs. Pure.

Limits (schema 1.12; later ones only widen them): ten commands, titles of 32 and descriptions of 128 characters.
https://learn.microsoft.com/en-us/microsoftteams/platform/resources/schema/manifest-schema#botscommandlists
"""

import re
from collections.abc import Iterable

from bot.commands.verbs import VerbSpec
from cards.wording.locale_words import LocaleWords

MOST_COMMANDS = 10
LONGEST_TITLE = 32
LONGEST_DESCRIPTION = 128

OPTIONAL = re.compile(r"\[[^\]]*\]")


def command_list(verbs: Iterable[VerbSpec], words: LocaleWords) -> list[dict[str, str]]:
    """Return `[{"title", "description"}]`, one for each verb, in the order of `verbs`.

    Teams puts the title into the message unchanged, so every title is a sentence that the bot understands. The title of
    a verb whose arguments are all optional is its name, and the user types the arguments after it. Otherwise it is the
    first example that fits. A verb with neither is listed by `help` only, as is a verb that is marked as not in the
    menu.
    """
    titles = ((verb, _title(verb)) for verb in verbs if verb.menu)
    commands = [{"title": title, "description": _description(verb, words)} for verb, title in titles if title]
    return commands[:MOST_COMMANDS]


def _title(verb: VerbSpec) -> str | None:
    if OPTIONAL.sub("", verb.forms).strip() == verb.name:
        return verb.name
    return next((example.text for example in verb.examples if len(example.text) <= LONGEST_TITLE), None)


def _description(verb: VerbSpec, words: LocaleWords) -> str:
    key = f"help.topic.{verb.name}"
    text = words.say(key) if words.has(key) else verb.forms
    return text if len(text) <= LONGEST_DESCRIPTION else text[: LONGEST_DESCRIPTION - 1].rstrip() + "…"
