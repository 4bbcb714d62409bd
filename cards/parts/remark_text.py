"""What is missing in figures, and what explains them. Pure."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from cards.elements import Container, Element
from cards.parts.card_frame import line, note
from cards.parts.compared_text import earlier_reservations
from cards.parts.day_text import older
from cards.parts.literal_text import literal
from cards.parts.scope_text import NAMES
from cards.views.usage_views import Figures, OwnScopeView, UsageView
from cards.wording.locale_keys import counted_remark, remark
from cards.wording.locale_words import LocaleWords

# They take nothing from the figures.
EXPLAINING = frozenset({"repeated_rows", "unidentified_rows"})
# Remarks about something that a figure shows. Where no figure shows it, the reader would look for it in vain. The
# figures of several workloads show only one of them, so another may have what is beyond.
ABOUT: Mapping[str, Callable[[Figures], bool]] = MappingProxyType(
    {
        "none_qualified": lambda figures: figures.percent is None,
        "over_full": lambda figures: figures.beyond > 0 or figures.several,
    }
)


def reservations(view: UsageView, words: LocaleWords) -> list[str]:
    """Return what is missing in the figures, and which of them are of older days."""
    counted = [counted_remark(name, count, words) for name, count in view.counted if name not in EXPLAINING]
    earlier = [] if view.compared is None else earlier_reservations(view.compared, words)
    return list(dict.fromkeys([*_own(view.own, words), *older(view, words), *counted, *earlier]))


def explanations(view: UsageView, words: LocaleWords, shown: Sequence[Figures]) -> list[str]:
    """Return what explains the figures.

    `shown` are the figures that the reader sees beside the total.
    """
    counted = [counted_remark(name, count, words) for name, count in view.counted if name in EXPLAINING]
    figures = (view.total, *shown)
    named = [each for each in view.remarks if each not in ABOUT or any(map(ABOUT[each], figures))]
    return list(dict.fromkeys([*counted, *(remark(each, words) for each in named)]))


def draw_reservations(view: UsageView, words: LocaleWords) -> list[Element]:
    """Draw what is missing in the figures, in letters of full size.

    It is above the figures, because a reader may stop there.
    """
    text: list[Element] = [line(each, spacing="small") for each in reservations(view, words)]
    return [Container(items=text, spacing="medium")] if text else []


def draw_explanations(view: UsageView, words: LocaleWords, shown: Sequence[Figures]) -> list[Element]:
    """Draw what explains the figures. It is below them."""
    text: list[Element] = [note(each, spacing="small") for each in explanations(view, words, shown)]
    return [Container(items=text, spacing="medium", separator=True)] if text else []


def _own(own: OwnScopeView, words: LocaleWords) -> list[str]:
    """Name the customers without figures, and those that the person can no longer see."""
    told = (("own.silent", own.silent), ("own.unseen_now", own.gone))
    return [words.say(key, names=_names(names, words)) for key, names in told if names]


def _names(names: Sequence[str], words: LocaleWords) -> str:
    shown = [literal(each) for each in names[:NAMES]]
    if len(names) > NAMES:
        shown.append(words.say("scope.more", count=len(names) - NAMES))
    return words.all_of(shown)
