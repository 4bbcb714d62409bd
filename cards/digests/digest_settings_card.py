"""The settings of a digest: when it comes next, and what can be changed.

Nothing is deleted by one tap: that button unfolds a question. Pure.
"""

from collections.abc import Iterator

from cards.digests.digest_card import asker, named
from cards.digests.digest_list_card import PRESSES, QUESTION, state_in_words
from cards.digests.schedule_inputs import SHORT, mistakes, mistakes_in_words, when_inputs, zone_input
from cards.elements import ActionSet, Card, Container, DateInput, Element, Execute, ShowCard, TextRun
from cards.parts.card_frame import BUTTONS, Rendered, buttons, frame, line, note, press
from cards.parts.literal_text import literal
from cards.parts.schedule_text import condition_in_words, in_words, moment
from cards.views.digest_form_views import DigestSettingsView
from cards.views.digest_views import DigestLine
from cards.wording.locale_words import LocaleWords

# The buttons behind the dots, after those in sight.
FURTHER = ("skip", "run")
RESTING = ("paused", "paused_until", "suspended")


def settings(view: DigestSettingsView, words: LocaleWords) -> Rendered:
    """Draw when the digest comes next, the inputs, and the buttons.

    A reader who may not change it sees the facts.
    """
    each = view.line
    body: list[Element] = [
        note(named(each, words)),
        line(TextRun(text=literal(each.question, QUESTION), size="large", weight="bolder"), spacing="none"),
        Container(style="emphasis", rounded_corners=True, spacing="medium", items=list(_facts(view, words))),
    ]
    if view.choices is None:
        told = "form.not_yours.team" if each.where == "channel" else "form.not_yours"
        body.append(note(words.say(told, owner=asker(each.owner, words)), spacing="medium"))
    else:
        body += [*when_inputs(view.choices, words), *zone_input(view.choices, words), *_until(view, words)]
    if row := _buttons(view, words):
        body.append(row)
    if view.choices is not None:
        body.append(note(words.say("schedule.type.change", number=str(each.number)), spacing="medium"))
    return frame(body, words, " ".join([summary(view, words), *lines(view, words)]))


def summary(view: DigestSettingsView, words: LocaleWords) -> str:
    """Return what it is, and when it comes next."""
    each = view.line
    told = words.say("digest.heading", title=named(each, words), schedule=in_words(each.when, words))
    return f"{told}. {_first(each, words)}"


def lines(view: DigestSettingsView, words: LocaleWords) -> list[str]:
    """Return the question, and what is wrong with what was typed."""
    return [literal(view.line.question, QUESTION), *mistakes_in_words(view.choices, words)]


def _first(each: DigestLine, words: LocaleWords) -> str:
    """Return when it comes next, or why it does not come."""
    if each.next is not None and each.until is None:
        return words.say("digest.next", moment=moment(each.next, words, each.when))
    return next(iter(state_in_words(each, words)), words.say("digest.state.done"))


def _facts(view: DigestSettingsView, words: LocaleWords) -> Iterator[Element]:
    """Yield when it comes, only if what, and whose rights it uses."""
    each = view.line
    first = _first(each, words)
    yield line(TextRun(text=first, weight="bolder"))
    yield line(in_words(each.when, words), spacing="none")
    told = [condition_in_words(each.only, words), *state_in_words(each, words)]
    told.append(words.say("digest.rights.always", owner=asker(each.owner, words)))
    yield from (note(text, spacing="none") for text in told if text and text != first)


def _until(view: DigestSettingsView, words: LocaleWords) -> Iterator[Element]:
    """Yield the day until which it is paused; a digest that rests has none."""
    if view.pause is None or view.choices is None or view.line.state in RESTING:
        return
    value = literal(view.choices.inputs.until, SHORT) or None
    yield DateInput(id="until", label=words.say("form.until"), value=value, spacing="medium")
    yield from mistakes("until", view.choices, words)


def _buttons(view: DigestSettingsView, words: LocaleWords) -> ActionSet | None:
    """Draw three buttons in sight, and the others behind the dots."""
    each, called = view.line, named(view.line, words)
    made: list[Execute | ShowCard | None] = []
    if view.save is not None:
        made.append(press(words.say("form.save"), view.save, about=called))
    if view.choices is not None:
        if each.state in RESTING and "resume" in each.acts:
            made.append(press(words.say(PRESSES["resume"]), each.acts["resume"], about=called))
        elif view.pause is not None:
            made.append(press(words.say(PRESSES["pause"]), view.pause, about=called))
        made.append(_stop(each, words))
        for act in FURTHER:
            if act in each.acts and (act != "skip" or each.state == "active"):
                made.append(press(words.say(PRESSES[act]), each.acts[act], about=called, secondary=any(made)))
    if view.listed is not None:
        made.append(press(words.say("digests.all"), view.listed, secondary=any(made)))
    return buttons(*made[:BUTTONS])


def _stop(each: DigestLine, words: LocaleWords) -> ShowCard | None:
    """Return the button that unfolds the question whether to delete it."""
    if "stop" not in each.acts:
        return None
    asked = words.say("form.stop", digest=named(each, words))
    sure = buttons(press(words.say("form.stop.press"), each.acts["stop"], about=named(each, words)))
    body = [line(asked), note(words.say("digest.undo.until"), spacing="none"), *([sure] if sure else [])]
    return ShowCard(title=words.say(PRESSES["stop"]), card=Card(body=body))
