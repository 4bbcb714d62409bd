"""What may be wrong with the reading of a sentence, judged without the reader's own account of it."""

import re
from datetime import datetime
from functools import cache
from random import Random

from bot.language.marking.worded_sentence import worded
from bot.language.moments.time_words import TimeWords
from bot.language.reading.reading import Reading, ReadingOutcome
from bot.language.text.tokenizer import unaccented
from bot.language.vocabulary.vocabulary import Vocabulary, languages
from tests.language.mutated.made_questions import MadeQuestion
from tests.language.mutated.sentence_mutations import made_up

_WORD = re.compile(r"[^\W\d_]{4,}")
_SIGNATURE = "\n--\n"  # https://www.rfc-editor.org/rfc/rfc3676#section-4.3
_TARGET = re.compile(r"\]\([^()]*\)")  # of a pasted link
# After a greeting or thanks, a word that nobody knows is somebody's name.
_COURTEOUS = frozenset({"small", "closing", "opening", "event"})


def fault_of(reading: Reading, text: str, now: datetime) -> str:
    """Return what is wrong with the reading of any text, "" if nothing is."""
    if any(text[span.at : span.at + len(span.text)] != span.text for span in reading.understood):
        return "a part is not where it is said to be"
    if reading.outcome not in (ReadingOutcome.ANSWER, ReadingOutcome.HELP) and reading.reason is None:
        return "no reason"
    if reading.outcome is not ReadingOutcome.ANSWER:
        return ""
    if reading.not_understood or reading.meaning is None:
        return "answered with a part that was not understood"
    ignored = "" if _is_courteous(text, now) else _unnamed(reading, text)
    return f"answered, and {ignored!r} is in no part" if ignored else ""


def _unnamed(reading: Reading, text: str) -> str:
    """Return a word of which neither a vocabulary nor a part of the reading knows anything."""
    parts = " ".join(span.text for span in reading.understood).casefold()
    typed = " ".join(each.typed for each in reading.corrected).casefold()
    for word in _WORD.findall(_TARGET.sub("]", text.partition(_SIGNATURE)[0]).casefold()):
        if word not in parts and word not in typed and not _is_of_a_language(word):
            return str(word)
    return ""


def _is_courteous(text: str, now: datetime) -> bool:
    marks = (mark for marks in worded(text, "en", now).found for mark in marks)
    return any(mark.kind in _COURTEOUS for mark in marks)


@cache
def _is_of_a_language(word: str) -> bool:
    folded = unaccented(word)
    for language in languages():
        vocabulary = Vocabulary.load(language)
        ways = (folded, *vocabulary.endings.stems(folded))
        apart = {part for verbs in vocabulary.separable.values() for parts, _ in verbs for part in parts}
        known = vocabulary.words | vocabulary.separable.keys() | apart | vocabulary.numbers.keys()
        known |= TimeWords.load(language).known
        if not known.isdisjoint(ways) or any(folded.endswith(tail) for tail in vocabulary.compounds):
            return True
    return False


def with_unknown_word(chance: Random, text: str) -> tuple[str, str]:
    """Put a word in that nobody knows; return the sentence and the word."""
    words, word = text.split(" "), made_up(chance)
    words.insert(chance.randrange(len(words) + 1), word)
    return " ".join(words), word


def fault_of_unknown_word(reading: Reading, text: str, word: str, now: datetime) -> str:
    """Return what is wrong if a sentence with a word that nobody knows is answered."""
    if reading.outcome is not ReadingOutcome.ANSWER or reading.meaning is None or word in reading.meaning.search:
        return ""
    return "" if _is_courteous(text, now) else "answered, and a word that nobody knows was not named"


def fault_of_question(reading: Reading, asked: MadeQuestion) -> str:
    """Return what a question that was answered means otherwise than it was made."""
    meaning = reading.meaning
    if reading.outcome is not ReadingOutcome.ANSWER or meaning is None:
        return ""
    named = {entry.id for each in meaning.names for entry in each.entries}
    wanted = {each.id for each in (asked.customer, asked.workload) if each is not None}
    if named != wanted or any(each.negative for each in meaning.names):
        return f"answered about {[each.text for each in meaning.names]}"
    limits = [(each.operator, each.value) for each in meaning.conditions]
    if limits != ([] if asked.limit is None else [("<", asked.limit)]):
        return f"answered with the limits {limits}"
    if asked.lines not in (None, *meaning.by) or (meaning.by and asked.lines is None):
        return f"answered by {meaning.by}"
    other = meaning.keep or meaning.day or meaning.period or meaning.schedule or meaning.output or meaning.target
    return f"answered with {other!r}" if other else ""
