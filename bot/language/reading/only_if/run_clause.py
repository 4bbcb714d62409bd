"""Find the condition of a digest in a sentence: `only if something changed`. Pure.

The clause is taken out of the sentence before the rest is read: its words are no part of the question.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.commands.run_condition import ALWAYS, RunCondition
from bot.domain.licensing import Dimension
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import Mark, MarkKind
from bot.language.marking.time_marks import TimeMark
from bot.language.marking.word_marks import WordMarks
from bot.language.marking.worded_sentence import WordedSentence
from bot.language.moments.time_values import AtTime, OnceAt, Recurring
from bot.language.reading.only_if.clause_words import ClauseWords, clause_words

_WHEN, _FILLER = "when", "filler"  # words that open a clause; "if" opens none in most sentences
_IF, _IF_ANY, _ANY, _CHANGED, _ALWAYS = "if", "if any", "any", "changed", "always"
_UNTIL = ("to", "until")
_CASE = ("only", "case")  # `alleen bij`: of a name, or of a condition
_CHANGE = "change"  # an order, and what something did not do
_BESIDE = frozenset({"only", "it", "and", "to", "do", "follow"})  # what a sentence that is a condition has beside it
_MOST = 8  # words of a sentence that may open a clause
_ENDS = frozenset({MarkKind.TIME, "act", "do", "digests"})  # what is no part of a clause that is not understood


@dataclass(frozen=True, slots=True)
class RunClause:
    """The clause from piece `begin` up to `end`.

    `condition` is None for one that cannot be tested. `lines`: the lines of which it speaks, None for any. `doubtful`:
    its words may as well say which lines are listed. `seats`: it speaks of sold licenses, or of usage; None: neither.
    """

    begin: int
    end: int
    condition: RunCondition | None
    lines: Dimension | None = None
    doubtful: bool = False
    seats: bool | None = None


def run_clause(sentence: WordedSentence, stream: MarkStream, *, after_digest: bool) -> RunClause | None:
    """Return the clause of a sentence; None if there is none.

    `after_digest`: the sentence before was one.
    """
    every = list(_clauses(sentence, stream, after_digest=after_digest))
    found = [each for each in every if each.condition != ALWAYS] or every[:1]  # "always when something changed"
    if len(found) < 2:
        return next(iter(found), None)
    return RunClause(found[0].begin, found[-1].end, None)  # no digest has two conditions


def without(stream: MarkStream, clause: RunClause) -> MarkStream:
    """Return the marks of the sentence beside the clause."""
    return MarkStream(mark for mark in stream.given if mark.end <= clause.begin or mark.start >= clause.end)


def _clauses(sentence: WordedSentence, stream: MarkStream, *, after_digest: bool) -> Iterator[RunClause]:
    words = WordMarks(sentence.vocabularies, sentence.costs.words)
    end = 0
    opening = [at for at, mark in enumerate(stream.given) if _opens(mark, sentence, words)]
    for at in opening[:_MOST]:
        if stream.given[at].start < end:
            continue
        clause = _Opened(stream, at, after_digest=after_digest).clause()
        if clause is not None:
            yield clause
            end = clause.end


def _opens(mark: Mark, sentence: WordedSentence, words: WordMarks) -> bool:
    """Return True for `if`, and for `tell me when`, whose last word opens a clause."""
    if (mark.kind, mark.value) in (_UNTIL, _CASE):
        return True
    if mark.kind == _WHEN or (mark.kind == _FILLER and mark.value in (_IF, _IF_ANY, _ALWAYS)):
        return True
    last = sentence.pieces[mark.end - 1].folded
    several = mark.end - mark.start > 1
    return _is_alert(mark) and several and (words.means(last, _WHEN) or words.means(last, _FILLER, ""))


def _is_alert(mark: Mark) -> bool:
    return mark.kind == "act" and mark.value == "alert"


class _Opened:
    """A clause that the mark at `at` of all marks opens."""

    def __init__(self, stream: MarkStream, at: int, *, after_digest: bool) -> None:
        self._stream = stream
        self._mark = mark = stream.given[at]
        self._before = stream.given[at - 1] if at else None
        self._after = MarkStream(stream.given[at + 1 :])
        self._begin = mark.end if _is_alert(mark) else mark.start
        # "only if" says nothing else.
        self._only = self._before is not None and self._before.kind == "only"
        self._posted = (
            stream.has("digests") or stream.has("act", value="digest") or any(map(_is_schedule, stream.marks))
        )
        self._after_digest = after_digest
        # It is about something that is posted.
        self._digest = False
        # "check if customers are below 50%" asks whether they are.
        self._asked = self._before is not None and self._before.kind == _FILLER and not _is_alert(mark)

    def clause(self) -> RunClause | None:
        """Return the clause, None if the words are none."""
        mark = self._mark
        if mark.value == _ALWAYS:
            return self._made(ClauseWords(condition=ALWAYS))
        changed = (mark.kind, mark.value) == (_WHEN, _CHANGED)
        any_line = mark.value in (_ANY, _IF_ANY)  # "if something …"
        words = clause_words(self._after, changed=changed, any_line=any_line)
        self._digest = self._posted or (self._after_digest and self._is_alone(words))
        if (mark.kind, mark.value) == _UNTIL:  # no digest ends by itself
            said = words.found and not self._after.is_(0, MarkKind.NUMBER)
            return self._made(replace(words, condition=None)) if said else None
        if not words.found:
            return self._unread(words)
        if changed:
            return self._made(self._beyond(words))
        return self._read(words, any_line=any_line)

    def _read(self, words: ClauseWords, *, any_line: bool) -> RunClause | None:
        if not (self._digest or self._only):
            return self._of_question(words) if any_line else None
        certain = self._digest and words.subject and not (self._asked and not self._only)
        changes = words.condition is not None and words.condition.changed
        if not self._digest and not words.subject and not changes:
            return None  # `only if below 50%`, of a question
        return self._made(self._beyond(words), doubtful=not (certain or changes))

    def _of_question(self, words: ClauseWords) -> RunClause | None:
        """Return the clause of a question without `only`: `usage by customer if something drops below 50%`.

        None for one that says which lines are listed: `usage for Fabrikam if it is below 50%`.
        """
        condition = words.condition
        if condition is None or self._asked or _is_alert(self._mark) or self._stream.has("act", value="alert"):
            return None
        drops = condition.changed or condition.drops_below is not None
        if not drops and words.lines is None:
            return None
        return self._made(self._beyond(words), doubtful=not drops)

    def _is_alone(self, words: ClauseWords) -> bool:
        """Return True if the sentence has nothing but the clause: it is then about the digest before it.

        An order may be beside it: `make it tuesday if something changed`.
        """
        end = self._after.marks[words.end - 1].end if words.end else self._mark.end
        beside = [mark for mark in self._stream.marks if mark.end <= self._begin or mark.start >= end]
        return all(mark.kind in _BESIDE for mark in beside)

    def _unread(self, words: ClauseWords) -> RunClause | None:
        """Return a clause in which no condition is found: `only if it is a holiday`."""
        if not self._only and (not self._digest or not words.subject or self._asked):
            return None
        end = 0
        while end < len(self._after) and (self._after.marks[end].kind not in _ENDS or self._denies_change(end)):
            end += 1
        end = max(end, words.end)
        return self._made(ClauseWords(end)) if end or not self._after.marks else None  # `only if` at the end

    def _denies_change(self, at: int) -> bool:
        """Return True for the last word of `something did not change`, which is no order there."""
        return self._after.is_(at - 1, "not") and self._after.is_(at, "do") and self._after.value(at) == _CHANGE

    def _beyond(self, words: ClauseWords) -> ClauseWords:
        """Return the words with a name behind them, if the question has another one.

        `usage on Exchange only if something is below 50% on Teams` is about lines that are not listed.
        """
        at = words.end
        while self._after.is_(at, "prep"):
            at += 1
        named = any(mark.kind == MarkKind.NAME for mark in self._stream.marks if mark.end <= self._begin)
        if not (named and self._after.marks[at : at + 1] and self._after.marks[at].kind == MarkKind.NAME):
            return words
        return ClauseWords(at + 1, found=True, named=True)

    def _made(self, words: ClauseWords, *, doubtful: bool = False) -> RunClause:
        """Return the clause with so many of the marks behind its first one."""
        begin = self._before.start if self._only and self._before is not None else self._begin
        end = self._after.marks[words.end - 1].end if words.end else self._mark.end
        end = next((mark.end for mark in self._after.given if mark.start == end and mark.kind == _FILLER), end)
        condition = None if words.named else words.condition
        return RunClause(begin, end, condition, words.lines, doubtful and condition is not None, words.seats)


def _is_schedule(mark: Mark) -> bool:
    values = mark.value.values if isinstance(mark.value, TimeMark) else ()
    return any(isinstance(value, Recurring | OnceAt | AtTime) for value in values)
