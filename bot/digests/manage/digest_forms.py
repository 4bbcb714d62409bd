"""The forms on which a digest is set up and changed, as views. Pure."""

from dataclasses import replace
from datetime import time

from bot.commands.command import ChangeDigest, DigestAction, HandleDigest, ListDigests, NewDigest
from bot.commands.digest_form import KEPT, QUIET, FilledForm, choices_of, filled, inputs_of, is_open, is_spare
from bot.commands.list_shape import GROUPS
from bot.commands.run_condition import ALWAYS
from bot.digests.content.condition_check import condition_of
from bot.digests.content.digest_line import DigestLines
from bot.domain.conversation import Conversation, ConversationKind
from bot.domain.recurrence import Schedule, Weekly
from bot.domain.zone_names import zone_named
from bot.language.sentence.command_sentence import sentence_of
from bot.store.digests.digest_record import Digest, DigestState
from bot.usage.command_buttons import ask_button, form_button
from bot.usage.query_plan import default_by
from cards.views.digest_form_views import DigestFormView, DigestSettingsView, FormChoices
from cards.views.form_payload import NOTHING, DigestInputs

PROPOSED = Schedule(Weekly(frozenset({0})), time(9))


def new_form(
    command: NewDigest, here: Conversation, zone: str, form: FilledForm | None, *, locale: str
) -> DigestFormView:
    """Return the form that sets up the digest, with what was typed before.

    `zone` is the time zone of the caller, who may change it here. `locale` is that of the caller.
    """
    held = inputs_of(PROPOSED, command.only or ALWAYS, zone)
    groups = tuple(GROUPS) if is_open(command.question) else ()
    if groups:
        held = replace(held, what=(command.question.by or default_by(command.question))[0].value)
    return DigestFormView(
        sentence_of(command.question, locale),
        replace(_choices(held, form, kept=False), groups=groups),
        form_button(NewDigest(command.question, only=command.only)),
        shared=here.kind is not ConversationKind.PERSONAL,
    )


def settings(digest: Digest, lines: DigestLines, form: FilledForm | None, *, mine: bool) -> DigestSettingsView:
    """Return the settings of a digest.

    `mine`: the caller may change it. If not, there are no inputs.
    """
    line = lines.line(digest, mine=mine)
    listed = ask_button(ListDigests(), replace=True)
    if not mine:
        return DigestSettingsView(replace(line, acts={}), listed=listed)
    held, over = _held(digest), digest.state is DigestState.DONE
    choices = _choices(held, form, kept=held.when == KEPT)
    return DigestSettingsView(
        line,
        replace(choices, quiet=()) if condition_of(digest).crosses else choices,
        form_button(ChangeDigest(digest.number)),
        None if over else form_button(HandleDigest(DigestAction.PAUSE, digest.number)),
        listed,
    )


def is_unsaved(digest: Digest, form: FilledForm) -> bool:
    """Return True if “Save” would change the digest.

    An input that is empty changes nothing; the day to pause until is not saved.
    """
    held = _held(digest)
    typed = {name: getattr(form.inputs, name) or getattr(held, name) for name in DigestInputs.__slots__}
    change = ChangeDigest(digest.number)
    return filled(change, DigestInputs(**typed | {"until": ""})) != filled(change, held)


def has_spare_number(digest: Digest, form: FilledForm) -> bool:
    """Return True if a number was typed that goes with no condition."""
    return is_spare(form.inputs, condition_of(digest))


def _held(digest: Digest) -> DigestInputs:
    return inputs_of(digest.schedule, condition_of(digest), digest.schedule.zone or "")


def _choices(held: DigestInputs, form: FilledForm | None, *, kept: bool) -> FormChoices:
    """Return the inputs: those that hold, and in their place what was typed.

    A mistake is one in what was typed, so an input that was emptied stays empty. Mistakes have the names of inputs,
    except that of the number.
    """
    typed = NOTHING if form is None else form.inputs
    mistakes = () if form is None else form.mistakes
    emptied = {*mistakes, *(("amount",) if typed.quiet else ())}
    chosen = {
        name: getattr(typed, name) or ("" if name in emptied else getattr(held, name))
        for name in DigestInputs.__slots__
    }
    return FormChoices(tuple(choices_of(kept)), QUIET, DigestInputs(**chosen), mistakes)


def chosen_zone(form: FilledForm | None) -> str | None:
    """Return the zone that was typed, None if none was."""
    return None if form is None or form.mistakes or not form.inputs.zone else zone_named(form.inputs.zone)
