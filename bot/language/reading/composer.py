"""Decide what kind of sentence it is.

Help, an account, a list, digests to manage, or a question. Pure.
"""

import re
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

from bot.commands.meaning import Act, Meaning
from bot.errors import FilterError
from bot.language.composing.chosen_times import is_only_repeated
from bot.language.composing.question import HARMLESS, question
from bot.language.composing.reason import Reason
from bot.language.composing.scope import scope
from bot.language.composing.times import timed
from bot.language.marking.mark_stream import MINE, MarkStream
from bot.language.marking.marks import Mark, MarkKind
from bot.language.marking.time_marks import TimeMark
from bot.language.marking.word_marks import WordMarks
from bot.language.marking.worded_sentence import WordedSentence
from bot.language.moments.time_values import Until
from bot.language.reading.amended_number import amended
from bot.language.reading.asked_question import asked
from bot.language.reading.choices.chosen_entry import chosen, picked
from bot.language.reading.choices.left_out import left_out
from bot.language.reading.command_of import PAUSES
from bot.language.reading.coverage import Coverage
from bot.language.reading.filters.typed_filter import typed_filter
from bot.language.reading.follow_up import without_kept
from bot.language.reading.listed_names import FOLLOW_ALL, listed, own_list_change
from bot.language.reading.management import management, retimed
from bot.language.reading.reading import Reading, ReadingOutcome

_QUESTIONS = (Act.USAGE, Act.COMPARE)
_LANGUAGE = "language"
_TOPICS = ("act", "digests", "dim", "rank", "filter", "account", "heed")
_BESIDE_HELP = frozenset({"help", "small", "it", "to", "use", "prep", "have", "follow", *_TOPICS})
# A filter without the word before it, pasted from a program.
_PASTED = re.compile(
    r"[\s(]*(?:(?:workload|service)(?:Code|Name)|customer(?:TenantId|Name)|product(?:Id|Name)|channel)\s+(?:eq|ne)\s+['‘’]",
    re.IGNORECASE,
)
_FILTER = re.compile(r"\b(?:eq|ne)\b", re.IGNORECASE)


class Composer:
    """Tries what a sentence may be, one kind after the other."""

    def __init__(
        self,
        sentence: WordedSentence,
        stream: MarkStream,
        coverage: Coverage,
        before: Meaning | None,
        now: datetime,
    ) -> None:
        self._sentence = sentence
        self._stream = stream
        self._coverage = coverage
        self._before = before
        self._now = now

    def reading(self) -> Reading:
        """Return what the sentence means."""
        stream = self._stream
        content = [mark for mark in stream.marks if mark.kind not in ("small", "closing", "and")]
        said_no = [mark.kind for mark in content] == ["none"]  # a bare "no"
        if said_no or all(self._is_courtesy(mark) for mark in content):
            said = next((stream.value(at) for at in stream.all_of("small")), "")
            said = "thanks" if said == "praise" else said
            return Reading(ReadingOutcome.HELP, Meaning(act=Act.HELP, topic=said), understood=self._coverage.spans())
        return (
            self._filter() or self._help() or self._account() or self._chosen() or self._more() or self._amended()
            or self._left_out() or self._followed() or self._managed() or self._listed()
            or asked(self._sentence, self._stream, self._coverage, self._before, self._now)
        )  # fmt: skip

    def _is_courtesy(self, mark: Mark) -> bool:
        """Return True for `bis morgen` and `top!`: who says no more than this, says goodbye, or thanks."""
        if isinstance(mark.value, TimeMark):
            said = self._sentence.found[mark.start]  # `à demain`
            goodbye = any(each.end == mark.end and (each.kind, each.value) == ("small", "bye") for each in said)
            parting = self._stream.has("small", value="bye")  # "see you tomorrow"
            until = not self._is_digest and all(isinstance(value, Until) for value in mark.value.values)
            return goodbye or parting or until
        words = WordMarks(self._sentence.vocabularies, self._sentence.costs.words)
        return mark.kind == "rank" and words.means(self._sentence.pieces[mark.start].folded, "small")

    @property
    def _is_digest(self) -> bool:
        """True after a digest, which may end: `until march` is no goodbye."""
        return self._before is not None and self._before.act is Act.DIGEST

    def _filter(self) -> Reading | None:
        """Read a filter in the API's own language: `filter workloadCode eq 'EXO'`, or only `workloadCode eq 'EXO'`."""
        typed = self._sentence.typed.text
        if self._stream.is_(0, "filter") and _FILTER.search(typed):
            text = typed[self._sentence.pieces[self._stream.marks[0].end].left :]
        elif _PASTED.match(typed):
            text = typed
        else:
            return None
        self._stream.take("filter", *range(len(self._stream)))
        try:
            parsed = typed_filter(text)
        except FilterError:
            what = self._sentence.text.strip()[:80]
            return Reading(ReadingOutcome.REFUSE, None, Reason.NOT_UNDERSTOOD, what, understood=())
        return Reading(ReadingOutcome.ANSWER, Meaning(expression=parsed), understood=self._coverage.spans())

    def _chosen(self) -> Reading | None:
        """Read `the second one` after a name that is several things'."""
        if self._before is not None and (one := picked(self._stream, self._before)) is not None:
            self._stream.take("filter", *range(len(self._stream)))
            return self._coverage.finished(one)
        at = self._stream.first("nth")
        if at is None or self._stream.is_(at + 1, MarkKind.NUMBER):  # "the first 3"
            return None
        self._stream.take("filter", at)
        found = chosen(self._before, int(self._stream.value(at))) if self._before else None
        if found is None:
            return Reading(ReadingOutcome.ASK, None, Reason.MISSING, "number", understood=self._coverage.spans())
        return self._coverage.finished(found)

    def _more(self) -> Reading | None:
        """Read `more`: the next rows of the question before."""
        if {mark.kind for mark in self._stream.marks} - {"small", "closing"} != {"more"}:
            return None
        self._stream.take("form", *range(len(self._stream)))
        if self._before is None or self._before.act is not Act.USAGE:
            return Reading(ReadingOutcome.ASK, None, Reason.MISSING, "question", understood=self._coverage.spans())
        return replace(self._coverage.finished(self._before), continues=True)

    def _amended(self) -> Reading | None:
        """Read `make that 30`: the last question with another number."""
        found = amended(self._stream, self._before) if self._before is not None else None
        if found is None:
            return None
        self._stream.take("filter", *range(len(self._stream)))
        return self._coverage.finished(found)

    def _help(self) -> Reading | None:
        at = self._stream.first("help")
        if at is None or any(mark.kind not in _BESIDE_HELP for mark in self._stream.marks):
            return None
        topic = self._stream.value(at) or self._topic()
        self._stream.take("act", *range(len(self._stream)))
        meaning = Meaning(act=Act.HELP, topic=topic)
        return Reading(ReadingOutcome.HELP, meaning, understood=self._coverage.spans())

    def _topic(self) -> str:
        """Return what help is asked about: `help digests`; "" if nothing is named."""
        stream = self._stream
        for at in stream.all_of(*_TOPICS):
            match stream.marks[at].kind:
                case "act":
                    return stream.value(at)
                case "account":
                    return stream.value(at).partition(" ")[0]
                case "digests" | "filter" | "rank" as topic:
                    return "top" if topic == "rank" else topic
                case "heed":
                    return "my_customers" if stream.value(at) in ("follow", "unfollow") else "ignored_list"
                case _:
                    return "my_customers" if stream.mine else f"{stream.value(at)}s"
        return ""

    def _account(self) -> Reading | None:
        at = self._stream.first("account")
        if at is None:
            return None
        self._stream.take("act", at)
        do, _, language = self._stream.value(at).partition(" ")
        if self._stream.has("and"):  # "language nl or de": which one is not said
            language = ""
        done = self._coverage.finished(Meaning(act=Act.ACCOUNT, do=do, language=language))
        return done if do != _LANGUAGE or not done.not_understood else self._in_a_language(done, language)

    def _in_a_language(self, done: Reading, language: str) -> Reading:
        """Read `language klingon`, which is not read, and `usage for Fabrikam in french`, which is not answered so."""
        left = self._stream.left(lambda mark: mark.kind not in HARMLESS)
        if all(mark.kind == MarkKind.UNKNOWN for mark in left):
            return done if language else replace(done, reason=Reason.NOT_OFFERED, what="tongue")
        read = asked(self._sentence, self._stream, self._coverage, self._before, self._now)
        if read.not_understood or not language:
            return done
        return replace(read, outcome=ReadingOutcome.REFUSE, reason=Reason.NOT_OFFERED, what=_LANGUAGE)

    def _left_out(self) -> Reading | None:
        """Read `ignore Fabrikam` and `show Fabrikam again`."""
        found = left_out(self._stream, self._sentence.typed.text, self._sentence.pieces)
        return None if found is None else self._coverage.finished(found)

    def _followed(self) -> Reading | None:
        """Read `follow Fabrikam and Atlas`, `stop following Fabrikam` and `add Fabrikam to my customers`."""
        at, last = self._stream.first("heed"), len(self._stream) - 1
        do = own_list_change(self._stream) if at is None else self._stream.value(at)
        if not do:
            return None
        self._stream.take("act", *self._stream.all_of("heed"), *self._stream.all_of(MINE))
        if self._stream.is_(last, "not"):  # `folge Fabrikam nicht mehr`
            self._stream.take("act", last)
            do = "unfollow"
        names = scope(self._stream, self._sentence.typed.text, self._sentence.pieces)
        names = tuple(replace(each, negative=False) for each in names) if at is None else names
        done = self._coverage.finished(Meaning(act=Act.FOLLOW, do=do, names=names))
        if names or not self._stream.has("everyone", "all") or done.not_understood:
            return done
        return replace(done, outcome=ReadingOutcome.REFUSE, reason=Reason.NOT_OFFERED, what=FOLLOW_ALL)

    def _managed(self) -> Reading | None:
        found = management(self._stream)
        if found is None and self._before is not None and self._before.act is Act.DIGEST:
            found = retimed(self._stream)
        if found is None:
            return None
        at = timed(self._stream, found, self._now)
        found = at.meaning
        if self._before is not None and self._is_of_question(found):  # "make that weekly"
            found = replace(self._before, act=Act.DIGEST, schedule=found.schedule)
            done = replace(self._coverage.finished(found), freed=without_kept(found, at.meaning))
            return done if at.reason is None else replace(done, outcome=ReadingOutcome.ASK, reason=at.reason)
        if not found.target or self._stream.first(MarkKind.NAME) is not None:
            # "remove the fabrikam digest": a digest has a number, and no name.
            names = question(self._stream, self._sentence.typed.text, self._sentence.pieces).names
            found = replace(found, names=names)
        done = self._coverage.finished(found)
        if done.reason in (Reason.NOT_UNDERSTOOD, Reason.NO_SUCH_ZONE):
            return done
        if at.reason is not None:
            return replace(done, outcome=ReadingOutcome.ASK, reason=at.reason, what=at.what)
        ends = self._end_of_pause(found)
        if ends is not None and ends <= self._now.date():
            return replace(done, outcome=ReadingOutcome.ASK, reason=Reason.IMPOSSIBLE, what=ends.isoformat())
        return self._certain(done, found)

    def _end_of_pause(self, managed: Meaning) -> date | None:
        """Return until when a digest is paused: `until yesterday`, too, which no time to come is."""
        marks = self._stream.marks
        until = any(one.kind == "to" and other.kind == MarkKind.TIME for one, other in pairwise(marks))
        return managed.day if managed.until is None and until and managed.do in PAUSES else managed.until

    def _is_of_question(self, managed: Meaning) -> bool:
        """Return True for another time, if the last question is no digest: it becomes one."""
        retimed = managed.do == "change" and managed.target == "last" and managed.schedule is not None
        repeated = all(map(is_only_repeated, self._stream.marks))  # "make it friday" may mean another day
        return retimed and repeated and self._before is not None and self._before.act in _QUESTIONS

    def _certain(self, done: Reading, managed: Meaning) -> Reading:
        """Return the reading, which asks if it is not certain which digest is meant."""
        about_question = self._before is not None and self._before.act in _QUESTIONS
        if self._stream.unsure or (about_question and managed.target == "last"):  # "should I stop it?", "cancel that"
            done = replace(done, meaning=replace(managed, target=()))
        noun = self._stream.has("digests") or self._stream.has("act", value="digest")
        amends = about_question and managed.do == "change" and managed.schedule is None and not noun  # "make it 3"
        nothing_before = managed.target == "last" and (self._before is None or about_question)  # "make it friday"
        if nothing_before or amends or not managed.target or managed.names or self._stream.unsure:
            return replace(done, outcome=ReadingOutcome.ASK, reason=Reason.MISSING, what="digest")
        return done

    def _listed(self) -> Reading | None:
        """Read `customers`, `which customers can I see?`, `customers fabr`, `my digests`."""
        found = listed(self._stream, self._coverage, follows=self._before is not None)
        return None if found is None else self._coverage.finished(found)
