"""Choose one of several entries that a name of the last question may mean. Pure."""

from dataclasses import replace

from bot.commands.meaning import Meaning, Named
from bot.domain.licensing import Entry
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind, NameMark

_PICKING = frozenset({"small", "only", "instead", MarkKind.NAME, MarkKind.NUMBER})  # "the insurance one"


def picked(stream: MarkStream, before: Meaning) -> Meaning | None:
    """Return the question with the entry of which a word was said.

    `the insurance one`, `paper`. None if the sentence says anything else, or if no entry or several have that word.
    """
    several = ambiguous_name(before)
    named = [mark.value for mark in stream.marks if isinstance(mark.value, NameMark)]
    if several is None or len(named) != 1 or {mark.kind for mark in stream.marks} - _PICKING:
        return None
    found = [entry for entry in several.entries if entry in (*named[0].entries, *named[0].nearest)]
    return _with(before, several, found[0]) if len(found) == 1 else None


def ambiguous_name(before: Meaning) -> Named | None:
    """Return the name of the question that means several entries, None if none does."""
    return next((each for each in before.names if len(each.entries) > 1), None)


def _with(before: Meaning, several: Named, entry: Entry) -> Meaning:
    names = tuple(replace(each, entries=(entry,)) if each is several else each for each in before.names)
    return replace(before, names=names)


def chosen(before: Meaning, number: int) -> Meaning | None:
    """Return the question with the entry that was chosen.

    `number`: 1 is the first of those that the name means, -1 the last.
    """
    several = ambiguous_name(before)
    if several is None or not -len(several.entries) <= number <= len(several.entries) or number == 0:
        return None
    return _with(before, several, several.entries[number - 1 if number > 0 else number])
