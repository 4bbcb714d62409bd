"""Read a filter in the API's own language behind a question.

`top 5 on Teams filter channel eq 'direct'`. Pure.
"""

import re
from dataclasses import replace

from bot.commands.meaning import Act
from bot.domain.licensing import Field
from bot.errors import FilterError
from bot.language.composing.reason import Reason
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.worded_sentence import WordedSentence
from bot.language.reading.filters.typed_filter import typed_filter
from bot.language.reading.reading import Reading, ReadingOutcome, ReadSpan

_FIELDS = "|".join(map(re.escape, Field))
_TEXT = re.compile(
    rf"\b(?:filter|where)[\s(]+(?:{_FIELDS})\s+(?:eq|ne)\b|^[\s(]*(?:{_FIELDS})\s+(?:eq|ne)\b", re.IGNORECASE
)
_BEGINS = re.compile(rf"[\s(]*(?:{_FIELDS})\s+(?:eq|ne)\b", re.IGNORECASE)
_QUESTIONS = frozenset({Act.USAGE, Act.COMPARE, Act.DIGEST})
_SHOWN = 80  # characters


def question_end(text: str) -> int:
    """Return where a filter begins in a text: what is behind it is no question."""
    found = _TEXT.search(text)
    return len(text) if found is None else found.start()


def filter_at(sentence: WordedSentence, stream: MarkStream) -> int:
    """Return the position of the mark that begins a filter behind a question.

    0 if there is none.
    """
    for at in stream.all_of("filter", "where"):
        if at and _BEGINS.match(sentence.typed.text, sentence.pieces[stream.marks[at].end - 1].right):
            return at
    return 0


def filtered(reading: Reading, sentence: WordedSentence, begin: int) -> Reading:
    """Return the reading of the question with the filter that piece `begin` begins."""
    left, origin = sentence.pieces[begin].left, sentence.typed.origin
    span = ReadSpan(sentence.text[origin[left] :], origin[left], "filter")
    try:
        expression = typed_filter(sentence.typed.text[sentence.pieces[begin].right :])
    except FilterError:
        what = span.text[:_SHOWN]
        return replace(
            reading,
            outcome=ReadingOutcome.REFUSE,
            reason=Reason.NOT_UNDERSTOOD,
            what=what,
            not_understood=(*reading.not_understood, replace(span, text=what, taken_for="")),
        )
    meaning = reading.meaning
    if meaning is None or meaning.act not in _QUESTIONS:
        return reading
    asks = reading.outcome is ReadingOutcome.ASK and (reading.reason, reading.what) == (Reason.MISSING, "question")
    if asks and meaning.schedule is not None:  # "every monday at 9 filter …": that is the question
        reading = replace(reading, outcome=ReadingOutcome.ANSWER, reason=None, what="")
    elif asks:
        reading = replace(reading, what="time")
    return replace(
        reading,
        meaning=replace(meaning, expression=expression),
        choices=tuple(replace(each, expression=expression) for each in reading.choices),
        understood=(*reading.understood, span),
    )
