"""The cards about one digest.

The result of an act, a notice to its owner. Pure.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from cards.answers.forward_text import draw_forwarded
from cards.answers.problem_card import error_summary
from cards.digests.digest_card import asker, named
from cards.digests.digest_list_card import PRESSES, QUESTION, state_in_words
from cards.digests.schedule_inputs import city_input
from cards.elements import DateInput, Element, Execute, TextRun
from cards.parts.card_frame import (
    NAMELESS,
    Rendered,
    button,
    buttons,
    frame,
    heading,
    line,
    note,
    press,
    small,
)
from cards.parts.correction_text import corrections, corrections_in_words
from cards.parts.literal_text import literal
from cards.parts.schedule_text import ZONE_LIMIT, condition_in_words, in_words, moment
from cards.parts.scope_text import kept_limits
from cards.views.answer_views import ErrorView
from cards.views.digest_views import DigestLine, DigestNoticeView, DigestSetView
from cards.wording.locale_words import LocaleWords

UPCOMING = 3
IN_SIGHT = 3  # buttons

# For each result: its title, and the buttons.
DONE: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "created": ("digest.done.created", ("change", "stop", "run")),
        "exists": ("digest.done.exists", ("change", "stop")),
        "changed": ("digest.done.changed", ("change", "stop")),
        "paused": ("digest.done.paused", ("resume", "stop")),
        "paused_until": ("digest.done.paused_until", ("resume", "stop")),
        "resumed": ("digest.done.resumed", ("change", "stop", "pause")),
        "running": ("digest.done.running", ()),
        "stopped": ("digest.done.stopped", ()),
        "brought_back": ("digest.done.brought_back", ("change", "stop")),
        "over": ("digest.done.over", ()),
    }
)
GONE = ("stopped", "over")
NEW = ("created", "brought_back", "exists")  # an alert says how it works
PAUSED = ("paused", "paused_until")  # the states of a digest that was changed and does not come yet
PLACES: Mapping[str, str] = MappingProxyType(
    {
        "personal": "digest.posts.personal",
        "groupChat": "digest.posts.group",
        "channel": "digest.posts.channel",
    }
)
# For each notice: its title, its text, and the title of the button that resolves it.
NOTICES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "paused_misses": ("digest.notice.paused", "digest.notice.paused_misses", "digest.resume"),
        "suspended": ("digest.notice.rests", "digest.notice.suspended", "digest.resume"),
        "gone": ("digest.notice.rests", "digest.notice.gone", "digest.resume"),
        "refused": ("digest.notice.rests", "digest.notice.refused", "digest.resume"),
        "blocked": ("digest.notice.rests", "digest.notice.blocked", "digest.resume"),
        "left": ("digest.notice.rests", "digest.notice.left", "digest.resume"),
        "outsiders": ("digest.notice.outsiders_here", "digest.notice.outsiders", "support.again"),
        "failed": ("digest.notice.not_posted", "digest.notice.failed", "digest.run"),
        "failed_once": ("digest.notice.not_posted", "digest.notice.failed_once", "digest.run"),
        "restored": ("digest.notice.back", "digest.notice.restored", "support.again"),
        "unreadable": ("digest.notice.paused", "digest.notice.unreadable", "digest.stop"),
        "zone": ("digest.notice.rests", "digest.notice.zone", "digest.change_it"),
        "stopped_by_team": ("digest.notice.deleted", "digest.notice.stopped_by_team", "support.again"),
        "changed_by_team": ("digest.notice.changed", "digest.notice.changed_by_team", "support.again"),
        "other": ("digest.notice.trouble", "digest.notice.other", "support.again"),
    }
)
# Why the question of a digest can no longer be answered.
UNANSWERED: Mapping[str, str] = MappingProxyType(
    {
        "no_match": "digest.unanswered.no_match",
        "not_understood": "digest.unanswered.not_understood",
        "no_own_customers": "digest.unanswered.no_own_customers",
    }
)


def digest_set(view: DigestSetView, words: LocaleWords) -> Rendered:
    """Draw the result of an act.

    Question, next times, where it is posted and whose rights it uses.
    """
    each = view.line
    _, acts = DONE.get(view.done, DONE["changed"])
    kept = kept_limits(view.kept, words)
    body: list[Element] = [heading(summary(view, words)), *_what(each, words), *corrections(view.corrected, words)]
    body += [note(limits, spacing="small") for limits in kept]
    if still := _still_paused(view, words):
        body.append(line(TextRun(text=still, weight="bolder"), spacing="medium"))
        acts = ("resume", *acts)
    if each.only is not None and each.only.crosses and view.done in NEW:
        how = "alert.renewals.once" if each.only.ends else "alert.first"
        body.append(note(words.say(how), spacing="medium"))
    if view.done not in GONE:
        if view.next:
            moments = [moment(at, words, each.when) for at in view.next[:UPCOMING]]
            body.append(_upcoming(moments, words))
        body.append(note(_terms(each, words), spacing="medium"))
    body += [*_zone(view, words), *_until(view, words)]
    if view.undo is not None:
        body.append(note(words.say("digest.undo.until"), spacing="medium"))
    if row := buttons(*_presses(view, acts if each.mine else (), words)):
        body.append(row)
    told = [in_words(each.when, words), condition_in_words(each.only, words)]
    told += [_still_paused(view, words), *corrections_in_words(view.corrected, words), *kept]
    return frame(body, words, " ".join([f"{summary(view, words)}.", *filter(None, told)]))


def _upcoming(moments: Sequence[str], words: LocaleWords) -> Element:
    """Draw the next times; of a digest that is posted once, the only one."""
    if len(moments) == 1:
        return line(TextRun(text=words.say("digest.next", moment=moments[0]), weight="bolder"))
    return line(TextRun(text=words.say("digest.upcoming"), weight="bolder"), *_below(moments))


def _still_paused(view: DigestSetView, words: LocaleWords) -> str:
    """Return that the digest was changed and stays paused, "" if it does not."""
    told = state_in_words(view.line, words) if view.done == "changed" and view.line.state in PAUSED else []
    return told[0] if told else ""


def _zone(view: DigestSetView, words: LocaleWords) -> list[Element]:
    """Draw in which time zone the times are, and the input for another city."""
    asked = None if view.zone_form is None else button(words.say("form.zone.press"), view.zone_form)
    if asked is None:
        return []
    told = words.say("form.zone.told", zone=literal(view.line.when.zone, ZONE_LIMIT))
    return [line(told, spacing="medium"), city_input(words), asked]


def _until(view: DigestSetView, words: LocaleWords) -> list[Element]:
    """Draw the input for a day on which a paused digest comes again."""
    asked = None if view.until_form is None else button(words.say("digest.pause_until"), view.until_form)
    return [] if asked is None else [DateInput(id="until", label=words.say("form.or_until"), spacing="medium"), asked]


def summary(view: DigestSetView, words: LocaleWords) -> str:
    """Return the result: "Digest 3 is set up"."""
    done = "paused" if view.done == "paused_until" and view.line.until is None else view.done
    text, _ = DONE.get(done, DONE["changed"])
    until = {} if view.line.until is None else {"day": words.date(view.line.until)}
    return words.say(text, digest=named(view.line, words), **until)


def notice(view: DigestNoticeView, words: LocaleWords) -> Rendered:
    """Draw what happened to a digest, and the button that resolves it."""
    heading_, _, mend = NOTICES.get(view.notice, NOTICES["other"])
    text_ = notice_summary(view, words)
    name, _, support = view.problem.partition(" ")
    body: list[Element] = [
        heading(words.say(heading_, digest=named(view.line, words))),
        line(text_, spacing="small"),
        *_what(view.line, words),
    ]
    if (why := _why(view, words)) is not None:
        body += draw_forwarded(why, words)
    code = literal(support if _is_known(name, words) else view.problem, QUESTION)
    if code and code not in text_:
        body.append(note(words.say("support.correlation", id=code), spacing="small"))
    if others := _others(view, words):
        body.append(line(others, spacing="medium"))
    if view.again is not None and (again := button(words.say(mend), view.again)):
        body.append(again)
    return frame(body, words, f"{text_} {others}".rstrip())


def _others(view: DigestNoticeView, words: LocaleWords) -> str:
    """Return what is said of the other digests to which it happened, "" if nothing is."""
    if view.more > 0:
        return words.say("digest.notice.more", count=view.more)
    return words.say("digest.notice.last") if view.last else ""


def notice_summary(view: DigestNoticeView, words: LocaleWords) -> str:
    """Return what happened and what to do next.

    The reason comes first if there is a text for it.
    """
    _, text, _ = NOTICES.get(view.notice, NOTICES["other"])
    text_ = words.say(text, zone=literal(view.line.when.zone, ZONE_LIMIT), number=str(view.line.number))
    if (name := view.problem.partition(" ")[0]) in UNANSWERED:
        return f"{words.say(UNANSWERED[name])} {text_}"
    why = _why(view, words)
    return text_ if why is None else f"{error_summary(why, words)} {text_}"


def _why(view: DigestNoticeView, words: LocaleWords) -> ErrorView | None:
    """Return the problem as the notice says it; None if there is no text for it."""
    name, _, support = view.problem.partition(" ")
    if not words.has(f"error.{name}"):
        return None
    return ErrorView(name, {"code": support or NAMELESS}, support or None)


def _is_known(name: str, words: LocaleWords) -> bool:
    return name in UNANSWERED or words.has(f"error.{name}")


def _what(each: DigestLine, words: LocaleWords) -> list[Element]:
    """Draw question, schedule and condition."""
    question = literal(each.question, QUESTION)
    asked = TextRun(text=question, weight="bolder")
    drawn: list[Element] = [line(asked, small("\n" + in_words(each.when, words)), spacing="medium")]
    if condition := condition_in_words(each.only, words):
        drawn.append(note(condition, spacing="none"))
    return drawn


def _presses(view: DigestSetView, acts: Sequence[str], words: LocaleWords) -> list[Execute | None]:
    """Return the buttons: three in sight, the others behind the dots."""
    each, called = view.line, named(view.line, words)
    offered = [(PRESSES[act], each.acts[act], called) for act in acts if act in each.acts]
    further = (("digest.undo", view.undo), ("digest.again", view.again), ("digests.all", view.listed))
    offered += [(told, action, "") for told, action in further if action is not None]
    return [
        press(words.say(told), action, about=about or None, secondary=at >= IN_SIGHT)
        for at, (told, action, about) in enumerate(offered)
    ]


def _terms(each: DigestLine, words: LocaleWords) -> str:
    """Return where it is posted, who can read it, and whose rights it uses."""
    if each.here:
        where = words.say("digest.posts.here" if each.where == "personal" else "digest.posts.here.shared")
    else:
        where = words.say(PLACES.get(each.where, "digest.posts.elsewhere"))
    return " ".join([where, words.say("digest.rights.always", owner=asker(each.owner, words))])


def _below(texts: Sequence[str]) -> list[TextRun]:
    return [TextRun(text="\n" + text) for text in texts]
