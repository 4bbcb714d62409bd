"""Questions made of a grammar of five languages and any names, with what each of them means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from bot.domain.licensing import Dimension, Entry
from bot.names.name_index import NameIndex

# How a customer, a workload, a limit and the lines are said, and what may stand in front.
_PARTS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "en": {
        "front": ("usage", "show usage", "how is usage", "please give me the usage"),
        "customer": ("for {0}", "at {0}"),
        "workload": ("on {0}",),
        "limit": ("below {0}%", "under {0} %", "less than {0} percent"),
        "lines": ("by customer", "by product", "per workload"),
    },
    "nl": {
        "front": ("gebruik", "toon het gebruik"),
        "customer": ("voor {0}", "bij {0}"),
        "workload": ("op {0}",),
        "limit": ("onder de {0}%", "minder dan {0} procent"),
        "lines": ("per klant", "per product", "per workload"),
    },
    "fr": {
        "front": ("utilisation", "montre l'utilisation"),
        "customer": ("pour {0}", "chez {0}"),
        "workload": ("sur {0}",),
        "limit": ("sous {0} %", "moins de {0}%"),
        "lines": ("par client", "par produit", "par workload"),
    },
    "hu": {
        "front": ("használat", "mutasd a használatot"),
        "customer": ("{0} esetén", "ügyfél: {0}"),
        "workload": ("workload: {0}",),
        "limit": ("{0}% alatt",),
        "lines": ("ügyfelenként", "termékenként", "workloadonként"),
    },
    "de": {
        "front": ("Nutzung", "zeig die Nutzung"),
        "customer": ("für {0}", "bei {0}"),
        "workload": ("auf {0}",),
        "limit": ("unter {0} %", "weniger als {0}%"),
        "lines": ("pro Kunde", "pro Produkt", "pro Workload"),
    },
}
_LINES = (Dimension.CUSTOMER, Dimension.PRODUCT, Dimension.WORKLOAD)
# Parts of names that mean something else in a sentence.
_ODD = (
    "Usage", "Top", "10", "Monday", "Below", "Zero", "Not", "for", "Every", "Customer", "Time", "On", "Without", "All",
    "Second", "One", "More", "Help", "Stop", "Digest", "Average", "Unused", "May", "Half", "Best", "And", "Exchange",
    "Licence", "Nobody", "Klant", "Montag", "Sous", "365",
)  # fmt: skip
# One of these is in each name: a customer called "Unused Licence" would be asked for in vain.
_BRANDS = ("Fabrik", "Nordwind", "Contoso", "Adatum", "Litware", "Köln", "Ærø", "Ltd3")
_FORMS = ("", "", " Ltd", " BV", " GmbH", " & Sons", " Kft.", ", Inc.", " (NL)")


@dataclass(frozen=True, slots=True)
class MadeQuestion:
    """A sentence and what it means. `limit` is the percentage, `lines` what the rows are."""

    text: str
    language: str
    customer: Entry | None
    workload: Entry | None
    limit: int | None
    lines: Dimension | None


def odd_customers(chance: Random, count: int) -> list[Entry]:
    """Return customers whose names have words with a meaning of their own."""
    found: dict[str, Entry] = {}
    while len(found) < count:
        words = [chance.choice(_ODD) for _ in range(chance.randint(0, 3))]
        words.insert(chance.randrange(len(words) + 1), chance.choice(_BRANDS))
        name = " ".join(words) + chance.choice(_FORMS)
        found[name.casefold()] = Entry(
            Dimension.CUSTOMER, f"{chance.getrandbits(32):08X}-0000-4000-8000-0000000000AA", name
        )
    return list(found.values())


def made_question(chance: Random, directory: NameIndex) -> MadeQuestion:
    """Return a question about names of the directory."""
    language = chance.choice(sorted(_PARTS))
    parts = _PARTS[language]
    customer = chance.choice(directory.entries(Dimension.CUSTOMER)) if chance.random() < 0.7 else None
    workload = chance.choice(directory.entries(Dimension.WORKLOAD)) if chance.random() < 0.7 or not customer else None
    limit = chance.randint(1, 99) if chance.random() < 0.3 else None
    line = chance.randrange(len(_LINES)) if chance.random() < 0.4 else None
    said = [
        chance.choice(parts[part]).format(value)
        for part, value in (
            ("customer", customer and customer.name),
            ("workload", workload and workload.name),
            ("limit", limit),
        )
        if value is not None
    ]
    if line is not None:
        said.append(parts["lines"][line])
    chance.shuffle(said)
    text = " ".join((chance.choice(parts["front"]), *said))
    return MadeQuestion(text, language, customer, workload, limit, None if line is None else _LINES[line])
