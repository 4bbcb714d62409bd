"""The card of a digest.

The total, what changed since the last one, and the most important rows. Pure.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from cards.elements import Element, TextRun
from cards.parts.card_frame import NAMELESS, Rendered, button, frame, heading, line, note, small
from cards.parts.card_size import fit
from cards.parts.change_text import change_in_words
from cards.parts.day_text import age, as_of
from cards.parts.literal_text import literal
from cards.parts.remark_text import draw_explanations, draw_reservations, reservations
from cards.parts.schedule_text import in_words, moment
from cards.parts.share_text import all_in_words
from cards.usage.compared_rows import gone_rows
from cards.usage.usage_card import SCOPE_LIMIT, dated, headline, list_head, row_of, scoped
from cards.usage.usage_head import alone
from cards.views.digest_views import ChangeView, DigestView
from cards.views.usage_views import Figures
from cards.wording.locale_words import LocaleWords

MOST = 5  # rows, and changes per kind
NAME = 60

# The kinds of changes in the order in which they are shown, and their titles.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "idle": "digest.idle",
        "adopted": "digest.adopted",
        "moves": "digest.moves",
        "came": "digest.came",
        "gone": "digest.gone",
    }
)


def digest(view: DigestView, words: LocaleWords) -> Rendered:
    """Draw the card with as much content as fits."""
    return fit(lambda count: _card(view, words, count), MOST, words)


def summary(view: DigestView, words: LocaleWords) -> str:
    """Return number, total and changes: "Digest 3.

    TEST COMPANY: 1 unused, 0%, 0 active of 1 qualified. 1 no longer used.".
    """
    told = words.say(
        "usage.summary.selected" if view.usage.selected else "usage.summary",
        count=view.usage.matched,
        scope=", ".join(scoped(view.usage, words)),
        figures=all_in_words(view.usage.total, words),
    )
    counted = [f"{words.say(KINDS[kind], count=total)}." for kind, _, total in _kinds(view) if total]
    quiet = [_no_change(view, words)] if _unchanged(view) else []
    return " ".join([f"{title(view.number, words)}.", told, *counted, *quiet])


def lines(view: DigestView, words: LocaleWords) -> list[str]:
    """Return the days of the figures and what is missing in them, as texts."""
    return [*as_of(view.usage, words), *filter(None, [age(view.usage, words)]), *reservations(view.usage, words)]


def title(number: int, words: LocaleWords) -> str:
    """Return "Digest 3".

    The number is an identifier, so it has no thousands separators.
    """
    return words.say("digest.title", number=str(number))


def asker(owner: str, words: LocaleWords) -> str:
    """Return the name of the owner: the digest uses the owner's permission."""
    return literal(owner, NAME) or words.say("digest.nobody")


def _card(view: DigestView, words: LocaleWords, count: int) -> Rendered:
    usage = view.usage
    body: list[Element] = [*_head(view, words), *draw_reservations(usage, words)]
    if usage.items:
        body.append(headline(usage, words, entitled=True))
    else:
        body.append(
            line(words.say("digest.nothing.selected" if usage.selected else "digest.nothing"), spacing="medium")
        )
    body.extend(_changes(view, words, count))
    if usage.items and not alone(usage):
        body.extend(_rows(view, words, count))
    if usage.compared is not None:
        body.extend(gone_rows(usage.compared, words))
    if view.open is not None and (opened := button(words.say("digest.open"), view.open)):
        body.append(opened)
    shown = () if alone(usage) else usage.items[:count]
    body.extend(draw_explanations(usage, words, [item.figures for item in shown]))
    body.append(note(words.say("digest.rights", owner=asker(view.owner, words)), spacing="medium"))
    if question := literal(usage.question, SCOPE_LIMIT):
        body.append(note(words.say("usage.question", question=question), spacing="small"))
    return frame(body, words, " ".join([summary(view, words), *reservations(usage, words)]))


def _head(view: DigestView, words: LocaleWords) -> Iterator[Element]:
    called = words.say("digest.heading", title=title(view.number, words), schedule=in_words(view.when, words))
    yield heading(called, size="small", weight="default", subtle=True)
    scope = " · ".join(scoped(view.usage, words))
    yield line(TextRun(text=scope, size="large", weight="bolder"), spacing="none")
    yield from dated(view.usage, words)
    if view.late_for is not None:
        yield note(words.say("digest.late", moment=moment(view.late_for, words, view.when)), spacing="small")
    if view.skipped:
        yield note(words.say("digest.skipped"), spacing="small")


def _changes(view: DigestView, words: LocaleWords, count: int) -> Iterator[Element]:
    if view.since is None:
        if view.when.kind != "once":  # after a digest that is posted once there is no next one
            yield note(words.say("digest.first"), spacing="medium")
        return
    if _unchanged(view):
        yield line(_no_change(view, words), spacing="medium")
        return
    since = words.say("digest.since", moment=moment(view.since, words, view.when))
    yield heading(since, size="default", spacing="medium")
    if view.total_before is None:
        yield note(words.say("digest.before.unknown"), spacing="none")
    else:
        yield note(_before(view.total_before, view, words), spacing="none")
    if not view.certain:
        yield note(words.say("digest.uncertain"), spacing="none")
    for kind, changes, total in _kinds(view):
        if total:
            yield _kind(words.say(KINDS[kind], count=total), changes[:count], total, words)
    if view.usage.selected and (view.came_total or view.gone_total):
        yield note(words.say("digest.selected"), spacing="small")


def _kind(called: str, changes: tuple[ChangeView, ...], total: int, words: LocaleWords) -> Element:
    """Draw the changes of one kind as one text, a line each."""
    runs = [TextRun(text=called, weight="bolder")]
    for change in changes:
        runs += [TextRun(text="\n" + (literal(change.name) or NAMELESS)), small("\n" + _change_text(change, words))]
    if total > len(changes) and changes:
        runs.append(small("\n" + words.say("digest.more", count=total - len(changes))))
    return line(*runs, spacing="medium")


def _change_text(change: ChangeView, words: LocaleWords) -> str:
    before, after = change.before, change.after
    if before is not None and after is not None:
        return "\n".join(change_in_words(before, after, words))
    only = before or after  # in one of the two answers
    return NAMELESS if only is None else all_in_words(only, words)


def _before(total: Figures, view: DigestView, words: LocaleWords) -> str:
    """Return the previous total; if the rows are a selection, also how many they were."""
    figures = all_in_words(total, words)
    if view.usage.selected:
        return words.say("digest.before.selected", count=view.matched_before, figures=figures)
    return words.say("digest.before", figures=figures)


def _rows(view: DigestView, words: LocaleWords, count: int) -> Iterator[Element]:
    items = view.usage.items[:count]
    yield list_head(view.usage, words)
    draw_row = row_of(view.usage)
    yield from (draw_row(item, words, view.usage.newest, first=index == 0) for index, item in enumerate(items))
    if view.usage.matched > len(items):
        text = "digest.shown.largest" if view.largest else "usage.shown"
        yield note(words.say(text, shown=len(items), matched=view.usage.matched), spacing="medium")


def _kinds(view: DigestView) -> Iterator[tuple[str, tuple[ChangeView, ...], int]]:
    """Yield (kind, the most important changes, their total count).

    If there is only one item, its moves are omitted, because they are the moves of the total.
    """
    yield "idle", view.idle, view.idle_total
    yield "adopted", view.adopted, view.adopted_total
    if view.usage.matched > 1 or view.matched_before > 1:
        yield "moves", view.moves, view.moves_total
    yield "came", view.came, view.came_total
    yield "gone", view.gone, view.gone_total


def _unchanged(view: DigestView) -> bool:
    if view.since is None or view.total_before is None or not view.certain:
        return False
    moved = view.idle_total or view.adopted_total or view.moves_total or view.came_total or view.gone_total
    return not moved and view.total_before == view.usage.total


def _no_change(view: DigestView, words: LocaleWords) -> str:
    since = moment(view.since, words, view.when) if view.since is not None else ""
    return words.say("digest.same_day" if view.same_day else "digest.same", moment=since)
