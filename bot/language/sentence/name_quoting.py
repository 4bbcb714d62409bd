"""Decide whether a name needs quotes in a printed sentence. Pure.

It needs none if these words, and no others, are taken as one name in this place by a look-up that does not have it.
"""

import re
from datetime import UTC, datetime
from functools import lru_cache

from bot.commands.clauses import DIMENSIONS
from bot.commands.command import Clause
from bot.domain.guid import parse_guid
from bot.language.marking.worded_sentence import covered, worded
from bot.language.reading.unlisted.name_places import NamePlace, NamePlaces
from bot.language.text.reading_effort import ReadingEffort
from bot.names.offline_names import OFFLINE_SPANS
from bot.names.workload_aliases import meanings

_PLAIN_NAME = re.compile(r"[\w'’./+&-]+(?: [\w'’./+&-]+)*")

_SOME_DAY = datetime(2020, 1, 1, tzinfo=UTC)
_LONGEST = 60  # characters
_ENOUGH = 10**9  # steps: so few characters take no more
_REMEMBERED = 4_096  # names


@lru_cache(_REMEMBERED)
def is_plain(name: str, clause: Clause, around: tuple[str, str], language: str) -> bool:
    """Return True if `name` needs no quotes between the words `around` it.

    They are those of its clause, in `language`, behind the verb.
    """
    if parse_guid(name):
        return True
    if len(name) > _LONGEST or not _PLAIN_NAME.fullmatch(name) or name[-1] in ".'’":
        return False
    if meanings(name):  # a workload
        return clause is Clause.ON and len(name.split()) == 1
    before, behind = around
    sentence = worded(before + name + behind, language, _SOME_DAY)
    left, right = len(before), len(before) + len(name)
    ends = [piece.right for piece in sentence.pieces]
    begin = next((at for at, piece in enumerate(sentence.pieces) if piece.left == left), None)
    if begin is None or right not in ends:
        return False
    marks = next(covered(sentence, OFFLINE_SPANS, effort=ReadingEffort(_ENOUGH))).marks
    places = list(NamePlaces(sentence.pieces, marks))
    return places == [NamePlace(begin, ends.index(right) + 1, DIMENSIONS[clause][0])]
