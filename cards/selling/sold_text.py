"""What is sold, used and ends, in words. Pure.

What no source says is called not known; it is never a zero.
"""

from collections.abc import Sequence

from cards.parts.literal_text import literal
from cards.views.kinds.selling_views import NumberView, RenewalItem, SourceView, TermView
from cards.views.usage_views import Narrowing
from cards.wording.locale_keys import key
from cards.wording.locale_words import LocaleWords

BETWEEN = " · "


def sentences(told: Sequence[str]) -> str:
    """Return texts as sentences without the last period: a date may end with one."""
    return ". ".join(each.rstrip(".") for each in told)


def number(count: NumberView, words: LocaleWords) -> str:
    """Return the number, or that it is not known."""
    return words.say("sold.unknown") if count.number is None else words.number(count.number)


def source(count: NumberView, words: LocaleWords) -> str:
    """Return where a number is from and of which day; "" if it is not known."""
    if count.number is None or not count.source:
        return ""
    name = words.say(f"sold.source.{count.source}")
    return name if count.day is None else words.say("sold.as_of", day=words.date(count.day), source=name)


def ends(term: TermView, words: LocaleWords) -> str:
    """Return "Renews in 33 days", "Ends today", "Ended 3 days ago"."""
    if term.end is None or term.days is None:
        return words.say("sold.end.far" if term.far else "sold.end.unknown")
    if term.days < 0:
        return words.say("sold.end.over", count=-term.days)
    return ends_in(term.days, term.renewing, words)


def ends_in(days: int, renewing: str, words: LocaleWords) -> str:
    """Return "Renews in 33 days", "Ends today", for a day that is not over."""
    how = {"auto": "renews", "off": "stops"}.get(renewing, "ends")
    return words.say(f"sold.end.{how}", count=days) if days else words.say(f"sold.end.{how}.today")


def short_end(term: TermView, words: LocaleWords) -> str:
    """Return "33 days", for the right of a row."""
    if term.days is None or term.days < 0:
        return ""
    return words.say("sold.days", count=term.days)


def term_facts(term: TermView, words: LocaleWords) -> str:
    """Return the date, whether it renews itself, and what is odd, in one line."""
    told = [
        words.date(term.end) if term.end is not None else "",
        words.say(f"sold.renewing.{term.renewing}"),
        "" if term.state == "active" else words.say(key("sold.state", term.state, "unknown", words)),
        words.say("sold.trial") if term.trial else "",
    ]
    return BETWEEN.join(filter(None, told))


def term_seats(term: TermView, words: LocaleWords) -> str:
    """Return the licenses of a subscription, and those after its renewal."""
    told = [
        words.say("sold.of_term", count=term.seats) if term.seats is not None else "",
        words.say("sold.after", count=term.after) if term.after is not None else "",
        words.say("sold.cancel", day=words.date(term.cancel_until)) if term.cancel_until is not None else "",
    ]
    return BETWEEN.join(filter(None, told))


def term_name(term: TermView, words: LocaleWords) -> str:
    """Return what a subscription is called, with the end of its id.

    Several may have one name.
    """
    return words.say("sold.term", product=literal(term.product) or words.say("sold.nameless"), mark=literal(term.mark))


def product_name(item: RenewalItem, words: LocaleWords) -> str:
    """Return the product of a line as literal text."""
    return literal(item.product) or words.say("sold.nameless")


def active_name(item: RenewalItem, words: LocaleWords) -> str:
    """Return "Active · Exchange"."""
    if not item.workload:
        return words.say("sold.number.active")
    return words.say("sold.number.active.of", workload=literal(item.workload))


def numbers(item: RenewalItem, words: LocaleWords) -> str:
    """Return the four numbers in one line."""
    told = words.say(
        "sold.line",
        sold=number(item.sold, words),
        assigned=number(item.assigned, words),
        active=number(item.active, words),
        unused=number(item.unused, words),
    )
    return BETWEEN.join(filter(None, [told, literal(item.workload)]))


def talk(item: RenewalItem, words: LocaleWords) -> list[str]:
    """Return what there is to talk about with the customer."""
    told = []
    if item.not_assigned:
        told.append(words.say("sold.not_assigned", count=item.not_assigned))
    if item.idle:
        told.append(words.say("sold.idle", count=item.idle))
    return told


def bought(item: RenewalItem, words: LocaleWords) -> list[str]:
    """Return how many licenses the subscriptions have that are asked for.

    Nothing if it is not known.
    """
    return [] if item.seats is None else [words.say("sold.own", count=item.seats)]


def only_in(item: RenewalItem, words: LocaleWords) -> list[str]:
    """Return which source a line is from, if no id joins it with the other one."""
    if not item.unjoined:
        return []
    return [words.say("sold.only.report" if item.unjoined == "no_subscription" else "sold.only.subscription")]


def group(name: str, count: int, words: LocaleWords) -> str:
    """Return the heading of lines of one group: "Ended: 2 products"."""
    return words.say(f"sold.group.{name}", count=count)


def source_lines(sources: Sequence[SourceView], words: LocaleWords) -> list[str]:
    """Return a line for each source: its days, or why its numbers are not known."""
    return [_source_line(each, words) for each in sources]


def _source_line(each: SourceView, words: LocaleWords) -> str:
    name = words.say(f"sold.source.{each.source}")
    if each.problem:
        problem = words.say(key("sold.problem", each.problem, "any", words))
        return words.say("sold.source.problem", source=name, problem=problem)
    if each.day is None:
        return name
    if each.last is not None:
        return words.say("sold.as_of.range", day=words.date(each.day), last=words.date(each.last), source=name)
    return words.say("sold.as_of", day=words.date(each.day), source=name)


def counted(counts: Sequence[tuple[str, int]], words: LocaleWords) -> list[str]:
    """Return what is not in the list, or only in part, with numbers."""
    return [words.say(key("sold.counted", name, "other", words), count=count) for name, count in counts]


def limits(
    narrowed: Sequence[Narrowing], ahead: int | None, renewing: str, words: LocaleWords, scoped: Sequence[str]
) -> list[str]:
    """Return what narrows the list beside names.

    `scoped` are the limits on usage, in words.
    """
    told = [words.say("renewals.ahead", count=ahead)] if ahead is not None else []
    told += [words.say(f"renewals.only.{renewing}")] if renewing else []
    return [*told, *scoped] if narrowed or told else []
