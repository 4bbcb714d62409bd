"""What changed since the last digest: a sentence for each change. Pure.

A direction is a sign and a state is a word, never a color.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from cards.elements import Column, ColumnSet, Container, Element, TextRun
from cards.parts.card_frame import NAMELESS, figures_line, line, note, tap
from cards.parts.change_text import change_in_words, numbers_in_words
from cards.parts.literal_text import literal
from cards.parts.row_text import TAPPABLE
from cards.parts.schedule_text import moment
from cards.parts.share_text import all_in_words, share_in_words
from cards.usage.usage_head import BETWEEN
from cards.views.digest_views import ChangeView, DigestView
from cards.views.usage_views import Figures
from cards.wording.locale_words import LocaleWords

UP, DOWN, LEVEL = "▲", "▼", "●"
SIGN_WIDTH = "16px"

# The kinds of changes in the order in which they are shown, and how many there are of each.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "idle": "digest.idle",
        "adopted": "digest.adopted",
        "moves": "digest.moves",
        "came": "digest.came",
        "gone": "digest.gone",
    }
)
# The sign and the sentence of a change whose kind says what happened.
TOLD: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "idle": (DOWN, "digest.told.idle"),
        "adopted": (UP, "digest.told.adopted"),
        "came": (LEVEL, "digest.told.came"),
        "gone": (LEVEL, "digest.told.gone"),
    }
)


def kinds(view: DigestView) -> Iterator[tuple[str, tuple[ChangeView, ...], int]]:
    """Yield (kind, the most important changes, their total count).

    If there is only one item, its moves are omitted, because they are the moves of the total.
    """
    yield "idle", view.idle, view.idle_total
    yield "adopted", view.adopted, view.adopted_total
    if view.usage.matched > 1 or view.matched_before > 1:
        yield "moves", view.moves, view.moves_total
    yield "came", view.came, view.came_total
    yield "gone", view.gone, view.gone_total


def unchanged(view: DigestView) -> bool:
    """Return True if it is certain that nothing changed."""
    if view.since is None or view.total_before is None or not view.certain:
        return False
    moved = view.idle_total or view.adopted_total or view.moves_total or view.came_total or view.gone_total
    return not moved and view.total_before == view.usage.total


def changed_in_words(view: DigestView, words: LocaleWords) -> str:
    """Return "3 changes since Monday, October 8, 2018", or that nothing changed."""
    since = moment(view.since, words, view.when) if view.since is not None else ""
    if unchanged(view):
        return words.say("digest.same_day" if view.same_day else "digest.same", moment=since)
    count = sum(total for _, _, total in kinds(view))
    # Without a count, it is the total that changed, or nothing is known for certain.
    return words.say("digest.changes", count=count, moment=since) if count else words.say("digest.since", moment=since)


def changes_block(view: DigestView, words: LocaleWords, count: int) -> Element | None:
    """Draw up to `count` changes of each kind; None if there are none."""
    drawn: list[Element] = []
    left: list[str] = []
    for kind, changes, total in kinds(view):
        drawn += [_change(kind, each, words) for each in changes[:count]]
        if total > len(changes[:count]):
            left.append(words.say(KINDS[kind], count=total - len(changes[:count])))
    if left:
        drawn.append(note(words.say("digest.unlisted", changes=words.all_of(left)), spacing="small"))
    if view.usage.selected and (view.came_total or view.gone_total):
        drawn.append(note(words.say("digest.selected"), spacing="small"))
    return Container(style="emphasis", rounded_corners=True, spacing="medium", items=drawn) if drawn else None


def _change(kind: str, change: ChangeView, words: LocaleWords) -> Element:
    """Draw a sign, a sentence, and below it the figures."""
    before, after = change.before, change.after
    if kind == "moves" and before is not None and after is not None:
        sign, told, figures = _move(change.name, before, after, words)
    else:
        sign, key = TOLD.get(kind, (LEVEL, "digest.told.moved"))
        told = words.say(key, name=literal(change.name) or NAMELESS)
        only = before or after  # in one of the two answers
        if before is not None and after is not None:
            figures = change_in_words(before, after, words)
        else:
            figures = [NAMELESS if only is None else all_in_words(only, words)]
    columns = [
        Column(width=SIGN_WIDTH, items=[line(TextRun(text=sign, weight="bolder"))]),
        Column(
            width="stretch",
            items=[line(TextRun(text=told, weight="bolder")), note(BETWEEN.join(figures), spacing="none")],
        ),
    ]
    opened = tap(words.say("usage.tap", name=literal(told, 100), figures=figures[0]), change.open)
    if opened is not None:
        sign_of_tap = figures_line(words.say("tile.opens"), size="large", subtle=True)
        columns.append(Column(width="auto", items=[sign_of_tap], vertical_content_alignment="center"))
    return ColumnSet(columns=columns, spacing="small", select_action=opened, min_height=TAPPABLE if opened else None)


def _move(name: str, before: Figures, after: Figures, words: LocaleWords) -> tuple[str, str, list[str]]:
    """Return sign, sentence and figures of an item that is in use on both days, or on none."""
    named = {"name": literal(name) or NAMELESS}
    if before.percent is None or after.percent is None or before.percent == after.percent:
        more = after.active - before.active if not (before.several or after.several) else 0
        sign = UP if more > 0 else DOWN if more < 0 else LEVEL
        return sign, words.say("digest.told.moved", **named), change_in_words(before, after, words)
    points = after.percent - before.percent
    text = "digest.told.rose" if points > 0 else "digest.told.fell"
    told = words.say(text, count=abs(points), share=share_in_words(after, words), **named)
    return UP if points > 0 else DOWN, told, numbers_in_words(before, after, words)
