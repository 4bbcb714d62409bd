"""A directory of 50,000 customers whose names look like those of companies.

They are made-up words, trades and legal forms, some with numbers.
"""

import random
from collections.abc import Iterator
from itertools import islice

from bot.domain.licensing import Dimension, Entry
from bot.names.name_index import NameIndex

CUSTOMERS = 50_000
_SOUNDS = [
    "al",
    "an",
    "ar",
    "be",
    "bo",
    "ca",
    "ce",
    "cor",
    "da",
    "del",
    "di",
    "do",
    "en",
    "er",
    "fa",
    "fen",
    "ga",
    "go",
    "ha",
    "hol",
    "in",
    "is",
    "ja",
    "ka",
    "ken",
    "la",
    "lin",
    "lo",
    "ma",
    "mer",
    "mi",
    "mo",
    "na",
    "nor",
    "o",
    "pa",
    "per",
    "po",
    "ra",
    "ri",
    "ro",
    "sa",
    "sen",
    "so",
    "ta",
    "ter",
    "ti",
    "to",
    "tra",
    "u",
    "va",
    "ven",
    "vi",
    "wa",
    "wes",
    "wi",
    "ya",
    "zo",
]
_TRADES = [
    "Bank",
    "Bakery",
    "Bikes",
    "Books",
    "Brewery",
    "Care",
    "Cars",
    "Coffee",
    "Construction",
    "Consulting",
    "Dental",
    "Design",
    "Electric",
    "Energy",
    "Farms",
    "Films",
    "Finance",
    "Flowers",
    "Foods",
    "Furniture",
    "Garden",
    "Glass",
    "Hotels",
    "Insurance",
    "Labs",
    "Law",
    "Legal",
    "Logistics",
    "Marine",
    "Media",
    "Metals",
    "Motors",
    "Music",
    "Optics",
    "Paper",
    "Pharma",
    "Plastics",
    "Printing",
    "Publishing",
    "Roofing",
    "School",
    "Security",
    "Shipping",
    "Solar",
    "Sports",
    "Steel",
    "Studios",
    "Supplies",
    "Systems",
    "Textiles",
    "Timber",
    "Tools",
    "Toys",
    "Trading",
    "Travel",
    "Vineyard",
    "Wines",
    "Works",
]
_FORMS = ("Ltd", "Inc.", "GmbH", "BV", "B.V.", "S.A.", "SARL", "Kft.", "AG", "& Sons", "Group", "Holding", "")


def large_directory(others: NameIndex, chance: random.Random) -> NameIndex:
    """Return the index of the customers and of everything in `others`."""
    kept = [entry for dimension in Dimension for entry in others.entries(dimension)]
    index = NameIndex.of([*kept, *islice(_customers(chance), CUSTOMERS - len(kept))])
    index.warm()
    return index


def _customers(chance: random.Random) -> Iterator[Entry]:
    number = 0
    while True:
        number += 1
        yield Entry(Dimension.CUSTOMER, f"{chance.getrandbits(32):08X}-B14E-4888-967B-{number:012X}", _name(chance))


def _name(chance: random.Random) -> str:
    first = "".join(chance.choices(_SOUNDS, k=chance.randint(2, 4))).title()
    trade = chance.choice(_TRADES) if chance.random() < 0.8 else ""
    number = str(chance.randint(1, 9999)) if chance.random() < 0.05 else ""
    return " ".join(filter(None, (first, trade, number, chance.choice(_FORMS))))
