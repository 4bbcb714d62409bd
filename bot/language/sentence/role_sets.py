"""The roles of phrases, grouped by what their verb or clause takes.

From the two tables. Pure.
"""

from collections.abc import Mapping

from bot.commands.clauses import CLAUSE_OF_ROLE, CLAUSES, NAME_CLAUSES, Position, ValueKind
from bot.commands.command import Clause
from bot.commands.verbs import TOPICS, VERBS, VerbArgument, VerbSpec
from bot.domain.licensing import Dimension
from bot.language.text.lexicon import PhraseRole


def _taking(*arguments: VerbArgument) -> frozenset[str]:
    return frozenset(role for verb in VERBS if verb.argument in arguments for role in verb.roles)


VERB_OF_ROLE: Mapping[str, VerbSpec] = {role: verb for verb in VERBS for role in verb.roles}
TOPIC_OF_ROLE: Mapping[str, str] = {role: verb.name for verb in TOPICS for role in verb.roles}

# Verbs that only announce a question. Verbs that are also a clause of it take a value and are left out.
QUESTION = _taking(VerbArgument.QUESTION) - CLAUSE_OF_ROLE.keys()
SCHEDULED = _taking(VerbArgument.SCHEDULE)
GREETING = _taking(VerbArgument.GREETING)
ALONE = _taking(VerbArgument.NOTHING)
LISTS: Mapping[str, Dimension] = {verb.role: verb.lists for verb in VERBS if verb.lists is not None}
# Verbs that take the whole sentence. The actions on a digest are no phrases; `digest_action_phrase` reads them.
WHOLE = _taking(VerbArgument.SEARCH, VerbArgument.LIST, VerbArgument.TOPIC, VerbArgument.LANGUAGE) | ALONE
OPENING = _taking(VerbArgument.QUESTION, VerbArgument.SCHEDULE) | GREETING
# The clause of the names after a phrase, None if the phrase does not decide it.
NAMING: Mapping[str, Clause | None] = {clause.value: clause for clause in NAME_CLAUSES} | {PhraseRole.OF.value: None}
NOT: frozenset[str] = frozenset(each.role for each in CLAUSES if each.value is ValueKind.EXCLUDED)
# Phrases that are complete without a value.
PLAIN = (
    QUESTION
    | SCHEDULED
    | GREETING
    | {PhraseRole.ASK, PhraseRole.POLITE, PhraseRole.THANKS, PhraseRole.BY_CUSTOMER, PhraseRole.UNUSED}
)
COURTESIES = GREETING | {PhraseRole.POLITE, PhraseRole.ASK, PhraseRole.THANKS}
# Words of other verbs, which are no keywords in a question.
ELSEWHERE = (WHOLE | {PhraseRole.AND, PhraseRole.SOFT_AND}) - LISTS.keys()
# Keywords that are likely as a part of a name.
MILD = (VERB_OF_ROLE.keys() - CLAUSE_OF_ROLE.keys() - SCHEDULED) | {PhraseRole.POLITE, PhraseRole.THANKS}
# The keywords that are suggested in place of a word that fits nowhere.
OFFERED: tuple[str, ...] = tuple(
    each.role
    for each in CLAUSES
    if each.role and each.position is not Position.FIRST and each.value is not ValueKind.EXCLUDED
)
# The verbs that are suggested for a text that asks nothing.
ASKED: tuple[str, ...] = tuple(verb.role for verb in TOPICS if verb.menu and verb.argument is not VerbArgument.NOTHING)
