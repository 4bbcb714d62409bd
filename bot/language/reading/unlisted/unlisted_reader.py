"""Read a sentence without a directory of names: a name is taken as it was typed.

Pure and total, on the reader of sentences with known names. What is in quotes is a name, and so is an unknown word
where a name would be. No word of a name is read.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.commands.meaning import Meaning
from bot.domain.guid import pasted_guid
from bot.domain.licensing import Dimension, Entry
from bot.language.marking.worded_sentence import ENGLISH, LENGTH_LIMIT, WordedSentence, covered, worded
from bot.language.reading.filters.filter_tail import question_end
from bot.language.reading.reading import Reading
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.reading.unlisted.name_places import NamePlaces
from bot.language.reading.unlisted.stand_ins import StandIns, TextPart, quoted
from bot.language.reading.unlisted.taken_names import TakenNames
from bot.language.reading.weighed_reading import WeighedReading
from bot.language.text.message_text import plain
from bot.language.text.reading_effort import MOST_STEPS, ReadingEffort
from bot.names.span_lookup import SpanLookup
from bot.names.workload_aliases import meanings

_FURTHER = 10
_SOMEONE = Entry(Dimension.CUSTOMER, "", "")


class UnlistedReader:
    """Reads sentences with the names of `known`, and with any other name as typed.

    `entry_of` makes the entry of such a name.
    """

    def __init__(self, known: SpanLookup, entry_of: Callable[[str, Dimension], Entry], now: datetime) -> None:
        self._known = known
        self._entry_of = entry_of
        self._now = now

    def read(self, text: str, language: str = ENGLISH, before: Meaning | None = None) -> Reading:
        """Return what `text` means; the arguments are those of `SentenceReader.read`."""
        taken = self._taken(text, language)
        return taken.restored(SentenceReader(taken.lookup, self._now).read_worded(taken.sentence, before))

    def weighed(self, text: str, language: str = ENGLISH) -> WeighedReading:
        """Return what `text` means beside what else it could mean, and what decided."""
        taken = self._taken(text, language)
        found = SentenceReader(taken.lookup, self._now).weighed_worded(taken.sentence)
        next_best = None if found.next_best is None else taken.restored(found.next_best)
        return replace(found, reading=taken.restored(found.reading), next_best=next_best)

    def _taken(self, text: str, language: str) -> "_TakenSentence":
        typed = plain(text) if len(text) <= LENGTH_LIMIT else plain("")
        stand_ins = StandIns(typed, tuple(quoted(typed)))
        sentence = worded(text, language, self._now, typed=stand_ins.typed)
        if _is_whole(SentenceReader(self._known, self._now).read_worded(sentence)):
            return _TakenSentence(sentence, stand_ins, self._known)  # `customers fabr` looks for a text
        named = tuple(self._named(sentence, stand_ins))
        parts = [stand_ins.parts.get(part.name) or stand_ins.part(part.left, part.right) for part, _ in named]
        if any(part.name not in stand_ins.parts for part, _ in named):
            stand_ins = StandIns(typed, parts)
            sentence = worded(text, language, self._now, typed=stand_ins.typed)
        kinds = {part: kind for part, (_, kind) in zip(parts, named, strict=True)}
        taken = {
            letters: self._entry_of(part.name, kinds.get(part, Dimension.CUSTOMER))
            for letters, part in stand_ins.parts.items()
        }
        return _TakenSentence(sentence, stand_ins, TakenNames(self._known, taken))

    def _named(self, sentence: WordedSentence, stand_ins: StandIns) -> Iterator[tuple[TextPart, Dimension]]:
        """Yield the names in the sentence that no list has, and what each is."""
        lookup = TakenNames(self._known, dict.fromkeys(stand_ins.parts, _SOMEONE))
        pieces, question = sentence.pieces, question_end(sentence.typed.text)
        effort = ReadingEffort(_FURTHER * MOST_STEPS)  # the sentence was read before with fewer
        for place in NamePlaces(pieces, next(covered(sentence, lookup, effort=effort)).marks):
            left, right = pieces[place.start].left, pieces[place.end - 1].right
            name = stand_ins.typed.text[left:right]
            if left < question and (pasted_guid(name) or not self._known.find(name)):
                is_workload = place.dimension is Dimension.CUSTOMER and meanings(name)
                yield TextPart(left, right, name), Dimension.WORKLOAD if is_workload else place.dimension


def _is_whole(reading: Reading) -> bool:
    """Return True if everything was understood.

    The words before an id say whose it is.
    """
    names = () if reading.meaning is None else reading.meaning.names
    return not reading.not_understood and not any(pasted_guid(each.text) for each in names)


@dataclass(frozen=True, slots=True)
class _TakenSentence:
    """A sentence with stand-ins for its names, and the lookup that knows them."""

    sentence: WordedSentence
    stand_ins: StandIns
    lookup: SpanLookup

    def restored(self, reading: Reading) -> Reading:
        """Return the reading with the names in place of their stand-ins."""
        names = self.stand_ins.restored
        meaning = reading.meaning
        if meaning is not None:
            named = tuple(replace(each, text=names(each.text)) for each in meaning.names)
            meaning = replace(meaning, names=named, search=names(meaning.search))
        return replace(reading, meaning=meaning, what=names(reading.what))
