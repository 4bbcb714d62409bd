"""The card of a digest.

What changed since the last one, the total, and the most important rows. Pure.
"""

from collections.abc import Iterator, Sequence

from cards.digests.because_text import because_in_words
from cards.digests.changes_block import KINDS, changed_in_words, changes_block, kinds, unchanged
from cards.elements import Container, Element, TextRun
from cards.parts.card_frame import Rendered, buttons, frame, heading, line, note, press
from cards.parts.card_size import fit
from cards.parts.compared_text import days_compared, days_instead, is_one_line
from cards.parts.day_text import age, as_of
from cards.parts.literal_text import literal
from cards.parts.remark_text import draw_reservations, explanations, reservations
from cards.parts.schedule_text import in_words, moment
from cards.parts.share_text import all_in_words
from cards.usage.compared_rows import gone_rows
from cards.usage.figure_tile import total_line
from cards.usage.usage_card import headline, list_head, row_of, scoped, total_in_words
from cards.usage.usage_head import BETWEEN, alone
from cards.views.digest_views import DigestLine, DigestView
from cards.views.usage_views import Figures, UsageItem
from cards.wording.locale_words import LocaleWords

MOST = 5  # rows, and changes of each kind
NAME = 60


def digest(view: DigestView, words: LocaleWords) -> Rendered:
    """Draw the card with as much content as fits."""
    told = words.of_seats(view.usage.seats)
    return fit(lambda count: _card(view, told, count), MOST, told)


def summary(view: DigestView, words: LocaleWords) -> str:
    """Return number, total and changes: "Digest 3.

    TEST COMPANY: 1 unused, 0%, 0 active of 1 qualified. 1 no longer used.".
    """
    words = words.of_seats(view.usage.seats)
    told = words.say(
        "usage.summary.selected" if view.usage.selected else "usage.summary",
        count=view.usage.matched,
        scope=", ".join(scoped(view.usage, words)),
        figures=all_in_words(view.usage.total, words),
    )
    counted = [f"{words.say(KINDS[kind], count=total)}." for kind, _, total in kinds(view) if total]
    quiet = [changed_in_words(view, words)] if unchanged(view) else []
    because = filter(None, [because_in_words(view.because, words)])
    return " ".join([f"{title(view.number, words)}.", *because, told, *counted, *quiet])


def lines(view: DigestView, words: LocaleWords) -> list[str]:
    """Return the days of the figures and what is missing in them, as texts."""
    words = words.of_seats(view.usage.seats)
    return [*as_of(view.usage, words), *filter(None, [age(view.usage, words)]), *reservations(view.usage, words)]


def title(number: int, words: LocaleWords) -> str:
    """Return "Digest 3".

    The number is an identifier, so it has no thousands separators.
    """
    return words.say("digest.title", number=str(number))


def named(each: DigestLine, words: LocaleWords) -> str:
    """Return "Digest 3", or "Alert 3"."""
    if each.only is not None and each.only.crosses:
        return words.say("alert.title", number=str(each.number))
    return title(each.number, words)


def asker(owner: str, words: LocaleWords) -> str:
    """Return the name of the owner: the digest uses the owner's permission."""
    return literal(owner, NAME) or words.say("digest.nobody")


def _card(view: DigestView, words: LocaleWords, count: int) -> Rendered:
    usage = view.usage
    body: list[Element] = [*_head(view, words), *draw_reservations(usage, words), *_changes(view, words, count)]
    body.extend(_figures(view, words))
    shown = () if alone(usage) else usage.items[:count]
    if shown:
        body.extend(_rows(view, words, shown))
    if usage.compared is not None:
        body.extend(gone_rows(usage.compared, words))
    body.append(_foot(view, words, shown))
    offered = (("digest.open", view.open), ("ignored.again", usage.ignored), ("digest.settings", view.settings))
    if row := buttons(*(press(words.say(told), action) for told, action in offered if action is not None)):
        body.append(row)
    return frame(body, words, " ".join([summary(view, words), *reservations(usage, words)]))


def _head(view: DigestView, words: LocaleWords) -> Iterator[Element]:
    """Draw what changed as the heading; of a digest with nothing to compare with, what it is about."""
    called = words.say("digest.heading", title=title(view.number, words), schedule=in_words(view.when, words))
    scope = BETWEEN.join(scoped(view.usage, words))
    if view.since is None:
        yield note(called)
        yield line(TextRun(text=scope, size="large", weight="bolder"), spacing="none")
    else:
        yield note(BETWEEN.join([called, scope]))
        yield heading(changed_in_words(view, words), spacing="none")
    if because := because_in_words(view.because, words):
        yield note(because, spacing="small")
    if view.late_for is not None:
        yield note(words.say("digest.late", moment=moment(view.late_for, words, view.when)), spacing="small")
    if view.skipped:
        yield note(words.say("digest.skipped"), spacing="small")


def _changes(view: DigestView, words: LocaleWords, count: int) -> Iterator[Element]:
    if view.since is None:
        if view.when.kind != "once":  # after a digest that is posted once there is no next one
            yield note(words.say("digest.first"), spacing="small")
        return
    if view.total_before is None:
        yield note(words.say("digest.before.unknown"), spacing="small")
    if not view.certain:
        yield note(words.say("digest.uncertain"), spacing="small")
    if (block := changes_block(view, words, count)) is not None:
        yield block


def _figures(view: DigestView, words: LocaleWords) -> list[Element]:
    """Draw the total or the only row, what it was the last time, and which days are compared."""
    usage = view.usage
    before = [] if view.total_before is None or unchanged(view) else [_before(view.total_before, view, words)]
    told = [*before, *days_compared(usage, words), *days_instead(usage, words), *filter(None, [age(usage, words)])]
    drawn: list[Element] = []
    if not usage.items:
        nothing = words.say("digest.nothing.selected" if usage.selected else "digest.nothing")
        drawn.append(line(nothing, spacing="medium"))
    elif alone(usage) or usage.compared is not None or view.since is None:
        drawn.append(headline(usage, words, entitled=True))
    else:
        drawn.extend(total_line(usage.total, words, [total_in_words(usage, words)]))
    return [*drawn, *(note(each, spacing="none") for each in told)]


def _before(total: Figures, view: DigestView, words: LocaleWords) -> str:
    """Return the previous total; if the rows are a selection, also how many they were."""
    figures = all_in_words(total, words)
    if view.usage.selected:
        return words.say("digest.before.selected", count=view.matched_before, figures=figures)
    return words.say("digest.before", figures=figures)


def _rows(view: DigestView, words: LocaleWords, items: Sequence[UsageItem]) -> Iterator[Element]:
    yield list_head(view.usage, words)
    draw_row = row_of(view.usage, tappable=True)
    yield from (draw_row(item, words, view.usage.newest, first=index == 0) for index, item in enumerate(items))


def _foot(view: DigestView, words: LocaleWords, shown: Sequence[UsageItem]) -> Element:
    """Draw the footnote.

    It is what explains the figures, then how many rows are shown, of which day they are, and whose rights they use.
    """
    usage = view.usage
    told = [words.say("digest.rights", owner=asker(view.owner, words))]
    if not is_one_line(usage):
        told = [*as_of(usage, words), *told]
    if shown and usage.matched > len(shown):
        text = "digest.shown.largest" if view.largest else "usage.shown"
        told = [words.say(text, shown=len(shown), matched=usage.matched), *told]
    texts = [*explanations(usage, words, [item.figures for item in shown]), BETWEEN.join(told)]
    return Container(items=[note(each, spacing="small") for each in texts], spacing="medium", separator=True)
