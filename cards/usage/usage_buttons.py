"""The buttons of the usage card: three in sight, the others behind the dots. Pure."""

from collections.abc import Iterator, Sequence

from cards.elements import Element
from cards.parts.card_frame import BUTTONS, IN_SIGHT, buttons, press
from cards.parts.long_list import Paging
from cards.views.button_payload import Action, MoreButton
from cards.views.page_window import first_page, next_page
from cards.views.usage_views import ROWS_ON_CARD, UsageView
from cards.wording.locale_keys import key
from cards.wording.locale_words import LocaleWords

# What gives way first if there are more buttons than a card may have: other buttons lead there, too.
GIVES_WAY = (
    "compare.year", "usage.customers", "usage.first", "compare.month", "renewals.button", "usage.whole", "usage.trend",
    "usage.versus",
    "usage.to_sold",
)  # fmt: skip
PAGING = Paging(ROWS_ON_CARD, ROWS_ON_CARD, "usage.hidden")


def usage_buttons(view: UsageView, first: int, end: int, words: LocaleWords) -> list[Element]:
    """Draw the buttons of a card with the rows from `first` to `end`."""
    offered = _as_many_as_fit(list(_offered(view, first, end, words)))
    brief = len(view.items) > 1
    made = [
        press(title, action, secondary=at >= IN_SIGHT, brief=brief) for at, (_, title, action) in enumerate(offered)
    ]
    row = buttons(*made)
    return [row] if row else []


def after_page(view: UsageView, first: int, end: int) -> MoreButton | None:
    """Return the button for the rows after `end`.

    None if there are no rows, or no way to them.
    """
    if not view.items:
        return None
    return next_page(view.more, first, end, view.matched, step=PAGING.step, most=PAGING.most)


def _as_many_as_fit(offered: Sequence[tuple[str, str, Action]]) -> Sequence[tuple[str, str, Action]]:
    """Return at most `BUTTONS` of them, in their order.

    Export and digest stay, because nothing else leads there.
    """
    spare = max(len(offered) - BUTTONS, 0)
    left_out = [name for name in GIVES_WAY if any(each[0] == name for each in offered)][:spare]
    return [each for each in offered if each[0] not in left_out][:BUTTONS]


def _offered(view: UsageView, first: int, end: int, words: LocaleWords) -> Iterator[tuple[str, str, Action]]:
    """Yield the key of each button, its title and what it does."""
    yield from _in_the_list(view, first, end, words)
    compared = view.compared
    earlier = None if compared is None or compared.earlier_day is None else compared.earlier
    onward = (
        ("way.no_kept", view.freed),
        ("ignored.again", view.ignored),
        ("shape.title", view.reshape),
        ("compare.earlier", earlier),
        ("compare.month", None if compared is None else compared.month),
        ("compare.year", None if compared is None else compared.year),
        ("usage.whole", view.whole),
        ("renewals.button", view.renewals),
        ("usage.customers", view.customers),
        ("usage.versus", view.versus),
        ("usage.trend", view.trend),
        ("usage.to_used" if view.seats else "usage.to_sold", view.beside),
        ("usage.digest", view.digest),
        ("usage.export", view.export),
    )
    yield from ((title, words.say(title), action) for title, action in onward if action is not None)


def _in_the_list(view: UsageView, first: int, end: int, words: LocaleWords) -> Iterator[tuple[str, str, Action]]:
    if view.back is not None:
        yield "usage.back", words.say("usage.back"), view.back
    if view.following is not None:
        yield "usage.following", words.say(key("usage.following", view.listed, "any", words)), view.following
    if (after := after_page(view, first, end)) is not None:
        # A card may have room for fewer rows than it tries to show. The next one will be about as long.
        yield "usage.next", words.say("usage.next", count=min(view.matched - end, end - first)), after
    if view.items and (start := first_page(view.more, first, step=PAGING.step)) is not None:
        yield "usage.first", words.say("usage.first"), start
