"""The card of an alert: what crossed its limit, from what to what. Pure.

It says when that is reported again.
"""

from collections.abc import Iterator
from datetime import date

from cards.digests.digest_card import asker
from cards.elements import Column, ColumnSet, Container, Element, TextRun
from cards.parts.card_frame import Rendered, buttons, frame, heading, line, note, press, row_name, tap
from cards.parts.card_size import fit
from cards.parts.literal_text import literal
from cards.parts.schedule_text import in_words, moment
from cards.parts.scope_text import limits_in_words
from cards.parts.share_text import all_in_words, arithmetic, share_in_words, unused_in_words
from cards.usage.usage_head import BETWEEN
from cards.views.digest_views import ScheduleView
from cards.views.kinds.alert_views import AlertItem, AlertView
from cards.views.usage_views import Figures
from cards.wording.locale_words import LocaleWords

MOST = 5  # lines
NAME = 120
BLIND = ("incomplete", "nothing", "ended")


def alert(view: AlertView, words: LocaleWords) -> Rendered:
    """Draw the card with as many lines as fit."""
    return fit(lambda count: _card(view, words, count), MOST, words)


def title(number: int, words: LocaleWords) -> str:
    """Return "Alert 3"."""
    return words.say("alert.title", number=str(number))


def summary(view: AlertView, words: LocaleWords) -> str:
    """Return what happened: "Alert 3.

    TEST COMPANY · Exchange fell to 48%.".
    """
    return " ".join([f"{title(view.number, words)}.", f"{_headline(view, words)}.", *_silence(view, words)])


def lines(view: AlertView, words: LocaleWords) -> list[str]:
    """Return the lines with their figures then and now, as texts."""
    shown = [_told(each, words) for each in view.items]
    return [*shown, *filter(None, [_rest(view, len(view.items), words), _again(view, words)])]


def _card(view: AlertView, words: LocaleWords, count: int) -> Rendered:
    shown = view.items[:count]
    body: list[Element] = [Container(style="attention", rounded_corners=True, items=list(_head(view, words)))]
    body += [note(each, spacing="small") for each in _silence(view, words)]
    if len(view.items) == 1 and shown:
        body += _then_and_now(shown[0], words)
    elif shown:
        body += [_row(each, words) for each in shown]
    if rest := _rest(view, len(shown), words):
        body.append(note(rest, spacing="small"))
    body.append(Container(items=list(_foot(view, words)), spacing="medium"))
    offered = [("digest.open", view.open), ("ignored.again", view.ignored), ("digest.settings", view.settings)]
    if len(view.items) == 1 and view.items[0].open is not None:
        offered.insert(0, ("alert.details", view.items[0].open))
    if row := buttons(*(press(words.say(told), action) for told, action in offered if action is not None)):
        body.append(row)
    spoken = [_told(each, words) for each in shown]
    return frame(body, words, " ".join([summary(view, words), *spoken]))


def _head(view: AlertView, words: LocaleWords) -> Iterator[Element]:
    """Yield which alert it is, what happened, and the figure that counts."""
    about = [title(view.number, words), *limits_in_words(view.limits, words)]
    yield note(BETWEEN.join(about))
    yield heading(_headline(view, words), spacing="none")
    if len(view.items) == 1 and view.total == 1:
        yield line(all_in_words(view.items[0].now, words), spacing="small")
    if view.late_for is not None:
        yield note(words.say("alert.late", moment=moment(view.late_for, words, view.when)), spacing="small")


def _headline(view: AlertView, words: LocaleWords) -> str:
    """Return what happened in one sentence, without its full stop."""
    limit = words.all_of(limits_in_words(view.limits, words))
    if view.total == 1 and view.items:
        return _crossed(view.items[0], view, words)
    if view.total:
        kind = "customers" if view.of_customers else "lines"
        return words.say(f"alert.{'several' if view.news else 'over'}.{kind}", count=view.total, limit=limit)
    if view.blind in BLIND:
        return words.say("alert.heading.back" if view.blind == "ended" else "alert.heading.blind")
    if view.missing_total:
        return words.say("alert.heading.missing")
    return words.say("alert.heading.back") if view.returned_total else words.say("alert.none", limit=limit)


def _crossed(item: AlertItem, view: AlertView, words: LocaleWords) -> str:
    """Return "TEST COMPANY · Exchange fell to 48%"."""
    kind = "is" if item.before is None else "rose" if item.rose else "fell"
    return words.say(f"alert.{kind}", name=literal(item.name, NAME), value=_value(item.now, view, words))


def _value(figures: Figures, view: AlertView, words: LocaleWords) -> str:
    """Return the figure that the limit is about."""
    if view.licenses and figures.percent is not None and not _is_beyond(view):
        return unused_in_words(figures, words)
    return all_in_words(figures, words) if _is_beyond(view) else share_in_words(figures, words)


def _is_beyond(view: AlertView) -> bool:
    """Return True if the limit is about another number than that of unused licenses."""
    return view.licenses and not any(each.measure == "unused" for each in view.limits)


def _told(item: AlertItem, words: LocaleWords) -> str:
    """Return a line as one text: figures, day, and what was before."""
    return f"{literal(item.name, NAME)}: {'. '.join([_now(item, words), *_beside(item, words)])}"


def _now(item: AlertItem, words: LocaleWords) -> str:
    figures = all_in_words(item.now, words)
    return figures if item.day is None else words.say("alert.at", figures=figures, day=words.date(item.day))


def _before(item: AlertItem, words: LocaleWords) -> str:
    if item.before is None:
        return words.say("alert.before.unknown") if item.first else ""
    figures = _figures(item.before, words)
    if item.before_day is not None:
        figures = words.say("alert.at", figures=figures, day=words.date(item.before_day))
    return words.say("alert.before", figures=figures)


def _beside(item: AlertItem, words: LocaleWords) -> list[str]:
    """Return what a line was before, and that it may be known."""
    return [*filter(None, [_before(item, words)]), *([words.say("alert.again")] if item.again else [])]


def _figures(figures: Figures, words: LocaleWords) -> str:
    """Return earlier figures; of several workloads there is only the percentage."""
    return share_in_words(figures, words) if figures.several else all_in_words(figures, words)


def _then_and_now(item: AlertItem, words: LocaleWords) -> Iterator[Element]:
    """Yield the figures of a single line: now, and before it crossed the limit."""
    if item.before is not None:
        now = _column("alert.column.now", item.now, item.day, words)
        before = _column("alert.column.before", item.before, item.before_day, words, separator=True)
        yield ColumnSet(columns=[now, before], spacing="medium")
    else:
        told = [*filter(None, [_before(item, words)])]
        if item.day is not None:
            told = [words.say("usage.as_of", day=words.date(item.day)), *told]
        yield from (note(each, spacing="small") for each in told)
    if item.again:
        yield note(words.say("alert.again"), spacing="small")


def _column(called: str, figures: Figures, day: date | None, words: LocaleWords, *, separator: bool = False) -> Column:
    """Draw the percentage, what it is made of, and the day."""
    told = [] if figures.several else arithmetic(figures, words)
    told += [] if day is None else [words.date(day)]
    share = line(TextRun(text=share_in_words(figures, words), weight="bolder"), spacing="none")
    items = [note(words.say(called)), share, *(note(each, spacing="none") for each in told)]
    return Column(width="stretch", separator=separator, items=items)


def _row(item: AlertItem, words: LocaleWords) -> Element:
    """Draw one of several lines; a tap asks about it."""
    told = [_now(item, words), *_beside(item, words)]
    items: list[Element] = [row_name(literal(item.name, NAME)), *(note(each, spacing="none") for each in told)]
    action = tap(f"{literal(item.name, NAME)}: {_now(item, words)}", item.open) if item.open is not None else None
    return Container(items=items, spacing="medium", separator=True, select_action=action)


def _rest(view: AlertView, shown: int, words: LocaleWords) -> str:
    """Return how many lines are not shown, "" if all are."""
    return words.say("digest.more", count=view.total - shown) if view.total > shown else ""


def _silence(view: AlertView, words: LocaleWords) -> list[str]:
    """Return which figures are missing, and which are back."""
    told = [words.say(f"alert.blind.{view.blind}")] if view.blind in BLIND else []
    for key, names, total in (
        ("alert.missing", view.missing, view.missing_total),
        ("alert.returned", view.returned, view.returned_total),
    ):
        if total:
            told.append(words.say(key, names=listed(names, total, words)))
    return told


def listed(names: tuple[str, ...], total: int, words: LocaleWords) -> str:
    """Return the names, and how many more there are."""
    shown = [literal(each, NAME) for each in names]
    if total <= len(shown):
        return words.all_of(shown)
    return f"{', '.join(shown)} {words.say('scope.more', count=total - len(shown))}"


def _again(view: AlertView, words: LocaleWords) -> str:
    """Return when a line is reported again."""
    if view.back_at is None:
        return words.say("alert.quiet.outside")
    return words.say("alert.quiet", limit=words.all_of(limits_in_words((view.back_at,), words)))


def _foot(view: AlertView, words: LocaleWords) -> Iterator[Element]:
    if view.total:
        yield note(_again(view, words))
    yield note(asker_and_times(view.when, view.owner, words), spacing="small")


def asker_and_times(when: ScheduleView, owner: str, words: LocaleWords) -> str:
    """Return when an alert looks, and with whose permission."""
    return BETWEEN.join([in_words(when, words), words.say("digest.rights.always", owner=asker(owner, words))])
