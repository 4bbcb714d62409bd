"""The card that shows how figures developed. Pure.

What changed comes first, then a line over the days, or a row for each of them if one has no figures: a client would
draw its line across a gap.
"""

from cards.elements import Column, ColumnSet, Container, Element, TextRun
from cards.parts.card_frame import BUTTONS, IN_SIGHT, Rendered, buttons, frame, heading, line, note, press
from cards.parts.card_size import BUDGET, size, within
from cards.parts.compared_text import licenses_arrow, points_arrow
from cards.parts.correction_text import corrections, corrections_in_words
from cards.parts.scope_text import scope_in_words
from cards.parts.share_text import share_in_words
from cards.usage.figure_tile import figure_tile
from cards.usage.trend_rows import has_no_height, trend_chart, trend_rows
from cards.usage.trend_text import ACTIVE, explained, height, point_in_words, summed_up
from cards.usage.usage_head import BETWEEN
from cards.views.kinds.trend_view import TrendView
from cards.views.usage_views import Figures
from cards.wording.locale_words import LocaleWords

FEWEST = 3  # points of a line
_TWO = 2
LONGEST_LARGE = 11  # characters of a word that a phone has place for in the largest size, beside a percentage


def trend(view: TrendView, words: LocaleWords) -> Rendered:
    """Draw the trend.

    As rows if one of its days is a gap or has no percentage, or if the card would be too large with a chart.
    """
    gaps = len(view.known) < len(view.points) or has_no_height(view)
    if not gaps and len(view.known) >= FEWEST:
        drawn = _card(view, words, chart=True)
        if size(drawn) < BUDGET:
            return drawn
    return within(_card(view, words, chart=False), words)


def summary(view: TrendView, words: LocaleWords) -> str:
    """Return the newest figures and the oldest ones in one sentence."""
    return " ".join([summed_up(view, words), *corrections_in_words(view.corrected, words)])


def lines(view: TrendView, words: LocaleWords) -> list[str]:
    """Return a text for each day, the newest first, then what explains them."""
    days = [point_in_words(each, view, words) for each in reversed(view.points)] if len(view.points) > 1 else []
    return [*days, *explained(view, words)]


def _card(view: TrendView, words: LocaleWords, *, chart: bool) -> Rendered:
    title = f"trend.title.{'share' if view.shares else view.measure}.{view.step}"
    body: list[Element] = [
        note(BETWEEN.join(scope_in_words(view.scope, view.narrowed, words))),
        heading(words.say(title), spacing="none"),
        *corrections(view.corrected, words),
        *_tile(view, words),
    ]
    if chart:
        body.append(trend_chart(view, words))
    elif len(view.points) > 1:
        body.append(Container(spacing="medium", items=trend_rows(view, words)))
    told = explained(view, words)
    body.extend(note(each, spacing="none" if at else "small") for at, each in enumerate(told))
    body.extend(_buttons(view, words))
    return frame(body, words, " ".join([summary(view, words), *told]), view.again)


def _tile(view: TrendView, words: LocaleWords) -> list[Element]:
    """Draw what changed from the first figures to the last ones; the only ones; or that there are none."""
    known = view.known
    figures = [each.figures for each in known if each.figures is not None]
    if not figures:
        return [line(words.say("trend.nothing"), spacing="medium")]
    if len(figures) < _TWO:
        return [figure_tile(figures[0], words)]
    before, after = figures[0], figures[-1]
    since = words.say("trend.since", day=words.short_date(known[0].day))
    change = _change(before, after, view, words)
    size = "extraLarge" if max(map(len, change.split())) <= LONGEST_LARGE else "medium"
    left = [
        line(TextRun(text=change, size=size, weight="bolder")),
        line(since, spacing="none"),
    ]
    right = [
        line(TextRun(text=share_in_words(after, words), size="large", weight="bolder"), horizontal_alignment="right"),
        note(words.say("trend.was", share=share_in_words(before, words)), spacing="none", horizontal_alignment="right"),
    ]
    columns = [
        Column(width="stretch", items=left),
        Column(width="auto", items=right, vertical_content_alignment="center"),
    ]
    return [Container(style="emphasis", rounded_corners=True, spacing="medium", items=[ColumnSet(columns=columns)])]


def _change(before: Figures, after: Figures, view: TrendView, words: LocaleWords) -> str:
    if view.shares:
        return points_arrow(before, after, words) or words.say("compare.same")
    if view.measure == ACTIVE:
        return licenses_arrow(before, after, words) or words.say("compare.same")
    moved = (height(after, view) or 0) - (height(before, view) or 0)
    key = f"trend.moved.{'up' if moved > 0 else 'down'}.{view.measure}"
    return words.say(key, count=abs(moved)) if moved else words.say("compare.same")


def _buttons(view: TrendView, words: LocaleWords) -> list[Element]:
    other = "trend.by.week" if view.step == "month" else "trend.by.month"
    offered = (
        ("trend.longer", view.longer),
        ("trend.shorter", view.shorter),
        ("ignored.again", view.ignored),
        (other, view.stepped),
        ("trend.usage", view.usage),
        ("usage.digest", view.digest),
    )
    made = [(words.say(title), action) for title, action in offered if action is not None][:BUTTONS]
    row = buttons(*(press(title, action, secondary=at >= IN_SIGHT) for at, (title, action) in enumerate(made)))
    return [row] if row else []
