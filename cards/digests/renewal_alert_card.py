"""The card of an alert about renewals: what ends soon, and its use. Pure."""

from collections.abc import Iterator

from cards.digests.alert_card import asker_and_times, listed, title
from cards.elements import Container, Element
from cards.parts.card_frame import Rendered, buttons, frame, heading, note, press, row_name, tap
from cards.parts.card_size import fit
from cards.parts.literal_text import literal
from cards.parts.schedule_text import moment
from cards.parts.scope_text import limits_in_words, names_in_words
from cards.selling.sold_text import (
    BETWEEN,
    bought,
    counted,
    ends,
    limits,
    numbers,
    only_in,
    product_name,
    sentences,
    source_lines,
    talk,
    term_facts,
)
from cards.views.kinds.renewal_alert_view import RenewalAlertItem, RenewalAlertView
from cards.wording.locale_words import LocaleWords

MOST = 5  # subscriptions
BLIND = ("unread", "partly_unread", "ended")


def renewal_alert(view: RenewalAlertView, words: LocaleWords) -> Rendered:
    """Draw the card with as many subscriptions as fit."""
    return fit(lambda count: _card(view, words, count), MOST, words)


def summary(view: RenewalAlertView, words: LocaleWords) -> str:
    """Return what happened: "Alert 3.

    Renews in 33 days: TEST COMPANY, Microsoft 365 E3.".
    """
    return " ".join([f"{title(view.number, words)}.", f"{_headline(view, words)}.", *_silence(view, words)])


def lines(view: RenewalAlertView, words: LocaleWords) -> list[str]:
    """Return the subscriptions with their numbers, and what is not known, as texts."""
    told = [_spoken(each, words) for each in view.items]
    return [*told, *_rest(view, len(view.items), words), *counted(view.counted, words), _once(words)]


def _card(view: RenewalAlertView, words: LocaleWords, count: int) -> Rendered:
    shown = view.items[:count]
    body: list[Element] = [Container(style="attention", rounded_corners=True, items=list(_head(view, words)))]
    body += [note(each, spacing="small") for each in _silence(view, words)]
    body += [_row(each, words) for each in shown]
    told = [*_rest(view, len(shown), words), *counted(view.counted, words)]
    body += [note(each, spacing="small") for each in told]
    body.append(Container(items=list(_foot(view, words)), spacing="medium"))
    offered = (("digest.open", view.open), ("ignored.again", view.ignored), ("digest.settings", view.settings))
    if row := buttons(*(press(words.say(said), action) for said, action in offered if action is not None)):
        body.append(row)
    return frame(body, words, " ".join([summary(view, words), *(_spoken(each, words) for each in shown)]))


def _head(view: RenewalAlertView, words: LocaleWords) -> Iterator[Element]:
    """Yield which alert it is, and what happened."""
    yield note(BETWEEN.join([title(view.number, words), *_limits(view, words)]))
    yield heading(_headline(view, words), spacing="none")
    if view.late_for is not None:
        yield note(words.say("alert.late", moment=moment(view.late_for, words, view.when)), spacing="small")


def _limits(view: RenewalAlertView, words: LocaleWords) -> list[str]:
    named = names_in_words(view.about, view.limits, words) if view.about else []
    return [*named, *limits(view.limits, view.ahead, view.renewing, words, limits_in_words(view.limits, words))]


def _headline(view: RenewalAlertView, words: LocaleWords) -> str:
    """Return what happened in one sentence, without its full stop."""
    if view.total == 1 and view.items:
        term = view.items[0].item.term
        when = words.say("sold.no_term") if term is None else ends(term, words)
        return f"{when}: {_name(view.items[0], words)}"
    if view.total:
        return words.say("alert.renewals.several", count=view.total)
    if view.blind in BLIND:
        return words.say("alert.heading.back" if view.blind == "ended" else "alert.heading.blind")
    return words.say("alert.heading.missing" if view.missing_total else "alert.renewals.none")


def _silence(view: RenewalAlertView, words: LocaleWords) -> list[str]:
    """Return what could not be read, or is not known."""
    told = [words.say(f"alert.renewals.{view.blind}")] if view.blind in BLIND else []
    if view.missing_total:
        told.append(words.say("alert.renewals.missing", names=listed(view.missing, view.missing_total, words)))
    return told


def _name(each: RenewalAlertItem, words: LocaleWords) -> str:
    return ", ".join(filter(None, [literal(each.item.customer), product_name(each.item, words)]))


def _told(each: RenewalAlertItem, words: LocaleWords) -> list[str]:
    """Return when a subscription ends, its numbers with their sources, and what there is to talk about."""
    item = each.item
    when = [] if item.term is None else [f"{ends(item.term, words)}{BETWEEN}{term_facts(item.term, words)}"]
    again = [words.say("alert.again")] if each.again else []
    return [*when, *bought(item, words), numbers(item, words), *talk(item, words)[:1], *only_in(item, words), *again]


def _spoken(each: RenewalAlertItem, words: LocaleWords) -> str:
    return words.say("renewals.spoken", name=_name(each, words), facts=sentences(_told(each, words)))


def _row(each: RenewalAlertItem, words: LocaleWords) -> Element:
    """Draw one subscription; a tap asks about it."""
    items: list[Element] = [row_name(_name(each, words)), *(note(told, spacing="none") for told in _told(each, words))]
    term = each.item.term
    said = _name(each, words) if term is None else f"{_name(each, words)}: {ends(term, words)}"
    return Container(items=items, spacing="medium", separator=True, select_action=tap(said, each.item.open))


def _rest(view: RenewalAlertView, shown: int, words: LocaleWords) -> list[str]:
    """Return how many subscriptions are not shown."""
    return [words.say("digest.more", count=view.total - shown)] if view.total > shown else []


def _once(words: LocaleWords) -> str:
    return words.say("alert.renewals.once")


def _foot(view: RenewalAlertView, words: LocaleWords) -> Iterator[Element]:
    yield from (note(each, spacing="none") for each in source_lines(view.sources, words))
    if view.total:
        yield note(_once(words), spacing="small")
    yield note(asker_and_times(view.when, view.owner, words), spacing="small")
