"""Digests in place of an alert, which are posted only if it holds. Pure."""

from dataclasses import replace
from datetime import time

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import NewDigest, Usage
from bot.commands.meaning import Act, Meaning
from bot.commands.run_condition import RunCondition
from bot.domain.recurrence import Schedule, Weekly
from bot.language.reading.command_of import command_of
from bot.language.reading.only_if.clause_words import tested

ALERT = Act.ALERT.value
_EACH_DAY = Schedule(Weekly(frozenset(range(7))), time(9))


def watched(meaning: Meaning) -> tuple[NewDigest | Usage, ...]:
    """Return what is nearest to it: a digest of each day, its form, and the question.

    `tell me when a customer drops below 30%` is one that is posted only then. Without a condition that a digest can
    test, it is posted if something changed.
    """
    asked = command_of(replace(meaning, act=Act.USAGE))
    if meaning.kind is not AnswerKind.FIGURES:  # no condition is tested of its answer
        return (asked,) if isinstance(asked, Usage) else ()
    only = tested(list(meaning.conditions), falling=True) or tested(list(meaning.conditions), falling=False)
    left = meaning if only is None else replace(meaning, conditions=())
    plain = command_of(replace(left, act=Act.USAGE, day=None, period=None, versus=None, moved=None, schedule=None))
    if not isinstance(plain, Usage) or (plain == Usage() and only is None):
        return (asked,) if isinstance(asked, Usage) and asked != Usage() else ()
    only = only or RunCondition(changed=True)
    digests = (NewDigest(plain, meaning.schedule or _EACH_DAY, only), NewDigest(plain, None, only))
    return (*digests, asked) if isinstance(asked, Usage) else digests
