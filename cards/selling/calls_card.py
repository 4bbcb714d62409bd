"""The card of whom to call: each customer once, with its reasons. Pure."""

from cards.elements import Column, Container, Element, TextRun
from cards.parts.card_frame import (
    Rendered,
    figures_line,
    frame,
    heading,
    line,
    note,
    row_name,
    tap,
)
from cards.parts.correction_text import corrections, corrections_in_words
from cards.parts.day_text import age_in_words
from cards.parts.literal_text import literal
from cards.parts.long_list import Paging, drawn
from cards.parts.scope_text import limits_in_words, names_in_words
from cards.selling.selling_list import list_foot, list_row
from cards.selling.sold_text import BETWEEN, counted, ends_in, sentences, source_lines
from cards.views.button_payload import Action
from cards.views.kinds.selling_views import LINES_ON_CARD, CallItem, CallsView, ReasonView, RuleView
from cards.views.page_window import skipped
from cards.wording.locale_words import LocaleWords

SPOKEN = 5
LINES = 12  # of a text without a card
PAGING = Paging(LINES_ON_CARD, LINES_ON_CARD, "calls.hidden")


def calls(view: CallsView, words: LocaleWords) -> Rendered:
    """Draw as many customers as fit, and the rules of their order."""
    return drawn(
        lambda before, count: _card(view, words, before, count),
        view.start,
        view.fresh,
        len(view.items),
        LINES_ON_CARD,
        words,
    )


def summary(view: CallsView, words: LocaleWords) -> str:
    """Return how many customers there are to call, and the first of them."""
    if not view.items:
        return words.say("calls.none")
    told = words.say("calls.summary", count=view.matched)
    return f"{told} {spoken(view.items[0], words)}" if view.matched == 1 else told


def lines(view: CallsView, words: LocaleWords) -> list[str]:
    """Return the customers that are new with their reasons, the rules and the sources."""
    new = view.items[skipped(view.start, view.fresh, len(view.items)) :][:LINES]
    told = [spoken(each, words) for each in new]
    if (rest := view.matched - view.fresh - len(new)) > 0 and new:
        told.append(words.say("calls.hidden", count=rest))
    return [*corrections_in_words(view.corrected, words), *told, *notes(view, words), *rules(view.rules, words)]


def spoken(item: CallItem, words: LocaleWords) -> str:
    """Return a customer with its reasons in one sentence."""
    facts = sentences([reason(each, words) for each in item.reasons])
    return words.say("renewals.spoken", name=literal(item.customer) or words.say("sold.nameless"), facts=facts)


def reason(each: ReasonView, words: LocaleWords) -> str:
    """Return why to call: "Renews in 33 days: Microsoft 365 E3 (November 30), …"."""
    share = "" if each.share is None else words.percent(each.share)
    day = "" if each.day is None else words.date(each.day)
    name = literal(each.name) or words.say("sold.nameless")
    if each.rule in ("unused", "dropped"):
        return words.say(f"calls.reason.{each.rule}", count=each.number, name=name, share=share, day=day)
    number, workload = words.number(each.number), literal(each.workload) or words.say("sold.nameless")
    when = ends_in(each.days, each.renewing, words)
    rule = f"calls.reason.{each.rule}"
    return words.say(rule, ends=when, name=name, share=share, day=day, number=number, workload=workload)


def _short(each: ReasonView, words: LocaleWords) -> str:
    """Return the reason as what a tap says, which has little place."""
    used = each.rule in ("unused", "dropped")
    return reason(each, words) if used else ends_in(each.days, each.renewing, words)


def rules(every: tuple[RuleView, ...], words: LocaleWords) -> list[str]:
    """Return the rules of the order, a text for each."""
    return [
        words.say(
            f"calls.rule.{each.rule}",
            place=at,
            days=each.days,
            share=words.percent(each.share),
            number=each.number,
        )
        for at, each in enumerate(every, 1)
    ]


def notes(view: CallsView, words: LocaleWords) -> list[str]:
    """Return what is missing, and the days of the sources."""
    earlier = words.say("calls.no_earlier") if view.earlier is None else ""
    since = words.say("calls.earlier", day=words.date(view.earlier)) if view.earlier is not None else ""
    told = [*counted(view.counted, words), *source_lines(view.sources, words), since, earlier]
    return list(filter(None, [age_in_words(view.age, words), *told]))


def _card(view: CallsView, words: LocaleWords, before: int, count: int) -> Rendered:
    items = view.items[before : before + count]
    first = view.start + before
    limits = limits_in_words(view.narrowed, words)
    body: list[Element] = [
        note(BETWEEN.join([*names_in_words(view.scope, view.narrowed, words), *limits])),
        heading(words.say("calls.heading", count=view.matched), spacing="none"),
        *corrections(view.corrected, words),
        *(_row(each, words, first + at + 1) for at, each in enumerate(items)),
    ]
    if not view.items:
        body.append(line(words.say("calls.none"), spacing="medium"))
    body += [
        Container(items=[note(each, spacing="none") for each in notes(view, words)], spacing="medium"),
        _rules(view, words),
        *_foot(view, first, first + len(items), words),
    ]
    told = [summary(view, words), *(spoken(each, words) for each in items[:SPOKEN] if view.matched > 1)]
    return frame(body, words, " ".join(told), view.again)


def _row(item: CallItem, words: LocaleWords, place: int) -> Element:
    name = literal(item.customer) or words.say("sold.nameless")
    told = [row_name(name), *(note(reason(each, words), spacing="none") for each in item.reasons)]
    said = words.say("renewals.tap", name=name, ends=_short(item.reasons[0], words))
    opened = tap(f"{words.number(place)} {said}", item.open)
    columns = [
        Column(width="auto", items=[figures_line(words.number(place), wrap=False, weight="bolder")]),
        Column(width="stretch", items=told),
    ]
    if opened:
        columns.append(Column(width="auto", items=[figures_line("›", wrap=False)]))
    return list_row(columns, opened, first=place == 1)


def _rules(view: CallsView, words: LocaleWords) -> Element:
    """Draw the rules below the list: they are its order, and there is no score."""
    title = line(TextRun(text=words.say("calls.rules"), weight="bolder"))
    items = [title, *(note(each, spacing="none") for each in rules(view.rules, words))]
    return Container(items=items, style="emphasis", rounded_corners=True, spacing="medium")


def _foot(view: CallsView, first: int, end: int, words: LocaleWords) -> list[Element]:
    further: list[tuple[str, Action | None]] = [
        (words.say("ignored.again"), view.ignored),
        (words.say("usage.digest"), view.digest),
    ]
    return list_foot(view, first, end, PAGING, further, words)
