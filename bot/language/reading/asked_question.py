"""Read a question about usage, with its times and what was asked before. Pure."""

import re
from dataclasses import replace
from datetime import datetime

from bot.commands.answer_kind import AnswerKind
from bot.commands.meaning import Act, Meaning, Measure
from bot.domain.licensing import Dimension
from bot.domain.report_kind import SeatMeasure
from bot.language.composing.conditions import contradictory
from bot.language.composing.kinds.renewal_limits import with_renewal_limits
from bot.language.composing.kinds.seat_limits import ALL_ASSIGNED, all_assigned
from bot.language.composing.pairs import crossed
from bot.language.composing.question import question
from bot.language.composing.reason import Reason
from bot.language.composing.times import Timed, timed
from bot.language.marking.mark_stream import MINE, MarkStream
from bot.language.marking.marks import MarkKind
from bot.language.marking.worded_sentence import WordedSentence
from bot.language.reading.coverage import Coverage
from bot.language.reading.follow_up import continued, follows, without_kept
from bot.language.reading.limits.kind_limits import SOLD
from bot.language.reading.limits.seat_measures import SOLD_OVER_DAYS, seats_of
from bot.language.reading.reading import Reading, ReadingOutcome

_NEEDING_A_QUESTION = frozenset({Act.DIGEST, Act.ALERT, Act.EXPORT, Act.COMPARE, Act.TREND})
_TWO = 2
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
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
    followed = before is not None and follows(stream, meaning, before)
    if before is not None and followed:
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
    meaning = with_renewal_limits(stream, _with_kind(meaning))
    done = replace(coverage.finished(meaning), freed=freed)
    if what:
        return replace(done, outcome=ReadingOutcome.REFUSE, reason=Reason.NOT_OFFERED, what=what)
    if done.outcome is not ReadingOutcome.ANSWER:
        return done
    return _doubted(sentence, stream, at, done, meaning, goes_on=followed and _goes_on(at.meaning, stream))


def _goes_on(said: Meaning, stream: MarkStream) -> bool:
    """Return True for `next 60 days`, `weekly` and `how many?`, which are whole after a question."""
    return bool(said.renewing or said.output or stream.has("many", "all", MarkKind.TIME))


def _with_kind(meaning: Meaning) -> Meaning:
    """Return the meaning with the kind that its act asks for: a comparison of days is no trend any more.

    Nor is an alert after one, which watches the newest figures.
    """
    if meaning.act in (Act.USAGE, Act.COMPARE) and meaning.kind is AnswerKind.TREND:
        return replace(meaning, kind=AnswerKind.FIGURES, step=None)
    if meaning.act is Act.ALERT and meaning.kind is AnswerKind.TREND:
        return replace(meaning, kind=AnswerKind.FIGURES, step=None, period=None, goes_on=False)
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


def _doubted(
    sentence: WordedSentence, stream: MarkStream, at: Timed, done: Reading, meaning: Meaning, *, goes_on: bool
) -> Reading:
    """Return the reading, asking if its parts do not fit together.

    `goes_on`: it changes what was asked before.
    """
    whole = sentence.text.strip()[:_SHOWN]
    if at.reason is not None:
        choices = tuple(replace(meaning, day=day) for day in at.days)
        return replace(done, outcome=ReadingOutcome.ASK, reason=at.reason, what=at.what, choices=choices)
    if _sold_over_days(sentence, stream, meaning):
        return replace(done, outcome=ReadingOutcome.REFUSE, reason=Reason.NOT_OFFERED, what=SOLD_OVER_DAYS)
    if meaning.measure is Measure.ASSIGNED and not meaning.conditions and all_assigned(stream):
        choices = (replace(meaning, conditions=(ALL_ASSIGNED,)), meaning)  # `all licenses assigned`: how many, or where
        return replace(done, outcome=ReadingOutcome.ASK, reason=Reason.NEAR, what=whole, choices=choices)
    reason, what = _unfit(stream, meaning, whole, goes_on=goes_on)
    asks = reason is not Reason.NOT_UNDERSTOOD or _ranks_within(stream, meaning) or _names_beside_own(stream, meaning)
    outcome = ReadingOutcome.ASK if asks else ReadingOutcome.REFUSE
    return done if reason is None else replace(done, outcome=outcome, reason=reason, what=what)


def _unfit(stream: MarkStream, meaning: Meaning, whole: str, *, goes_on: bool) -> tuple[Reason | None, str]:
    """Return why the parts do not fit together, and the words; None if they do."""
    if _names_beside_own(stream, meaning) or _ranks_within(stream, meaning):
        return Reason.NOT_UNDERSTOOD, whole
    if crossed(stream):
        return Reason.CONFLICT, whole
    if contradictory(meaning.conditions):
        return Reason.CONFLICT, ", ".join(f"{each.operator} {each.value:g}" for each in meaning.conditions)
    if missing := _missing(meaning):
        return Reason.MISSING, missing
    return (None, "") if goes_on or _says_something(stream, meaning) else (Reason.NOT_UNDERSTOOD, whole)


def _names_beside_own(stream: MarkStream, meaning: Meaning) -> bool:
    """Return True for `put Fabrikam on my customers`, which asks nothing of them."""
    kinds = {mark.kind for mark in stream.marks}
    return stream.mine and meaning.names_customers and kinds <= {MarkKind.NAME, MINE, "dim", "prep", "to", "small"}


def _sold_over_days(sentence: WordedSentence, stream: MarkStream, meaning: Meaning) -> bool:
    """Return True for `licenses sold in october`: the report has what is held on a day, not what was sold in a month.

    `from 2026-10-01 to 2026-10-31` says the days whose figures are compared.
    """
    if meaning.period is None or meaning.versus is not None or meaning.kind is not AnswerKind.FIGURES:
        return False
    text, pieces = sentence.typed.text, sentence.pieces
    marks = (stream.marks[at] for at, mark in enumerate(stream.marks) if mark.kind == MarkKind.TIME)
    exact = any(_DATE.search(text[pieces[mark.start].left : pieces[mark.end - 1].right]) for mark in marks)
    return seats_of(meaning) in (SeatMeasure.SOLD, SeatMeasure.ASSIGNED) and not exact


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
    return bool(said or lines or meaning.renewing or stream.has("act", "report", "use", "kind"))
