"""The menu that Teams shows where a person writes to the bot, from the catalogue of verbs. Pure.

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
    """`[{"title", "description"}]`, one for each verb, in the catalogue's order.

    Teams puts the title into the message as it stands, so every title is a sentence that is understood. A verb whose
    arguments are all optional stands alone, and the person types on; else it is the best example that fits. A verb
    with neither is left to `help`, as is one that the catalogue keeps out of the menu.
    """
    titles = ((verb, _title(verb)) for verb in verbs if verb.in_menu)
    commands = [{"title": title, "description": _description(verb, words)} for verb, title in titles if title]
    return commands[:MOST_COMMANDS]


def _title(verb: VerbSpec) -> str | None:
    if OPTIONAL.sub("", verb.usage).strip() == verb.name:
        return verb.name
    return next((example.text for example in verb.examples if len(example.text) <= LONGEST_TITLE), None)


def _description(verb: VerbSpec, words: LocaleWords) -> str:
    key = f"help.topic.{verb.name}"
    text = words.say(key) if words.has(key) else verb.usage
    return text if len(text) <= LONGEST_DESCRIPTION else text[: LONGEST_DESCRIPTION - 1].rstrip() + "…"
