"""The card that lists digests, with buttons for those that the reader may change.

Pure.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from cards.digests.digest_card import asker, named
from cards.elements import Container, Element, Execute, TextRun
from cards.parts.card_frame import BUTTONS, Rendered, buttons, entitled, frame, heading, line, note, press, small
from cards.parts.card_size import BUDGET, fit, size
from cards.parts.literal_text import literal
from cards.parts.long_list import Paging, page_foot
from cards.parts.schedule_text import condition_in_words, in_words, moment
from cards.usage.usage_head import BETWEEN
from cards.views.digest_views import DIGESTS_ON_CARD, DigestLine, DigestsView
from cards.views.page_window import skipped
from cards.wording.locale_words import LocaleWords

PAGING = Paging(DIGESTS_ON_CARD, DIGESTS_ON_CARD, "digests.rest")
QUESTION = 160
SHORT = 80
SPOKEN = 5

# The title of the button for each act.
PRESSES: Mapping[str, str] = MappingProxyType(
    {
        "run": "digest.run",
        "pause": "digest.pause",
        "skip": "digest.skip",
        "resume": "digest.resume",
        "change": "digest.change_it",
        "stop": "digest.stop",
    }
)
# The buttons for each state of a digest, the most likely first.
ACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "active": ("run", "pause", "skip", "change", "stop"),
        "paused": ("resume", "run", "change", "stop"),
        "paused_until": ("resume", "run", "change", "stop"),
        "suspended": ("resume", "change", "stop"),
        "done": ("change", "run", "stop"),
        "unreadable": ("stop",),
    }
)
STATES: Mapping[str, str] = MappingProxyType(
    {
        "paused": "digest.state.paused",
        "suspended": "digest.state.suspended",
        "left": "digest.state.left",
        "done": "digest.state.done",
        "unreadable": "digest.state.unreadable",
    }
)
LAST: Mapping[str, str] = MappingProxyType(
    {
        "sent": "digest.last.sent",
        "unknown": "digest.last.unknown",
        "failed": "digest.last.failed",
        "refused": "digest.last.refused",
        "waiting": "digest.last.waiting",
        "missed": "digest.last.missed",
        "unchanged": "digest.last.unchanged",
        "not_met": "digest.last.not_met",
    }
)
OF_ALERTS: Mapping[str, str] = MappingProxyType({"not_met": "digest.last.quiet", "unknown": "digest.last.doubtful"})
PLACES: Mapping[str, str] = MappingProxyType(
    {
        "personal": "digest.place.personal",
        "groupChat": "digest.place.group",
        "channel": "digest.place.channel",
    }
)


def digests(view: DigestsView, words: LocaleWords) -> Rendered:
    """Draw as many digests as fit, each with its buttons.

    Another button leads to the others. Without it, those that do not fit are one line each.
    """
    before = skipped(view.start, view.fresh, len(view.lines))
    shown = min(len(view.lines) - before, DIGESTS_ON_CARD)
    if view.more is not None:
        return fit(lambda count: _card(view, words, before, count, count), min(shown, BUTTONS), words)
    if size(_card(view, words, before, 0, shown)) < BUDGET:
        return fit(lambda full: _card(view, words, before, full, shown), min(shown, BUTTONS), words)
    return fit(lambda count: _card(view, words, before, 0, count), shown, words)


def summary(view: DigestsView, words: LocaleWords) -> str:
    """Return the number of digests: "3 digests", or the question which one is meant."""
    count = max(view.total, len(view.lines))
    if view.asks and count:
        return words.say("digests.which")
    return words.say("digests.count", count=count) if count else words.say("digests.none")


def lines(view: DigestsView, words: LocaleWords) -> list[str]:
    """Return the digests that are new as texts, and how many more there are."""
    new = view.lines[skipped(view.start, view.fresh, len(view.lines)) :][:DIGESTS_ON_CARD]
    rest = max(view.total, len(view.lines)) - view.fresh - len(new)
    told = [in_short(each, words) for each in new]
    return [*told, words.say("digests.rest", count=rest)] if rest > 0 else told


def press_for(act: str, each: DigestLine, words: LocaleWords, *, secondary: bool = False) -> Execute | None:
    """Return the button for an act on a digest; None if the line does not hold one."""
    if (ask := each.acts.get(act)) is None:
        return None
    return press(words.say(PRESSES[act]), ask, about=named(each, words), secondary=secondary)


def _card(view: DigestsView, words: LocaleWords, before: int, full: int, shown: int) -> Rendered:
    listed, first = view.lines[before : before + shown], view.start + before
    texts = summary(view, words)
    body: list[Element] = [
        heading(words.say("digests.title"), size="small", weight="default", subtle=True),
        line(TextRun(text=texts, size="large", weight="bolder"), spacing="none"),
    ]
    if not view.lines:
        body.append(line(words.say("digests.empty"), spacing="medium"))
    body += [_full(each, words) for each in listed[:full]]
    body += _short(listed[full:], words)
    if view.lines:
        total = max(view.total, view.start + len(view.lines))
        body += page_foot(view.more, first, first + len(listed), total, PAGING, words)
    spoken = [in_short(each, words) for each in listed[:SPOKEN]]
    stop = "" if texts.endswith("?") else "."
    return frame(body, words, " ".join([f"{texts}{stop}", *spoken]))


def _full(each: DigestLine, words: LocaleWords) -> Element:
    """Draw question, schedule, result of the last run, and the buttons."""
    facts = [words.say("digest.heading", title=named(each, words), schedule=in_words(each.when, words))]
    facts += filter(None, [condition_in_words(each.only, words)])
    facts += state_in_words(each, words)
    if not each.here and each.where in PLACES:
        facts.append(words.say(PLACES[each.where]))
    if not each.mine:
        facts.append(words.say("digest.owner", owner=asker(each.owner, words)))
    items: list[Element] = [entitled(literal(each.question, QUESTION), "\n".join(facts), bold=True)]
    acts = ACTS.get(each.state, ACTS["active"]) if each.mine else ()
    pressed: list[Execute] = []
    for act in acts:  # one button, and a menu with the others beside it
        if one := press_for(act, each, words, secondary=bool(pressed)):
            pressed.append(one)
    if row := buttons(*pressed):
        items.append(row)
    return Container(items=items, separator=True, spacing="medium")


def state_in_words(each: DigestLine, words: LocaleWords) -> list[str]:
    """Return when it comes next or why it does not come, and its last result."""
    texts = []
    if each.until is not None:
        texts.append(words.say("digest.state.paused_until", day=words.date(each.until)))
    state = each.why if each.why in STATES else each.state
    if state in STATES:
        texts.append(words.say(STATES[state]))
    elif each.next is not None:
        texts.append(words.say("digest.next", moment=moment(each.next, words, each.when)))
    if each.last in LAST and each.last_at is not None:
        at = moment(each.last_at, words, each.when)
        texts.append(words.say(_last(each), moment=at, owner=asker(each.owner, words)))
    return texts


def _last(each: DigestLine) -> str:
    """Return the key of the text about the last result; an alert looked for something else than a digest."""
    if each.only is not None and each.only.crosses:
        return OF_ALERTS.get(each.last, LAST[each.last])
    return LAST[each.last]


def _short(lines: Sequence[DigestLine], words: LocaleWords) -> list[Element]:
    """Draw one line per digest, and how to type commands in place of buttons."""
    if not lines:
        return []
    texts = "\n".join(in_short(each, words) for each in lines)
    elements: list[Element] = [line(small(texts), spacing="medium", separator=True)]
    if mine := next((each for each in lines if each.mine), None):
        elements.append(note(words.say("digests.type", number=str(mine.number)), spacing="small"))
    return elements


def in_short(each: DigestLine, words: LocaleWords) -> str:
    """Return one line: "3 · usage on Exchange · Every Monday at 8:30 AM".

    Its condition is the last part.
    """
    told = [in_words(each.when, words, zone=False), condition_in_words(each.only, words)]
    return words.say(
        "digests.short",
        number=str(each.number),
        question=literal(each.question, SHORT),
        schedule=BETWEEN.join(filter(None, told)),
    )
