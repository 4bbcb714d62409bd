"""Renewals as a table for people. Pure.

There is a row for each subscription, and for each product without one. The numbers of a product are in the first of its
rows alone, so that a sum counts them once.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.domain.caller_zone import zone_of
from bot.domain.conversation import Caller
from bot.export.export_table import DAY, SHARE, Column, ExportTable, asked_facts
from bot.usage.kinds.kind_answer import ShownPart
from bot.usage.kinds.selling.renewal_answer import RenewalAnswer
from cards.parts.correction_text import corrections_in_words
from cards.parts.scope_text import left_out_in_words
from cards.selling.sold_text import counted, only_in, source_lines
from cards.views.kinds.selling_views import NumberView, RenewalItem, RenewalsView, TermView
from cards.wording.locale_keys import key
from cards.wording.locale_words import LocaleWords

_COLUMNS = (
    ("customer", "export.column.customer", ""),
    ("product", "export.column.product", ""),
    ("subscription", "export.column.subscription", ""),
    ("ends", "export.column.ends", DAY),
    ("renewing", "export.column.renewing", ""),
    ("bought", "export.column.bought", ""),
    ("after", "export.column.after", ""),
    ("sold", "export.column.qualified.seats", ""),
    ("assigned", "export.column.active.seats", ""),
    ("soldAsOf", "export.column.as_of", DAY),
    ("workload", "export.column.workload", ""),
    ("active", "export.column.active", ""),
    ("unused", "export.column.unused", ""),
    ("share", "export.column.share", SHARE),
    ("usedAsOf", "export.column.as_of", DAY),
    ("remarks", "export.column.remarks", ""),
)
_PERCENT = 100


def renewal_table(answer: RenewalAnswer, caller: Caller, at: datetime, words: LocaleWords) -> ExportTable:
    """Return the answer of `caller` as a table. `at` is the moment at which it was asked."""
    today = at.astimezone(zone_of(caller)).date()
    view = answer.view(ShownPart(0, today=today, language=words.locale, whole=True))
    if not isinstance(view, RenewalsView):
        raise TypeError(type(view))
    return ExportTable(
        words.say("export.sheet.renewals"),
        words.say("export.sheet.notes"),
        tuple(Column(name, words.say(heading), kind) for name, heading, kind in _COLUMNS),
        tuple(row for item in view.items for row in _rows(item, words)),
        tuple(_facts(view, caller, at, words)),
    )


def _rows(item: RenewalItem, words: LocaleWords) -> Iterator[tuple[object, ...]]:
    terms: Iterable[TermView | None] = item.terms or (None,)
    for number, term in enumerate(terms):
        numbers = (None,) * 8 if number else _numbers(item)
        yield (item.customer, item.product, *_term(term, words), *numbers, _remarks(item, term, words) or None)


def _term(term: TermView | None, words: LocaleWords) -> tuple[object, ...]:
    if term is None:
        return None, None, None, None, None
    return term.mark, term.end, words.say(f"sold.renewing.{term.renewing}"), term.seats, term.after


def _numbers(item: RenewalItem) -> tuple[object, ...]:
    share = None if item.percent is None else item.percent / _PERCENT
    used = _day(item.active, item.unused)
    return (
        item.sold.number, item.assigned.number, _day(item.sold, item.assigned), item.workload or None,
        item.active.number, item.unused.number, share, used,
    )  # fmt: skip


def _day(*counts: NumberView) -> object:
    return next((each.day for each in counts if each.day is not None), None)


def _remarks(item: RenewalItem, term: TermView | None, words: LocaleWords) -> str:
    """Return the state of a subscription, whether it is a trial, and its only source."""
    told = []
    if term is not None and term.state != "active":
        told.append(words.say(key("sold.state", term.state, "unknown", words)))
    if term is not None and term.trial:
        told.append(words.say("sold.trial"))
    return "; ".join([*told, *only_in(item, words)])


def _facts(view: RenewalsView, caller: Caller, at: datetime, words: LocaleWords) -> Iterator[tuple[str, str]]:
    yield words.say("export.fact.question"), view.question
    yield from ((words.say("export.fact.day"), each) for each in source_lines(view.sources, words))
    yield from asked_facts(caller, at, words)
    notes = [*corrections_in_words(view.corrected, words), *left_out_in_words(view.narrowed, words)]
    notes += counted(view.counted, words)
    told = [*notes, words.say("export.renewals.once"), words.say("export.fact.whose")]
    yield from ((words.say("export.fact.note"), each) for each in told)
