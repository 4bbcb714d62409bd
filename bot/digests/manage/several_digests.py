"""Use case: change the digests that a command means, one or several."""

from collections.abc import Sequence
from dataclasses import replace

from bot.commands.command import ChangeDigest, DigestAction, HandleDigest
from bot.commands.digest_form import FilledForm
from bot.commands.documents.document_values import DIGESTS_LIMIT
from bot.commands.effects import changes_state
from bot.digests.content.digest_line import PAUSED_UNTIL, DigestLines
from bot.digests.manage.digest_access import DigestAccess
from bot.digests.manage.digest_actions import DigestActions
from bot.digests.manage.digest_forms import has_spare_number, is_unsaved, settings
from bot.digests.manage.meant_digests import MeantDigests
from bot.digests.manage.spoken_of import SpokenOf
from bot.digests.notices.notice import Notice
from bot.digests.notices.owner_notices import OwnerNotices
from bot.domain.conversation import Caller, Conversation
from bot.errors import StoreError, ZoneError
from bot.language.sentence.command_sentence import sentence_of
from bot.store.digests.digest_record import Digest, DigestState
from bot.usage.command_buttons import ask_button
from cards.views.answer_views import ConfirmView, ErrorView, View
from cards.views.digest_views import ConfirmDigestsView, DigestSetView, DigestsSetView, DigestsView, UnchangedDigest

# Notices: an owner of the team has done it.
STOPPED, CHANGED = "stopped_by_team", "changed_by_team"
# The states of the lines of digests that each act changes.
_STATES = {
    DigestAction.STOP: frozenset({*DigestState, PAUSED_UNTIL}),
    DigestAction.PAUSE: frozenset({DigestState.ACTIVE, PAUSED_UNTIL}),
    DigestAction.RESUME: frozenset({DigestState.PAUSED, DigestState.SUSPENDED, PAUSED_UNTIL}),
    DigestAction.RUN: frozenset({DigestState.ACTIVE, DigestState.PAUSED, PAUSED_UNTIL}),
}
# What is wrong with the inputs of a form.
_MISTAKES = {"digest_never_due": "never", "digest_always_posted": "once"}


class SeveralDigests:
    """Carries out a command for each digest that it means.

    Every method raises StoreError.
    """

    def __init__(self, actions: DigestActions, meant: MeantDigests, spoken: SpokenOf, notices: OwnerNotices) -> None:
        self._actions = actions
        self._notices = notices
        self._meant = meant
        self._spoken = spoken

    async def spoke_of(self, caller: Caller, here: Conversation | None, *numbers: int) -> None:
        """Remember that the caller spoke of these digests in this conversation."""
        if here is not None:
            await self._spoken.keep(caller, here.conversation_id, *numbers)

    async def one(self, command: HandleDigest | ChangeDigest, number: int, access: DigestAccess) -> View:
        """Change one digest and return the outcome; ask first if it is another person's."""
        meant = replace(command, number=number, last=False)
        if (question := await self._asked_about_anothers(meant, access)) is not None:
            return question
        anothers: list[Notice] = []
        view = await self._carried_out(meant, number, access, anothers)
        await self._notices.at_once(anothers)
        if not isinstance(view, ErrorView) or view.problem != "no_such_digest":
            await self.spoke_of(access.lines.caller, access.lines.here, number)
        return view

    async def each(self, command: HandleDigest, numbers: tuple[int, ...], access: DigestAccess) -> View:
        """Change each of the digests by the rules for one.

        Asks first if one is another person's, and before it stops any if some do not exist. Returns what was changed
        and what was not. If the database fails when something is changed already, the others count as unchanged.
        """
        if (question := await self._asked_about_anothers(command, access)) is not None:
            return question
        if command.act is DigestAction.STOP and (question := await self._asked_about_missing(numbers, access)):
            return question
        changed: list[DigestSetView] = []
        unchanged: list[UnchangedDigest] = []
        anothers: list[Notice] = []
        for number in numbers:
            try:
                view = await self._carried_out(replace(command, number=number, more=()), number, access, anothers)
            except StoreError:
                if not changed:
                    raise
                unchanged.append(UnchangedDigest(number, "store_down"))
                continue
            if isinstance(view, DigestSetView) and view.done != "over":
                changed.append(view)
            elif isinstance(view, ErrorView):
                unchanged.append(UnchangedDigest(number, view.problem, view.values))
            else:
                unchanged.append(UnchangedDigest(number, "over"))
        await self._notices.at_once(anothers)
        if changed:
            await self.spoke_of(access.lines.caller, access.lines.here, *numbers)
        return DigestsSetView(command.act.value, tuple(changed), tuple(unchanged))

    async def asked_first(self, command: HandleDigest, access: DigestAccess) -> View:
        """Return the question whether to change every digest of the caller.

        Its button names each of them.
        """
        lines = access.lines
        own = await self._meant.own(lines.caller, lines.here)
        digests = [each for each in own if lines.line(each).state in _STATES.get(command.act, ())][:DIGESTS_LIMIT]
        if not digests:
            return _listed(own, lines)
        return _question(command, digests, lines)

    async def which(self, command: HandleDigest | ChangeDigest, access: DigestAccess) -> View:
        """Return the caller's digests, each with the button that carries out `command`."""
        view = _listed(await self._meant.own(access.lines.caller, access.lines.here), access.lines)
        act = command.act.value if isinstance(command, HandleDigest) else "change"
        asked = (
            replace(each, acts={act: ask_button(replace(command, number=each.number, last=False), replace=True)})
            for each in view.lines
        )
        return replace(view, lines=tuple(asked), asks=True)

    async def _carried_out(
        self, command: HandleDigest | ChangeDigest, number: int, access: DigestAccess, anothers: list[Notice]
    ) -> View:
        """Change one digest. If it is another person's, add the notice for its owner to `anothers`."""
        digest = await access.visible(number)
        stopped = digest is None and isinstance(command, HandleDigest) and command.act is DigestAction.RESUME
        if stopped:
            digest = await access.stopped(number)
        if digest is None:
            return await self._without_digest(command, number, access)
        mine = await access.may_change(digest)
        if isinstance(command, ChangeDigest) and not command.changes:
            return settings(digest, access.lines, access.form, mine=mine)
        if not mine:
            return ErrorView("digest_not_yours", {"number": str(number), "owner": digest.owner_name})
        try:
            if stopped:
                view = await self._actions.bring_back(digest, access.lines)
            elif access.form is not None and (form := _lost(command, digest, access.form)) is not None:
                view = settings(digest, access.lines, form, mine=True)
            else:
                saved = access.form is not None
                view = await self._actions.carry_out(command, digest, access.lines, form=saved)
        except ZoneError as error:
            return ErrorView("unknown_zone", {"zone": error.zone})
        if access.form is not None and isinstance(view, ErrorView) and view.problem in _MISTAKES:
            mistake = "past" if isinstance(command, HandleDigest) else _MISTAKES[view.problem]
            return settings(digest, access.lines, replace(access.form, mistakes=(mistake,)), mine=True)
        if not access.lines.is_owner(digest) and isinstance(view, DigestSetView) and view.done != "over":
            stops = isinstance(command, HandleDigest) and command.act is DigestAction.STOP
            anothers.append(Notice(STOPPED if stops else CHANGED, digest))
        return view

    async def _without_digest(self, command: HandleDigest | ChangeDigest, number: int, access: DigestAccess) -> View:
        """Stop a digest that cannot be read, for its owner; nothing else can be done with it."""
        damaged = await access.damaged(number)
        if damaged is None:
            return ErrorView("no_such_digest", {"number": str(number)})
        if not access.lines.is_owner(damaged):
            return ErrorView("digest_not_yours", {"number": str(number), "owner": damaged.owner_name})
        if isinstance(command, HandleDigest) and command.act is DigestAction.STOP:
            return await self._actions.stop_damaged(damaged, access.lines)
        return ErrorView("digest_unreadable", {"number": str(number)})

    async def _asked_about_missing(self, numbers: tuple[int, ...], access: DigestAccess) -> View | None:
        """Return the question whether to stop those that exist; None if all of them do, or none does."""
        found = [digest for number in numbers if (digest := await access.visible(number)) is not None]
        if not 0 < len(found) < len(numbers):
            return None
        return _question(HandleDigest(DigestAction.STOP, every=True), found, access.lines)

    async def _asked_about_anothers(self, command: HandleDigest | ChangeDigest, access: DigestAccess) -> View | None:
        """Return the question whether to change a digest of another person; None if there is nothing to ask."""
        here, caller = access.lines.here, access.lines.caller
        if access.sure or here is None or not changes_state(command):
            return None
        numbers = command.numbers if isinstance(command, HandleDigest) else (command.number,)
        for number in numbers:
            digest = None if number is None else await access.is_anothers(number)
            if digest is not None:
                confirm = ask_button(command, replace=True, sure=True)
                return ConfirmView(
                    "team_owner",
                    sentence_of(command, caller.locale),
                    caller.name,
                    confirm,
                    here.kind.value,
                    digest.owner_name,
                )
        return None


def _lost(command: HandleDigest | ChangeDigest, digest: Digest, form: FilledForm) -> FilledForm | None:
    """Return the form with the mistake that something typed is lost silently, None if nothing is."""
    if not _pauses(command):
        return replace(form, mistakes=("spare",)) if has_spare_number(digest, form) else None
    # Without the day, which “Save” would not take.
    return FilledForm(replace(form.inputs, until=""), ("unsaved",)) if is_unsaved(digest, form) else None


def _pauses(command: HandleDigest | ChangeDigest) -> bool:
    return isinstance(command, HandleDigest) and command.act is DigestAction.PAUSE


def _question(command: HandleDigest, digests: Sequence[Digest], lines: DigestLines) -> ConfirmDigestsView:
    first, *more = [each.number for each in digests]
    confirm = ask_button(replace(command, number=first, more=tuple(more), every=False), replace=True)
    return ConfirmDigestsView(command.act.value, tuple(map(lines.line, digests)), confirm, command.until)


def _listed(digests: list[Digest], lines: DigestLines) -> DigestsView:
    return DigestsView(tuple(map(lines.line, digests[:DIGESTS_LIMIT])), len(digests))
