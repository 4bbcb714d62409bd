"""Sentences that are made to take long.

Words of many meanings over and over, thousands of names, signs of all scripts, lists within lists.
"""

import random

from bot.domain.licensing import Dimension, Entry
from bot.names.name_index import NameIndex

_chance = random.Random(3)
_WORDS = ("north", "blue", "alpha", "city", "stone", "river", "prime", "delta", "union", "nova", "teams", "last", "for")
_FORMS = ("Bank", "Ltd", "Books", "& Sons", "Group", "and Partners", "Office", "of May")
NAMES = tuple(
    dict.fromkeys(
        " ".join((*_chance.choices(_WORDS, k=_chance.randrange(1, 5)), _chance.choice(_FORMS))).title()
        for _ in range(6_000)
    )
)


def many_names() -> NameIndex:
    """Return a directory of thousands of customers who share their words."""
    workloads = (Entry(Dimension.WORKLOAD, name.upper(), name) for name in ("Exchange", "Teams", "SharePoint"))
    return NameIndex.of([*(Entry(Dimension.CUSTOMER, f"id-{at}", name) for at, name in enumerate(NAMES)), *workloads])


def _soup() -> str:
    ranges = ((0x20, 0x7F), (0xA0, 0x2000), (0x3000, 0x9FFF), (0x1F300, 0x1F700), (0xD800, 0xE000), (0xFB00, 0xFE00))
    return "".join(chr(_chance.randrange(*_chance.choice(ranges))) for _ in range(2_000))


HOSTILE = {
    "a word of many meanings": "last " * 400,
    "a workload": "teams " * 333,
    "prepositions": "for in on by " * 160,
    "joints": "and " * 500,
    "a first word of many names": "north " * 333,
    "whole names": " and ".join(NAMES[:200]),
    "names without blanks": ",".join(NAMES[200:500]),
    "words of names": " ".join(_chance.choices(_WORDS, k=380)),
    "misspelt names": " ".join(name[:2] + name[3:] for name in NAMES[500:700]),
    "misspelt words": "usgae fro evry mondya exhcange " * 70,
    "words like known ones": " ".join("usag" + chr(97 + at % 26) + chr(97 + at // 26) for at in range(280)),
    "percentages": "below 50% " * 200,
    "numbers in words": "twenty five hundred " * 100,
    "figures": "1 " * 1_000,
    "ids": "12345678-1234 " * 140,
    "times": "last month or every monday at 9 " * 62,
    "days of the month": "on the 1st and the 2nd and " * 74,
    "lists of days": "monday, tuesday and " * 100,
    "misspelt times": "evry mondya at 8 " * 117,
    "times of another language": "az előző hónapban minden hétfőn kilenckor " * 47,
    "a mix of languages": "usage gebruik utilisation használata nutzung for voor pour für " * 31,
    "lists within lists": "usage for (teams, (exchange, (" * 66,
    "open brackets": "(" * 900 + "north" + ")" * 900,
    "open quotes": '"a ' * 660,
    "two questions": "compare teams and exchange " * 74,
    "denials": "not exchange but teams " * 86,
    "digests": "stop digest " + " ".join(map(str, range(480))),
    "letters": "a " * 1_000,
    "signs": ". " * 1_000,
    "lines": "usage\n" * 333,
    "unicode soup": _soup(),
    "accents without a letter": "a" + "\u0301" * 1_999,
    "ligatures of many letters": "\ufdfa" * 2_000,
    "one word without blanks": "x" * 2_000,
    "a compound": "teamsnutzung" * 166,
    "a number of one word": "százhúsz" * 250,
    "ideographs": "用" * 2_000,
    "entities": "&amp;" * 400,
    "entities within entities": "&" + "amp;" * 499,
    "tags": "<at>" * 500,
}
