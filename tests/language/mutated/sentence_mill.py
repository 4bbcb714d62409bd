"""Read random sentences until it is told to stop: `uv run poe mill --count 1000000`.

Each number makes one sentence, so a fault is seen again with `--start NUMBER --count 1`. Exit code 1 if there was one.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

from bot.commands.meaning import Meaning
from bot.domain.licensing import Dimension
from bot.language.reading.sentence_reader import SentenceReader
from bot.names.name_index import NameIndex
from tests.demo_directory import demo_directory
from tests.language.mutated.made_questions import made_question, odd_customers
from tests.language.mutated.sentence_faults import (
    fault_of,
    fault_of_question,
    fault_of_unknown_word,
    with_unknown_word,
)
from tests.language.mutated.sentence_mutations import babble, mutated, said

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
DIRECTORY = 400  # sentences about the same names
CUSTOMERS = 60


@dataclass(frozen=True, slots=True)
class Milled:
    """A sentence, and what is wrong with its reading; "" if nothing is."""

    text: str
    fault: str


def milled(kind: str, number: int) -> Milled:
    """Make the sentence of this kind and number, and read it. Raises what the reader raises."""
    return _KINDS[kind](number)


@cache
def _reader() -> SentenceReader:
    return SentenceReader(demo_directory().spans, NOW)


@cache
def _question() -> Meaning:
    meaning = _reader().read("usage for Fabrikam on Exchange").meaning
    assert meaning is not None
    return meaning


def _changed(number: int) -> Milled:
    chance = Random(number)
    text, language = chance.choice(said())
    text = mutated(chance, text)
    before = _question() if chance.random() < 0.2 else None
    return Milled(text, fault_of(_reader().read(text, language, before), text, NOW))


def _cut(number: int) -> Milled:
    """Read a sentence that was sent too early, or of which words were left out."""
    chance = Random(number)
    text, language = chance.choice(said())
    words = text.split(" ")
    start, end = sorted(chance.choices(range(len(words) + 1), k=2))
    kept = words[start:end] if chance.random() < 0.6 else words[:start] + words[end:]
    before = _question() if chance.random() < 0.2 else None
    text = " ".join(kept)
    return Milled(text, fault_of(_reader().read(text, language, before), text, NOW))


def _with_unknown_word(number: int) -> Milled:
    chance = Random(number)
    text, language = chance.choice(said())
    text, word = with_unknown_word(chance, text)
    reading = _reader().read(text, language)
    return Milled(text, fault_of_unknown_word(reading, text, word, NOW))


def _babbled(number: int) -> Milled:
    text = babble(Random(number))
    return Milled(text, fault_of(_reader().read(text), text, NOW))


def _asked(number: int) -> Milled:
    directory, reader = _odd_directory(number // DIRECTORY)
    asked = made_question(Random(number), directory)
    reading = reader.read(asked.text, asked.language)
    return Milled(asked.text, fault_of_question(reading, asked) or fault_of(reading, asked.text, NOW))


@cache
def _odd_directory(number: int) -> tuple[NameIndex, SentenceReader]:
    kept = [entry for kind in Dimension for entry in demo_directory().entries(kind) if kind is not Dimension.CUSTOMER]
    index = NameIndex.of([*kept, *odd_customers(Random(number), CUSTOMERS)])
    return index, SentenceReader(index.spans, NOW)


_KINDS: Mapping[str, Callable[[int], Milled]] = {
    "changed": _changed,
    "cut": _cut,
    "unknown word": _with_unknown_word,
    "babble": _babbled,
    "asked": _asked,
}
KINDS = tuple(_KINDS)


def main() -> int:
    """Read the sentences, print each fault, and how many there were."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="how many sentences")
    parser.add_argument("--start", type=int, default=0, help="the number of the first")
    options = parser.parse_args()
    faults = Counter[str]()
    for number in range(options.start, options.start + options.count):
        kind = KINDS[number % len(KINDS)]
        try:
            found = milled(kind, number)
        except Exception as error:  # noqa: BLE001 - any of them is a fault
            found = Milled("", f"raised {error!r}")
        if found.fault:
            faults[kind] += 1
            sys.stdout.write(f"{number} {kind}: {found.fault}: {found.text!r}\n")
        if number % 10_000 == 9_999:
            sys.stdout.write(f"… {number + 1}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{options.count} sentences, {faults.total()} faults {dict(faults)}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
