"""The cards about several digests at once.

The result of an act, and the question before one. Pure.
"""

from collections.abc import Mapping
from types import MappingProxyType

from cards.digests.digest_card import named
from cards.digests.digest_list_card import QUESTION, in_short, press_for
from cards.digests.digest_notice_card import DONE
from cards.digests.digest_notice_card import summary as summary_of_one
from cards.elements import Container, Element, Execute, TextRun
from cards.parts.card_frame import BUTTONS, Rendered, buttons, frame, heading, line, note, press, small
from cards.parts.card_size import fit
from cards.parts.literal_text import literal
from cards.parts.schedule_text import in_words
from cards.views.digest_views import ConfirmDigestsView, DigestSetView, DigestsSetView, UnchangedDigest
from cards.views.keep_payload import KeepButton
from cards.wording.locale_words import LocaleWords

# For each act: how many digests it has changed.
CHANGED: Mapping[str, str] = MappingProxyType(
    {
        "stop": "digests.stopped",
        "pause": "digests.paused",
        "resume": "digests.resumed",
        "run": "digests.running",
    }
)
# Why a digest could not be changed.
UNCHANGED: Mapping[str, str] = MappingProxyType(
    {
        "no_such_digest": "error.no_such_digest",
        "digest_not_yours": "error.digest_not_yours",
        "digest_owner_left": "error.digest_owner_left",
        "digest_unreadable": "error.digest_unreadable",
        "unknown_zone": "error.unknown_zone",
        "digest_never_due": "error.digest_never_due",
        "over": "digests.unchanged.over",
        "store_down": "digests.unchanged.store",
    }
)
# For each act: the question before it, and the button that does it.
CONFIRM: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "stop": ("digests.confirm.stop", "digests.confirm.stop.press"),
        "pause": ("digests.confirm.pause", "digests.confirm.pause.press"),
        "resume": ("digests.confirm.resume", "digests.confirm.resume.press"),
        "run": ("digests.confirm.run", "digests.confirm.run.press"),
    }
)


def digests_set(view: DigestsSetView, words: LocaleWords) -> Rendered:
    """Draw which digests were changed, and which could not be and why.

    The first ones have the button that takes the change back.
    """
    most = len(view.changed)
    return fit(lambda full: _set(view, words, full), min(most, BUTTONS), words)


def summary(view: DigestsSetView, words: LocaleWords) -> str:
    """Return how many digests were changed and how many were not."""
    told = []
    if view.changed:
        told.append(words.say(CHANGED.get(view.act, CHANGED["stop"]), count=len(view.changed)))
    if view.unchanged:
        told.append(words.say("digests.unchanged", count=len(view.unchanged)))
    return ". ".join(told) or words.say("digests.none")


def set_lines(view: DigestsSetView, words: LocaleWords) -> list[str]:
    """Return a line for each digest."""
    changed = [f"{summary_of_one(each, words)} · {literal(each.line.question, QUESTION)}" for each in view.changed]
    return [*changed, *(_why(each, words) for each in view.unchanged)]


def confirm(view: ConfirmDigestsView, words: LocaleWords) -> Rendered:
    """Draw the digests that are meant, and the buttons that do it or not."""
    return fit(lambda count: _confirm(view, words, count), len(view.lines), words)


def confirm_summary(view: ConfirmDigestsView, words: LocaleWords) -> str:
    """Return the question: "Delete these 3 digests?"."""
    if view.until is not None:
        return words.say("digests.confirm.pause.until", count=len(view.lines), day=words.date(view.until))
    return words.say(CONFIRM.get(view.act, CONFIRM["stop"])[0], count=len(view.lines))


def confirm_lines(view: ConfirmDigestsView, words: LocaleWords) -> list[str]:
    """Return a line for each digest."""
    return [in_short(each, words) for each in view.lines]


def _set(view: DigestsSetView, words: LocaleWords, full: int) -> Rendered:
    body: list[Element] = [heading(summary(view, words))]
    body += [_changed(each, words) for each in view.changed[:full]]
    if rest := view.changed[full:]:
        body.append(
            line(small("\n".join(in_short(each.line, words) for each in rest)), spacing="medium", separator=True)
        )
    if view.unchanged:
        told = "\n".join(_why(each, words) for each in view.unchanged)
        body.append(note(told, spacing="medium", separator=True))
    return frame(body, words, f"{summary(view, words)}.")


def _changed(view: DigestSetView, words: LocaleWords) -> Element:
    """Draw one digest that was changed."""
    what = TextRun(text=literal(view.line.question, QUESTION), weight="bolder")
    told = f"\n{summary_of_one(view, words)} · {in_words(view.line.when, words)}"
    items: list[Element] = [line(what, small(told))]
    back: Execute | None = None
    if view.undo is not None:
        back = press(words.say("digest.undo"), view.undo, about=named(view.line, words))
    elif view.again is not None:
        back = press(words.say("digest.again"), view.again, about=named(view.line, words))
    elif act := next(iter(DONE.get(view.done, DONE["changed"])[1]), ""):
        back = press_for(act, view.line, words)
    if row := buttons(back):
        items.append(row)
    return Container(items=items, separator=True, spacing="medium")


def _why(each: UnchangedDigest, words: LocaleWords) -> str:
    values = {name: literal(value, QUESTION) for name, value in each.values.items()}
    known = {"number": str(each.number), "owner": "–", "zone": "–"} | values
    return words.say(UNCHANGED.get(each.problem, UNCHANGED["store_down"]), **known)


def _confirm(view: ConfirmDigestsView, words: LocaleWords, count: int) -> Rendered:
    text = confirm_summary(view, words)
    body: list[Element] = [heading(text)]
    if count:
        listed = "\n".join(in_short(each, words) for each in view.lines[:count])
        body.append(line(small(listed), spacing="medium"))
    if rest := len(view.lines) - count:
        body.append(note(words.say("digests.rest", count=rest), spacing="small"))
    pressed = words.say(CONFIRM.get(view.act, CONFIRM["stop"])[1], count=len(view.lines))
    if row := buttons(press(pressed, view.confirm), press(words.say("confirm.no"), KeepButton(text))):
        body.append(row)
    return frame(body, words, text)
