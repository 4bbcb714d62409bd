"""The usage card: active and qualified licenses, one row per item. Pure."""

from cards.elements import Column, ColumnSet, Container, Element, TextRun
from cards.parts.card_frame import BUDGET, NAMELESS, Rendered, button, fit, frame, heading, line, note, size, small
from cards.parts.literal_text import literal
from cards.parts.share_text import all_in_words, arithmetic, bar, share_in_words, unused_in_words
from cards.views.answer_views import Figures, UsageItem, UsageView
from cards.wording.locale_keys import dimension, remark
from cards.wording.locale_words import LocaleWords

# With more rows than this they are drawn narrow, without a bar.
ROWS_WITH_BARS = 12
ROWS = 60  # more than this never fit
AS_OF_LINES = 6
SCOPE_LIMIT = 300
SCOPE_PARTS = 12
SPOKEN_ROWS = 5
BY_LIMIT = 5


def usage(view: UsageView, words: LocaleWords) -> Rendered:
    """Draw the rows with bars if all fit, else without bars and as many as fit."""
    if len(view.items) <= ROWS_WITH_BARS and size(card := _card(view, words, len(view.items), bars=True)) < BUDGET:
        return card
    return fit(lambda count: _card(view, words, count, bars=False), min(len(view.items), ROWS))


def summary(view: UsageView, words: LocaleWords) -> str:
    """Return the total and the day: "TEST COMPANY, Exchange.

    0 active of 1 qualified (0%). As of …".
    """
    text = words.say(
        "usage.summary.selected" if view.selected else "usage.summary",
        count=view.matched,
        scope=", ".join(scoped(view, words)),
        figures=all_in_words(view.total, words),
    )
    return " ".join([text, *as_of(view, words)[:1]])


def _card(view: UsageView, words: LocaleWords, count: int, *, bars: bool) -> Rendered:
    items = view.items[:count]
    body: list[Element] = [*_head(view, words)]
    if not view.items:
        body.append(line(words.say("usage.nothing"), spacing="medium"))
    elif alone(view):
        body.append(headline(view, words))
    else:
        body.append(headline(view, words))
        body.extend(by(view, words))
        drawn = row if bars else _narrow_row
        body.extend(drawn(item, words, first=index == 0) for index, item in enumerate(items))
    body.extend(_foot(view, words, count))
    spoken = [summary(view, words), *(_spoken(item, words) for item in items[:SPOKEN_ROWS] if len(view.items) > 1)]
    return frame(body, words, " ".join(spoken))


def _head(view: UsageView, words: LocaleWords) -> list[Element]:
    title = literal(" · ".join(scoped(view, words)), SCOPE_LIMIT)
    return [
        heading(words.say("usage.title"), size="small", weight="default", subtle=True),
        line(TextRun(text=title, size="large", weight="bolder"), spacing="none"),
        *(note(day, spacing="none") for day in as_of(view, words)),
    ]


def alone(view: UsageView) -> bool:
    """Return True if there is exactly one row.

    It is the answer itself, and is drawn in place of the total.
    """
    return len(view.items) == 1 and view.matched <= 1


def headline(view: UsageView, words: LocaleWords) -> Element:
    """Draw the total, or the only row."""
    if alone(view):
        item = view.items[0]
        return _tile(literal(item.name), literal(item.detail or ""), item.figures, words)
    # Not "in total" if the rows were selected by their ratio.
    text = "usage.total.selected" if view.selected else "usage.total"
    return _tile(words.say(text, count=view.matched), "", view.total, words)


def _tile(title: str, detail: str, figures: Figures, words: LocaleWords) -> Element:
    label = line(*_text_runs(TextRun(text=title, weight="bolder"), detail, figures, words))
    share = line(
        TextRun(text=share_in_words(figures, words), size="extraLarge", weight="bolder"), horizontal_alignment="right"
    )
    columns = [
        Column(width="stretch", items=[label]),
        Column(width="auto", items=[share], vertical_content_alignment="center"),
    ]
    return Container(style="emphasis", spacing="medium", items=[ColumnSet(columns=columns)])


def by(view: UsageView, words: LocaleWords) -> list[Element]:
    """Draw by which dimensions the rows are listed."""
    if not view.by:
        return []
    dimensions = words.all_of([dimension(each, words) for each in view.by[:BY_LIMIT]])
    return [note(words.say("usage.by", by=dimensions), spacing="medium")]


def row(item: UsageItem, words: LocaleWords, *, first: bool) -> Element:
    """Draw a row with its bar."""
    text = line(
        *_text_runs(TextRun(text=literal(item.name) or NAMELESS), literal(item.detail or ""), item.figures, words)
    )
    share = line(TextRun(text=share_in_words(item.figures, words), weight="bolder"), horizontal_alignment="right")
    columns = [Column(width="stretch", items=[text]), Column(width="auto", items=[share])]
    return ColumnSet(columns=columns, separator=not first or None, spacing="small" if first else "medium")


def _narrow_row(item: UsageItem, words: LocaleWords, *, first: bool) -> Element:
    """Draw the row as one text without columns.

    It is half as large, so twice as many fit on a card.
    """
    return line(
        literal(item.name) or NAMELESS,
        *_below(literal(item.detail or "")),
        *_narrow_figures(item.figures, words),
        separator=not first or None,
        spacing="small",
    )


def _text_runs(title: TextRun, detail: str, figures: Figures, words: LocaleWords) -> list[TextRun]:
    """Return title, detail, what is unused, bar and figures as lines of one text.

    A card with many rows has to be small.
    """
    unused = unused_in_words(figures, words)
    return [
        title,
        *_below(detail),
        *([TextRun(text="\n" + unused, weight="bolder")] if unused else []),
        *bar(figures, "\n"),
        *(small("\n" + each) for each in arithmetic(figures, words)),
    ]


def _narrow_figures(figures: Figures, words: LocaleWords) -> list[TextRun]:
    """Return what is unused and the share, then what they are made of."""
    first = [each for each in (unused_in_words(figures, words), share_in_words(figures, words)) if each]
    return [
        TextRun(text="\n" + " · ".join(first), size="small", weight="bolder"),
        small(" · " + " · ".join(arithmetic(figures, words))),
    ]


def _below(detail: str) -> list[TextRun]:
    return [small("\n" + detail)] if detail else []


def as_of(view: UsageView, words: LocaleWords) -> list[str]:
    """Return the days of the figures, as texts.

    One text if all services were processed on one day, else one per day, or a range if there are many.
    """
    days: dict[object, list[str]] = {}
    for each in sorted(view.as_of, key=lambda each: each.service):
        days.setdefault(each.day, []).append(literal(each.service))
    if len(days) == 1 and view.as_of:
        return [words.say("usage.as_of", day=words.date(view.as_of[0].day))]
    if len(days) > AS_OF_LINES or len(view.as_of) > 3 * AS_OF_LINES:
        every = [each.day for each in view.as_of]
        return [words.say("usage.as_of.range", first=words.date(min(every)), last=words.date(max(every)))]
    ordered = sorted(view.as_of, key=lambda each: each.day, reverse=True)
    return [
        words.say("usage.as_of.service", service=words.all_of(days[day]), day=words.date(day))
        for day in dict.fromkeys(each.day for each in ordered)
    ]


def _foot(view: UsageView, words: LocaleWords, count: int) -> list[Element]:
    foot: list[Element] = []
    hidden = len(view.items) - count
    if view.matched > count and view.items:
        text = words.say("usage.shown", shown=count, matched=view.matched)
        foot.append(note(text, spacing="medium", separator=True))
    if hidden:
        foot.append(note(words.say("usage.hidden", count=view.matched - count), spacing="small"))
    elif view.more is not None and (more := button(words.say("usage.more"), view.more)):
        foot.append(more)
    if view.digest is not None and (digest := button(words.say("usage.digest"), view.digest)):
        foot.append(digest)
    foot.extend(remarks(view, words))
    if question := literal(view.question, SCOPE_LIMIT):
        foot.append(note(words.say("usage.question", question=question), spacing="medium"))
    return foot


def remarks(view: UsageView, words: LocaleWords) -> list[Element]:
    """Draw each remark about the figures once."""
    text = [note(each, spacing="small") for each in dict.fromkeys(remark(each, words) for each in view.remarks)]
    return [Container(items=text, spacing="medium", separator=True)] if text else []


def scoped(view: UsageView, words: LocaleWords) -> list[str]:
    """Return the names in the question's scope, as literal text."""
    named = filter(None, map(literal, view.scope[:SCOPE_PARTS]))
    return list(named) or [words.say("usage.everything")]


def _spoken(item: UsageItem, words: LocaleWords) -> str:
    return words.say("usage.summary", scope=literal(item.name), figures=all_in_words(item.figures, words))
