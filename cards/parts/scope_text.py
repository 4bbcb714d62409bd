"""What a question asked for, for the heading of its answer. Pure.

A card may be forwarded, so its heading holds everything that narrows the figures: names, what is left out, limits, a
filter and a day.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from cards.parts.literal_text import literal
from cards.views.usage_views import Narrowing
from cards.wording.locale_words import LocaleWords

NAMES = 12
FILTER_LIMIT = 400
LOWEST = ("above", "at_least", "between")  # limits that have a lowest percentage


def scope_in_words(names: tuple[str, ...], narrowed: tuple[Narrowing, ...], words: LocaleWords) -> list[str]:
    """Return the parts of the heading as literal text, the names first."""
    return [*names_in_words(names, narrowed, words), *limits_in_words(narrowed, words)]


def names_in_words(names: tuple[str, ...], narrowed: tuple[Narrowing, ...], words: LocaleWords) -> list[str]:
    """Return the names as literal text.

    "Everything you can see" without any; [] if a filter or "my customers" says what is asked about.
    """
    named = [shown for shown in map(literal, names[:NAMES]) if shown]
    if len(names) > NAMES:
        named.append(words.say("scope.more", count=len(names) - NAMES))
    if not named and not any(each.kind in ("filter", "mine") for each in narrowed):
        return [words.say("usage.everything")]
    return named


def limits_in_words(narrowed: tuple[Narrowing, ...], words: LocaleWords) -> list[str]:
    """Return what narrows the figures beside names."""
    return [_narrowing(each, words) for each in narrowed]


def left_out_in_words(narrowed: tuple[Narrowing, ...], words: LocaleWords) -> list[str]:
    """Say what is left out of every answer, and what of it is in this one."""
    standing = tuple(each for each in narrowed if each.kind in ("ignored", "no_trials", "not_ignored"))
    return limits_in_words(standing, words)


def kept_in_words(kept: tuple[Narrowing, ...], words: LocaleWords) -> str:
    """Say which limits are those of the question before."""
    return words.say("usage.kept", limits=words.all_of(limits_in_words(kept, words)))


def kept_limits(kept: tuple[Narrowing, ...], words: LocaleWords) -> list[str]:
    """Return `kept_in_words` as the only line, no line if there are no such limits."""
    return [kept_in_words(kept, words)] if kept else []


def _narrowing(each: Narrowing, words: LocaleWords) -> str:
    match each.kind:
        case "without" | "ignored" | "not_ignored":
            return words.say(f"scope.{each.kind}", names=_listed(each, words))
        case "mine" | "filter" | "no_trials":
            return _OWN[each.kind](each, words)
        case "day" | "versus" | "since" | "range" if each.day is not None:
            return words.say(f"scope.{each.kind}", day=words.date(each.day), last=words.date(each.last or each.day))
        case "dropped" | "improved" | "changed" | "sold" | "assigned" | "unassigned":
            return words.say(f"scope.{each.kind}")
        case "top" | "bottom":
            return _order(each, words)
    return _amount(each, words) if each.measure else _share(each, words)


def _listed(each: Narrowing, words: LocaleWords) -> str:
    shown = [literal(name) for name in each.names[:NAMES]]
    if len(each.names) > NAMES:
        shown.append(words.say("scope.more", count=len(each.names) - NAMES))
    if each.count:
        shown.append(words.say("scope.unnamed", count=each.count))
    return words.all_of(shown)


def _filter(each: Narrowing, words: LocaleWords) -> str:
    return words.say("scope.filter", filter=literal(each.text, FILTER_LIMIT))


def _mine(each: Narrowing, words: LocaleWords) -> str:
    """Return "My customers (7)"; "My customers (6 of 7)" if one of them cannot be seen any more."""
    if each.numbers:
        return words.say("scope.mine.some", count=each.count, total=each.numbers[0])
    return words.say("scope.mine", count=each.count) if each.count else words.say("own.title")


def _no_trials(each: Narrowing, words: LocaleWords) -> str:
    return words.say("scope.no_trials", count=each.count)


_OWN: Mapping[str, Callable[[Narrowing, LocaleWords], str]] = MappingProxyType(
    {"mine": _mine, "filter": _filter, "no_trials": _no_trials}
)


def _order(each: Narrowing, words: LocaleWords) -> str:
    """Return "top 20", "top 20 by unused licenses"."""
    if not each.measure:
        return words.say(f"scope.{each.kind}", count=each.count)
    return words.say(f"scope.{each.kind}.by", count=each.count, measure=words.say(f"measure.{each.measure}"))


def _share(each: Narrowing, words: LocaleWords) -> str:
    """Return "below 50%", "between 20% and 40%"; of more than 100%, also what makes it that."""
    shares = [words.exact_percent(share) for share in each.shares]
    if each.kind == "between":
        limit = words.say("scope.between", low=shares[0], high=shares[1])
    else:
        limit = words.say(f"scope.{each.kind}", share=" ".join(shares))
    return words.say("scope.with_beyond", limit=limit) if _asks_beyond(each) else limit


def _asks_beyond(each: Narrowing) -> bool:
    """Return True if the limit is over 100%, which no percentage on a card is."""
    if each.kind not in LOWEST or not each.shares:
        return False
    return each.shares[0] > 1 or (each.shares[0] == 1 and each.kind == "above")


def _amount(each: Narrowing, words: LocaleWords) -> str:
    """Return "more than 100 unused", "between 10 and 50 unused"."""
    *low, last = each.numbers or (0,)
    amount = words.say(f"scope.amount.{each.measure}", count=last)
    return words.say(f"scope.licenses.{each.kind}", low=low[0] if low else "", amount=amount)
