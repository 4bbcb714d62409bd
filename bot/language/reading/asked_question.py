"""Read a question about usage, with its times and what was asked before. Pure."""

from dataclasses import replace
from datetime import datetime

from bot.commands.answer_kind import AnswerKind
from bot.commands.meaning import Act, Meaning
from bot.domain.licensing import Dimension
from bot.language.composing.conditions import contradictory
from bot.language.composing.pairs import crossed
from bot.language.composing.question import question
from bot.language.composing.reason import Reason
from bot.language.composing.times import Timed, timed
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind
from bot.language.marking.worded_sentence import WordedSentence
from bot.language.reading.coverage import Coverage
from bot.language.reading.follow_up import continued, follows, without_kept
from bot.language.reading.limits.kind_limits import SOLD
from bot.language.reading.reading import Reading, ReadingOutcome

_NEEDING_A_QUESTION = frozenset({Act.DIGEST, Act.ALERT, Act.EXPORT, Act.COMPARE, Act.TREND})
_TWO = 2
_SHOWN = 80  # characters of a sentence that means nothing


def asked(
    sentence: WordedSentence, stream: MarkStream, coverage: Coverage, before: Meaning | None, now: datetime
) -> Reading:
    """Return what the question means, or why it is not answered."""
    what = next((stream.value(at) for at in stream.all_of("refused")), "")
    stream.take("act", *stream.all_of("refused"))
    freed: Meaning | None = None
    made = question(stream, sentence.typed.text, sentence.pieces)
    at = timed(stream, made if before is None else _as_before(stream, made, before), now, before)
    meaning = at.meaning
    if before is not None and follows(stream, meaning, before):
        if _unclear(stream, meaning, before):
            done = coverage.finished(continued(stream, meaning, before, now.date()))
            what = sentence.text.strip()[:_SHOWN]
            return replace(done, outcome=ReadingOutcome.ASK, reason=Reason.NOT_UNDERSTOOD, what=what)
        said, meaning = meaning, continued(stream, meaning, before, now.date())
        freed = without_kept(meaning, said)
    elif _only_removes(stream, meaning) or (
        meaning.act in _NEEDING_A_QUESTION and not (_asks(stream, meaning) or _compares_days(stream, meaning))
    ):
        return replace(coverage.finished(meaning), outcome=ReadingOutcome.ASK, reason=Reason.MISSING, what="question")
    if not what and _names_users(stream, meaning):
        what = "users"
    if what == "renewals":  # those that are over
        meaning = replace(meaning, act=Act.RENEWALS, kind=AnswerKind.FIGURES)
    meaning = _with_kind(meaning)
    done = replace(coverage.finished(meaning), freed=freed)
    if what:
        return replace(done, outcome=ReadingOutcome.REFUSE, reason=Reason.NOT_OFFERED, what=what)
    return done if done.outcome is not ReadingOutcome.ANSWER else _doubted(sentence, stream, at, done, meaning)


def _with_kind(meaning: Meaning) -> Meaning:
    """Return the meaning with the kind that its act asks for: a comparison of days is no trend any more."""
    if meaning.act in (Act.USAGE, Act.COMPARE) and meaning.kind is AnswerKind.TREND:
        return replace(meaning, kind=AnswerKind.FIGURES, step=None)
    return meaning


def _as_before(stream: MarkStream, said: Meaning, before: Meaning) -> Meaning:
    """Return what was said, of the kind of the question that it continues.

    `the next 90 days` after one about renewals is about renewals.
    """
    of_another = said.kind is not AnswerKind.FIGURES or before.kind not in SOLD
    figures = stream.has("act", value="usage") and not said.conditions  # "and the usage?"
    if of_another or figures or not follows(stream, said, before):
        return said
    return replace(said, kind=before.kind)


def _unclear(stream: MarkStream, said: Meaning, before: Meaning) -> bool:
    """Return True for `also on friday` after a digest, and for `or above 90%` after another limit."""
    dated = before.act is Act.DIGEST and said.schedule is None and (said.day or said.period) and said.versus is None
    other = stream.marks[0].kind == "tail" and said.conditions and before.conditions
    return bool(dated or other)


def _only_removes(stream: MarkStream, meaning: Meaning) -> bool:
    """Return True for `laat Skype weg`, which leaves a name out of a question that was asked before."""
    removes = any(mark.kind in ("do", "except") and mark.value == "remove" for mark in stream.marks)
    whole = stream.has("report", "which") or stream.has("act", value="usage") or meaning.by
    return removes and not whole and not meaning.mine and all(each.negative for each in meaning.names)


def _doubted(sentence: WordedSentence, stream: MarkStream, at: Timed, done: Reading, meaning: Meaning) -> Reading:
    """Return the reading, asking if its parts do not fit together."""
    whole = sentence.text.strip()[:_SHOWN]
    if at.reason is not None:
        choices = tuple(replace(meaning, day=day) for day in at.days)
        return replace(done, outcome=ReadingOutcome.ASK, reason=at.reason, what=at.what, choices=choices)
    if (within := _ranks_within(stream, meaning)) or crossed(stream):
        reason = Reason.NOT_UNDERSTOOD if within else Reason.CONFLICT
        return replace(done, outcome=ReadingOutcome.ASK, reason=reason, what=whole)
    if contradictory(meaning.conditions):
        limits = ", ".join(f"{each.operator} {each.value:g}" for each in meaning.conditions)
        return replace(done, outcome=ReadingOutcome.ASK, reason=Reason.CONFLICT, what=limits)
    if missing := _missing(meaning):
        return replace(done, outcome=ReadingOutcome.ASK, reason=Reason.MISSING, what=missing)
    if not _says_something(stream, meaning):
        return replace(done, outcome=ReadingOutcome.REFUSE, reason=Reason.NOT_UNDERSTOOD, what=whole)
    return done


def _ranks_within(stream: MarkStream, meaning: Meaning) -> bool:
    """Return True for `top 3 customers per product`: they are the first ones of each product, not of all pairs."""
    if meaning.keep is None or len(meaning.by) < _TWO:
        return False
    dims = [at for at, mark in enumerate(stream.marks) if mark.kind == "dim"]
    ranked = any(not at or stream.marks[at - 1].kind not in ("each", "and", "dim") for at in dims)
    return ranked and any(at and stream.marks[at - 1].kind == "each" for at in dims)


def _missing(meaning: Meaning) -> str:
    """Return what a comparison or a digest lacks, "" if it lacks nothing."""
    if meaning.act is Act.COMPARE and meaning.versus is None:
        return "day"
    return "time" if meaning.act is Act.DIGEST and meaning.schedule is None else ""


def _names_users(stream: MarkStream, meaning: Meaning) -> bool:
    """Return True for `who at Fabrikam uses Teams`.

    The figures have no users, only how many there are.
    """
    customers = [each for each in meaning.called(Dimension.CUSTOMER) if not each.negative]
    return len(customers) == 1 and stream.has("who", value="")


def _compares_days(stream: MarkStream, meaning: Meaning) -> bool:
    """Return True for `compare october with november`: it is about everything."""
    return meaning.versus is not None and sum(mark.kind == MarkKind.TIME for mark in stream.marks) > 1


def _asks(stream: MarkStream, meaning: Meaning) -> bool:
    """Return True if something is asked about: a digest, an alert or a file needs a question."""
    said = meaning.names or meaning.by or meaning.keep or meaning.conditions or meaning.measure or meaning.mine
    usage = stream.has("report", "kind") or stream.has("act", value="usage")
    return bool(said or usage or stream.has("use", "everyone"))


def _says_something(stream: MarkStream, meaning: Meaning) -> bool:
    said = meaning.names or meaning.keep or meaning.conditions or meaning.measure or meaning.day or meaning.mine
    lines = meaning.by and stream.has("dim", "per")  # "is anyone there?" says nothing of lines
    return bool(said or lines or stream.has("act", "report", "use", "kind"))
