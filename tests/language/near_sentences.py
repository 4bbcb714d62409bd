"""Sentences that have two readings, and sentences that only look so.

Each line of `near/sentences.jsonl` has the `names` that are added to the demo's, the sentence, and either the `choices`
that the bot must offer, as it prints them, or what it `reads`: a printed question, or why it is not answered.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from bot.domain.licensing import Dimension, Entry
from bot.names.name_index import NameIndex
from tests.demo_directory import demo_directory

_FILE = Path(__file__).parent / "near" / "sentences.jsonl"
_ID = "00000000-0000-4000-8000-{:012}"


def near_sentences() -> Iterator[dict[str, Any]]:
    """Yield the sentences of the file."""
    return map(json.loads, _FILE.read_text("utf-8").splitlines())


def offered_sentences() -> Iterator[dict[str, Any]]:
    """Yield what is offered for these sentences, as sentences: each is read as it was meant."""
    for line in near_sentences():
        for choice in line.get("choices", ()):
            yield {"names": line["names"], "language": "en", "text": choice, "reads": choice}


def names_of(line: dict[str, Any]) -> NameIndex:
    """Return the demo's names with those of the line."""
    return _with(json.dumps(line["names"]))


@cache
def _with(added: str) -> NameIndex:
    demo = demo_directory()
    entries = [entry for dimension in Dimension for entry in demo.entries(dimension)]
    for kind, names in json.loads(added).items():
        entries += [Entry(Dimension(kind), _ID.format(at), name) for at, name in enumerate(names)]
    return NameIndex.of(entries)
