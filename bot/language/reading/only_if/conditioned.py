"""Make a digest of a sentence and of what must hold, or it is not posted. Pure."""

from collections.abc import Callable
from dataclasses import replace

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Command
from bot.commands.meaning import Act, Meaning
from bot.commands.run_condition import RunCondition
from bot.language.composing.question import FILES
from bot.language.composing.reason import Reason
from bot.language.composing.times import DATED_SCHEDULE
from bot.language.reading.command_of import command_of
from bot.language.reading.limits.seat_measures import seats_of
from bot.language.reading.only_if.run_clause import RunClause
from bot.language.reading.reading import Reading, ReadingOutcome, ReadSpan

CONDITION, ONCE = "condition", "condition_once"
_TAKEN = "condition"
_ASKED = frozenset({Act.USAGE, Act.COMPARE, Act.TREND, Act.DIGEST, Act.ALERT})
_SETTINGS = frozenset({"change", "open"})  # of a digest that exists


def conditioned(
    rest: Reading, clause: RunClause, span: ReadSpan, before: Meaning | None, whole: Callable[[], Reading]
) -> Reading:
    """Return the reading of a sentence: its `rest`, and the clause, which is `span`.

    `before` is the question that was asked last. `whole` reads the sentence as if it had no clause.
    """
    if rest.outcome is ReadingOutcome.HELP:
        rest = _alone(before)
    meaning = rest.meaning
    if meaning is None:
        return replace(rest, not_understood=(*rest.not_understood, span))
    if clause.condition is not None and clause.condition.is_always and not _is_of_settings(meaning):
        return whole()  # it is said of a digest that there is
    if clause.condition is None or not _fits(meaning, clause):
        if meaning.act is Act.ALERT and _is_alert(alert := whole()):  # `warn me weekly if Teams at Fabrikam …`
            return alert
        return _refused(rest, meaning, span, CONDITION)
    if meaning.schedule is not None and meaning.schedule.once:
        return _refused(rest, meaning, span, ONCE)
    read = _with(rest, meaning, clause, clause.condition, span)
    return _either(read, whole(), span) if clause.doubtful else read


def _is_alert(read: Reading) -> bool:
    """Return True for an alert that is carried out: its condition may name a line."""
    meaning = read.meaning
    if meaning is None or read.outcome is not ReadingOutcome.ANSWER or meaning.act is not Act.ALERT:
        return False
    return isinstance(command_of(meaning), Command)


def _alone(before: Meaning | None) -> Reading:
    """Return what a condition without anything else is about: the digest before it, or one of the question before."""
    if before is not None and before.act is Act.DIGEST:
        return Reading(ReadingOutcome.ANSWER, Meaning(act=Act.MANAGE, do="change", target="last"))
    if before is not None and before.act in _ASKED:
        return Reading(ReadingOutcome.ANSWER, replace(before, act=Act.DIGEST))
    return Reading(ReadingOutcome.ASK, Meaning(act=Act.DIGEST), Reason.MISSING, "question")


def _is_of_settings(meaning: Meaning) -> bool:
    return meaning.act is Act.MANAGE and meaning.do in _SETTINGS


def _fits(meaning: Meaning, clause: RunClause) -> bool:
    """Return True if a digest of this question can have the condition."""
    if meaning.kind is not AnswerKind.FIGURES:  # a condition is about the figures of a day
        return False
    if meaning.act not in _ASKED or meaning.output in FILES:
        return _is_of_settings(meaning)
    of_this = clause.seats is None or clause.seats is (seats_of(meaning) is not None)
    return of_this and (clause.lines is None or not meaning.by or clause.lines in meaning.by)


def _as_digest(meaning: Meaning) -> Meaning:
    reported = (Act.USAGE, Act.COMPARE, Act.TREND, Act.ALERT)
    return replace(meaning, act=Act.DIGEST) if meaning.act in reported else meaning


def _refused(rest: Reading, meaning: Meaning, span: ReadSpan, what: str) -> Reading:
    """Return that the condition is not offered; what else was not understood is named first."""
    left = (*rest.not_understood, replace(span, taken_for=""))
    kept = meaning if meaning.act is Act.MANAGE or meaning.output in FILES else _as_digest(meaning)
    if rest.outcome is not ReadingOutcome.ANSWER and rest.reason is not Reason.MISSING:
        return replace(rest, not_understood=left)
    return replace(
        rest, outcome=ReadingOutcome.REFUSE, reason=Reason.NOT_OFFERED, what=what, meaning=kept, not_understood=left
    )


def _with(rest: Reading, meaning: Meaning, clause: RunClause, condition: RunCondition, span: ReadSpan) -> Reading:
    """Return the rest of the sentence as a digest, or a change of one, with the condition."""

    def made(one: Meaning) -> Meaning:
        if one.act is Act.MANAGE:
            return replace(one, do="change", only=condition)
        listed = one.by or (() if clause.lines is None else (clause.lines,))
        return replace(_as_digest(one), by=listed, only=condition)

    read = replace(
        rest,
        meaning=made(meaning),
        choices=tuple(map(made, rest.choices)),
        understood=(*rest.understood, replace(span, taken_for=_TAKEN)),
    )
    if meaning.act is Act.MANAGE:
        return read
    if (rest.reason, rest.what) == (Reason.MISSING, "question") and clause.lines is not None:
        read = replace(read, outcome=ReadingOutcome.ANSWER, reason=None, what="")  # "notify me if a customer …"
    asks_time = (read.reason, read.what) == (Reason.MISSING, "time")
    dated = meaning.day is not None or meaning.period is not None  # those figures change no more
    if dated and (asks_time or read.outcome is ReadingOutcome.ANSWER):
        return replace(read, outcome=ReadingOutcome.ASK, reason=Reason.CONFLICT, what=DATED_SCHEDULE)
    if read.outcome is ReadingOutcome.ANSWER and meaning.schedule is None:
        return replace(read, outcome=ReadingOutcome.ASK, reason=Reason.MISSING, what="time")
    return read


def _either(read: Reading, listed: Reading, span: ReadSpan) -> Reading:
    """Return the reading, which asks if the words may as well say which lines are listed."""
    asks_time = (read.reason, read.what) == (Reason.MISSING, "time")
    if listed.outcome is not ReadingOutcome.ANSWER or listed.meaning is None or read.meaning is None:
        return read
    if not isinstance(command_of(listed.meaning), Command):
        return read
    if read.outcome is not ReadingOutcome.ANSWER and not asks_time:
        return read
    choices = (listed.meaning, read.meaning)
    return replace(read, outcome=ReadingOutcome.ASK, reason=Reason.NEAR, what=span.text, choices=choices)
