"""Read a sentence of a person: what it means, and what of it was not understood.

Pure and total: no text makes it raise. Every word that carries meaning is either understood or named; a sentence with
a word that is left over is never answered.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.commands.meaning import Act, Meaning, Named
from bot.domain.licensing import Dimension, Entry
from bot.errors import FilterError
from bot.language.moments.time_values import Until
from bot.language.reading.amounts import contradictory
from bot.language.reading.courtesies import without_courtesies
from bot.language.reading.follow_up import chosen, continued, follows
from bot.language.reading.management import management
from bot.language.reading.mark_stream import MarkStream
from bot.language.reading.marks import Mark, MarkKind, NameMark
from bot.language.reading.pairs import crossed
from bot.language.reading.question import HARMLESS, question
from bot.language.reading.reading import Correction, Reading, ReadingOutcome, ReadSpan, Reason
from bot.language.reading.time_marks import TimeMark
from bot.language.reading.times import timed
from bot.language.reading.word_marks import WordMarks
from bot.language.reading.worded_sentence import ENGLISH, WordedSentence, covered, worded
from bot.names.span_lookup import SpanLookup
from bot.query.filters.filter_parser import parse_filter

_FILTER = re.compile(r"\b(?:eq|ne)\b", re.IGNORECASE)
_NEEDING_A_QUESTION = frozenset({Act.DIGEST, Act.ALERT, Act.EXPORT, Act.COMPARE, Act.TREND})


class SentenceReader:
    """Reads the sentences of one person, whose names `lookup` knows."""

    def __init__(self, lookup: SpanLookup, now: datetime) -> None:
        self._lookup = lookup
        self._now = now

    def read(self, text: str, language: str = ENGLISH, before: Meaning | None = None) -> Reading:
        """Return what `text` means; the arguments are those of `worded` and `read_worded`."""
        return self.read_worded(worded(text, language, self._now), before)

    def read_worded(self, sentence: WordedSentence, before: Meaning | None = None) -> Reading:
        """Return what the sentence means with the names of the lookup.

        `before` is the question that the person asked last in this conversation: a sentence that is not whole by itself
        changes it.
        """
        if sentence.too_long:
            return Reading(ReadingOutcome.REFUSE, None, Reason.TOO_LONG)
        marks = covered(sentence, self._lookup)
        stream = MarkStream(without_courtesies(marks, sentence.pieces))
        return _Composer(sentence, stream, self._lookup, before, self._now).reading()


class _Composer:
    def __init__(
        self, marked: WordedSentence, stream: MarkStream, lookup: SpanLookup, before: Meaning | None, now: datetime
    ) -> None:
        self._now = now
        self._before = before
        self._marked = marked
        self._stream = stream
        self._lookup = lookup

    def reading(self) -> Reading:
        stream = self._stream
        content = [mark for mark in stream.marks if mark.kind not in ("small", "closing")]
        said_no = [mark.kind for mark in content] == ["none"]  # a bare "no"
        if said_no or all(self._is_courtesy(mark) for mark in content):
            said = next((stream.value(at) for at in stream.all_of("small")), "")
            return Reading(ReadingOutcome.HELP, Meaning(act=Act.HELP, topic=said), understood=self._spans())
        return (
            self._filter() or self._help() or self._account() or self._chosen() or self._managed() or self._listed()
            or self._asked()
        )  # fmt: skip

    def _is_courtesy(self, mark: Mark) -> bool:
        """Return True for `bis morgen` and `top!`: who says no more than this, says goodbye, or thanks."""
        if isinstance(mark.value, TimeMark):
            return all(isinstance(value, Until) for value in mark.value.values)
        words = WordMarks(self._marked.vocabularies)
        return mark.kind == "rank" and words.means(self._marked.pieces[mark.start].folded, "small")

    def _filter(self) -> Reading | None:
        """Read a filter in the API's own language: `filter workloadCode eq 'EXO'`."""
        if not self._stream.is_(0, "filter") or not _FILTER.search(self._marked.typed.text):
            return None
        text = self._marked.typed.text[self._marked.pieces[self._stream.marks[0].end].left :]
        self._stream.take("filter", *range(len(self._stream)))
        try:
            parsed = parse_filter(text)
        except FilterError:
            what = self._marked.text.strip()[:80]
            return Reading(ReadingOutcome.REFUSE, None, Reason.NOT_UNDERSTOOD, what, understood=())
        return Reading(ReadingOutcome.ANSWER, Meaning(expression=parsed), understood=self._spans())

    def _chosen(self) -> Reading | None:
        """Read `the second one` after a name that is several things'."""
        at = self._stream.first("nth")
        if at is None:
            return None
        self._stream.take("filter", at)
        found = chosen(self._before, int(self._stream.value(at))) if self._before else None
        if found is None:
            what = self._said(self._stream.marks[at])
            return Reading(ReadingOutcome.ASK, None, Reason.MISSING, what, understood=self._spans())
        return self._finished(found)

    def _help(self) -> Reading | None:
        at = self._stream.first("help")
        rest = {"help", "small", "act", "it", "to", "use", "prep", "have", "digests", "dim", "follow"}
        if at is None or any(mark.kind not in rest for mark in self._stream.marks):
            return None
        self._stream.take("act", *range(len(self._stream)))
        meaning = Meaning(act=Act.HELP, topic=self._stream.value(at))
        return Reading(ReadingOutcome.HELP, meaning, understood=self._spans())

    def _account(self) -> Reading | None:
        at = self._stream.first("account")
        if at is None:
            return None
        self._stream.take("act", at)
        return self._finished(Meaning(act=Act.ACCOUNT, do=self._stream.value(at)))

    def _managed(self) -> Reading | None:
        found = management(self._stream)
        if found is None:
            return None
        at = timed(self._stream, found, self._now)
        found = at.meaning
        if not found.target or self._stream.first(MarkKind.NAME) is not None:
            # "remove the fabrikam digest": a digest has a number, and no name.
            names = question(self._stream, self._marked.typed.text, self._marked.pieces).names
            found = replace(found, names=names)
        done = self._finished(found)
        if done.reason is Reason.NOT_UNDERSTOOD:
            return done
        if at.reason is not None:
            return replace(done, outcome=ReadingOutcome.ASK, reason=at.reason, what=at.what)
        if found.until is not None and found.until <= self._now.date():
            return replace(done, outcome=ReadingOutcome.ASK, reason=Reason.IMPOSSIBLE, what=found.until.isoformat())
        return self._certain(done, found)

    def _certain(self, done: Reading, managed: Meaning) -> Reading:
        """Return the reading, which asks if it is not certain which digest is meant."""
        if self._stream.unsure:  # "should I stop it?"
            done = replace(done, meaning=replace(managed, target=()))
        nothing_before = managed.target == "last" and self._before is None  # "make it friday", and there is no it
        if nothing_before or not managed.target or managed.names or self._stream.unsure:
            return replace(done, outcome=ReadingOutcome.ASK, reason=Reason.MISSING, what="digest")
        return done

    def _listed(self) -> Reading | None:
        """Read `customers`, `which customers can I see?`, `customers fabr`, `my digests`."""
        stream = self._stream
        kinds = [mark.kind for mark in stream.marks]
        if stream.has("digests") and not set(kinds) - {"digests", "seelist", "which", "all", "have"}:
            stream.take("of", *range(len(stream)))
            return self._finished(Meaning(act=Act.LIST, of="digests"))
        at = stream.first("dim")
        if at is None or not str(self._said(stream.marks[at])).casefold().endswith(("s", "k", "n", "e")):
            return None
        if not set(kinds) - {"dim", "seelist", "which", "all", "everyone", "have"} and kinds.count("dim") == 1:
            stream.take("of", *range(len(stream)))
            return self._finished(Meaning(act=Act.LIST, of=f"{stream.value(at)}s"))
        if at == 0 and len(kinds) > 1 and set(kinds[1:]) <= {MarkKind.UNKNOWN} and len(kinds) <= 3:
            stream.take("of", 0)
            stream.take("search", *range(1, len(stream)))
            search = self._text(stream.marks[1].start, stream.marks[-1].end)
            return self._finished(Meaning(act=Act.LIST, of=f"{stream.value(at)}s", search=search))
        return None

    def _asked(self) -> Reading:
        stream = self._stream
        refused = stream.first("refused")
        what = stream.value(refused) if refused is not None else ""
        stream.take("act", *stream.all_of("refused"))
        meaning = question(stream, self._marked.typed.text, self._marked.pieces)
        at = timed(stream, meaning, self._now)
        meaning = at.meaning
        if self._before is not None and follows(stream, meaning, self._before):
            meaning = continued(stream, meaning, self._before)
        elif meaning.act in _NEEDING_A_QUESTION and not self._asks(meaning):
            return replace(self._finished(meaning), outcome=ReadingOutcome.ASK, reason=Reason.MISSING, what="question")
        if not what and self._names_users(meaning):
            what = "users"
        if what == "renewals":
            meaning = replace(meaning, act=Act.RENEWALS)
        done = self._finished(meaning)
        if what:
            return replace(done, outcome=ReadingOutcome.REFUSE, reason=Reason.NOT_OFFERED, what=what)
        if at.reason is not None and done.outcome is ReadingOutcome.ANSWER:
            choices = tuple(replace(meaning, day=day) for day in at.days)
            return replace(done, outcome=ReadingOutcome.ASK, reason=at.reason, what=at.what, choices=choices)
        if done.outcome is ReadingOutcome.ANSWER and crossed(stream):
            what = self._marked.text.strip()[:80]
            return replace(done, outcome=ReadingOutcome.ASK, reason=Reason.CONFLICT, what=what)
        if done.outcome is ReadingOutcome.ANSWER and contradictory(meaning.conditions):
            limits = ", ".join(f"{each.operator} {each.value:g}" for each in meaning.conditions)
            return replace(done, outcome=ReadingOutcome.ASK, reason=Reason.CONFLICT, what=limits)
        if done.outcome is ReadingOutcome.ANSWER and meaning.act is Act.COMPARE and meaning.versus is None:
            return replace(done, outcome=ReadingOutcome.ASK, reason=Reason.MISSING, what="day")
        if done.outcome is ReadingOutcome.ANSWER and meaning.act is Act.DIGEST and meaning.schedule is None:
            return replace(done, outcome=ReadingOutcome.ASK, reason=Reason.MISSING, what="time")
        if done.outcome is ReadingOutcome.ANSWER and not self._says_something(meaning):
            return replace(done, outcome=ReadingOutcome.REFUSE, reason=Reason.NOT_UNDERSTOOD,
                           what=self._marked.text.strip()[:80])  # fmt: skip
        return done

    def _names_users(self, meaning: Meaning) -> bool:
        """Return True for `who at Fabrikam uses Teams`: the figures have no users, only how many there are."""
        customers = [each for each in meaning.called(Dimension.CUSTOMER) if not each.negative]
        return len(customers) == 1 and self._stream.has("who", value="")

    def _asks(self, meaning: Meaning) -> bool:
        """Return True if something is asked about: a digest, an alert or a file needs a question."""
        said = meaning.names or meaning.by or meaning.keep or meaning.conditions or meaning.measure
        usage = self._stream.has("report") or self._stream.has("act", value="usage")
        return bool(said or usage or self._stream.has("use", "everyone"))

    def _says_something(self, meaning: Meaning) -> bool:
        return bool(
            meaning.names or meaning.by or meaning.keep or meaning.conditions or meaning.measure or meaning.day
            or self._stream.has("act", "report", "use")
        )  # fmt: skip

    def _finished(self, meaning: Meaning) -> Reading:
        """Return the reading of `meaning`, asking or refusing for what is not clear."""
        stream = self._stream
        unknown = stream.left(lambda mark: mark.kind not in HARMLESS)
        spans, corrected = self._spans(), self._corrections()
        missing = tuple(self._span(mark) for mark in unknown)
        base = Reading(ReadingOutcome.ANSWER, meaning, understood=spans, corrected=corrected, not_understood=missing)
        absent = self._absent(unknown)
        if absent is not None:
            text, nearest = absent
            base = replace(base, meaning=replace(meaning, names=self._beside(unknown, meaning.names)))
            outcome = ReadingOutcome.ASK if nearest else ReadingOutcome.REFUSE
            return replace(base, outcome=outcome, reason=Reason.NO_SUCH_NAME, what=text, nearest=nearest)
        if unknown:
            words = ", ".join(dict.fromkeys(span.text for span in missing))
            return replace(base, outcome=ReadingOutcome.REFUSE, reason=Reason.NOT_UNDERSTOOD, what=words)
        several = next((each for each in meaning.names if len(each.entries) > 1), None)
        if several is not None:
            return replace(base, outcome=ReadingOutcome.ASK, reason=Reason.SEVERAL, what=several.text,
                           choices=_each(meaning, several))  # fmt: skip
        return base

    def _absent(self, unknown: Sequence[Mark]) -> tuple[str, tuple[Entry, ...]] | None:
        """Return a name that nobody here has, and the nearest ones; None if there is none."""
        for mark in unknown:
            if isinstance(mark.value, NameMark):
                return self._said(mark), mark.value.nearest
            at = self._stream.marks.index(mark)
            if mark.kind == MarkKind.UNKNOWN and at and self._stream.marks[at - 1].kind == "prep":
                end = at
                while end + 1 < len(self._stream) and self._stream.marks[end + 1].kind == MarkKind.UNKNOWN:
                    end += 1
                text = self._text(mark.start, self._stream.marks[end].end)
                return text, self._lookup.similar(text)
        return None

    def _beside(self, unknown: Sequence[Mark], names: tuple[Named, ...]) -> tuple[Named, ...]:
        """Return the names without those listed with an absent one: `Visio and Exchange` is not Exchange alone."""
        marks = self._stream.marks
        listed: set[tuple[Entry, ...]] = set()
        for at, mark in enumerate(marks):
            if mark not in unknown:
                continue
            for step in (-1, 1):
                joint, other = at + step, at + 2 * step
                named = marks[other].value if 0 <= other < len(marks) and marks[joint].kind == "and" else None
                if isinstance(named, NameMark):
                    listed.add(named.entries)
        return tuple(each for each in names if each.entries not in listed)

    def _corrections(self) -> tuple[Correction, ...]:
        found: dict[Correction, None] = {}
        for at, mark in enumerate(self._stream.marks):
            named = mark.value
            if isinstance(named, NameMark) and named.corrected and at in self._stream.taken and named.entries:
                found[Correction(self._said(mark), named.entries[0].name)] = None
        for mark in self._stream.misspelt:
            found[Correction(self._said(mark), mark.right)] = None
        return tuple(found)

    def _spans(self) -> tuple[ReadSpan, ...]:
        stream = self._stream
        return tuple(
            replace(self._span(stream.marks[at]), taken_for=label) for at, label in sorted(stream.taken.items())
        )

    def _span(self, mark: Mark) -> ReadSpan:
        origin = self._marked.typed.origin
        left, right = self._marked.pieces[mark.start].left, self._marked.pieces[mark.end - 1].right
        start = origin[left]
        return ReadSpan(self._marked.text[start : origin[right - 1] + 1], start)

    def _said(self, mark: Mark) -> str:
        return self._text(mark.start, mark.end)

    def _text(self, start: int, end: int) -> str:
        return self._marked.typed.text[self._marked.pieces[start].left : self._marked.pieces[end - 1].right]


def _each(meaning: Meaning, several: Named) -> tuple[Meaning, ...]:
    """Return the question with each of the entries that the name may mean."""
    return tuple(
        replace(
            meaning,
            names=tuple(replace(each, entries=(entry,)) if each is several else each for each in meaning.names),
        )
        for entry in several.entries
    )


def is_of(meaning: Meaning, dimension: Dimension) -> bool:
    """Return True if something of this dimension was named."""
    return any(each.dimension is dimension for each in meaning.names)
