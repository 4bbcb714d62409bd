"""What was understood of a sentence, for people: its parts, and what decided.

Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.commands.command import Command
from bot.language.reading.command_of import command_of
from bot.language.reading.reading import Reading
from bot.language.reading.weighed_reading import WeighedMark, WeighedReading
from bot.language.sentence.command_sentence import sentence_of

UNKNOWN = "not understood"


@dataclass(frozen=True, slots=True)
class ToldPart:
    """A part of the typed text and what it was considered.

    "" for words that carry no meaning here.
    """

    text: str
    taken_for: str = ""


def parts_of(text: str, reading: Reading) -> tuple[ToldPart, ...]:
    """Return the whole text in parts, in order. Neighbors of one kind are one part."""
    named = [(span, span.taken_for) for span in reading.understood]
    named += [(span, UNKNOWN) for span in reading.not_understood]
    found: list[ToldPart] = []
    at = 0
    for span, taken_for in sorted(named, key=lambda each: each[0].at):
        if span.at < at:
            continue
        between, end = text[at : span.at], span.at + len(span.text)
        if found and taken_for and found[-1].taken_for == taken_for and not between.strip():
            found[-1] = ToldPart(found[-1].text + text[at:end], taken_for)
        else:
            found += [ToldPart(between), ToldPart(text[span.at : end], taken_for)]
        at = end
    return tuple(part for part in (*found, ToldPart(text[at:])) if part.text)


def decided(weighed: WeighedReading) -> Iterator[str]:
    """Yield what is read, the next best reading, and what decided."""
    if read := _printed(weighed.reading):
        yield f"read as: {read}"
    if weighed.next_best is None or not (other := _printed(weighed.next_best)):
        return
    yield f"next best: {other} ({weighed.dearer:.3f} dearer)"
    yield f"  decided by {_listed(weighed.mine)} instead of {_listed(weighed.theirs)}"


def _printed(reading: Reading) -> str:
    command = None if reading.meaning is None else command_of(reading.meaning)
    return sentence_of(command) if isinstance(command, Command) else ""


def _listed(marks: tuple[WeighedMark, ...]) -> str:
    return ", ".join(f"“{each.words}” as {each.taken_for} ({each.cost:.3f})" for each in marks) or "no other words"
