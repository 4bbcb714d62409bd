"""Use cases: set up, list and change digests.

Depends on the store; fetches and sends nothing.

A digest is visible to its owner and to every member of the conversation it is posted to. It can be changed by its owner
and by the owners of the team whose channel it is posted to. Any other caller gets the answer that there is no such
digest.
"""

from collections.abc import Callable

import structlog

from bot.commands.command import ChangeDigest, DigestAction, HandleDigest, ListDigests, NewDigest, Usage
from bot.commands.digest_form import FilledForm
from bot.digests.content.digest_command import command_of
from bot.digests.manage.confirmed_zones import ConfirmedZones
from bot.digests.manage.digest_access import DigestAccess, IsTeamOwner
from bot.digests.manage.digest_actions import DigestActions
from bot.digests.manage.meant_digests import MeantDigests
from bot.digests.manage.new_digests import NewDigests, PrivateChat
from bot.digests.manage.several_digests import SeveralDigests
from bot.digests.manage.spoken_of import SpokenOf
from bot.digests.notices.owner_notices import Notifier, OwnerNotices
from bot.digests.runs.fetch_step import INVITED
from bot.domain.conversation import Caller, Conversation, ConversationKind
from bot.errors import StoreError
from bot.names.name_index import NameIndex
from bot.store.digests.digest_record import DamagedDigest, Digest, DigestState
from bot.store.store import Store
from bot.usage.command_buttons import more_button
from cards.views.answer_views import View
from cards.views.digest_views import DIGESTS_ON_CARD, DigestSetView, DigestsView
from cards.views.page_window import window

log = structlog.get_logger(__name__)


class DigestService:
    """Sets up, lists and changes digests.

    `notifier` reaches owners in private, `private_chat` opens the 1:1 chat to which a digest may be posted. `clock`
    returns Unix seconds; `wake` makes the scheduler look for due digests now.
    """

    def __init__(
        self,
        store: Store,
        *,
        is_team_owner: IsTeamOwner,
        wake: Callable[[], None],
        clock: Callable[[], float],
        notifier: Notifier | None = None,
        private_chat: PrivateChat | None = None,
    ) -> None:
        self._store = store
        self._digests = store.digests
        self._spoken = SpokenOf(store.records, clock)
        self._zones = ConfirmedZones(store.records)
        self._meant = MeantDigests(store.digests, self._spoken)
        notices = OwnerNotices(notifier, store.records, clock)
        actions = DigestActions(store.digests, store.stopped, wake, clock)
        self._several = SeveralDigests(actions, self._meant, self._spoken, notices)
        self._new = NewDigests(store.digests, self._zones, self._spoken, private_chat, wake, clock)
        self._is_team_owner = is_team_owner
        self._clock = clock

    async def set_up(
        self,
        command: NewDigest,
        caller: Caller,
        names: NameIndex,
        here: Conversation | None,
        form: FilledForm | None = None,
    ) -> View:
        """Store a new digest, or ask back: which customer, how often?

        `form` is what was typed on the form that asks. Raises StoreError.
        """
        return await self._new.set_up(command, caller, names, here, form)

    async def handle(
        self,
        command: ListDigests | HandleDigest | ChangeDigest,
        caller: Caller,
        here: Conversation | None,
        shown: int | None = None,
        start: int = 0,
        *,
        sure: bool = False,
        form: FilledForm | None = None,
    ) -> View:
        """Return the list, or change the digests that are meant and return the outcome.

        Before it changes every digest of the caller, or one of another person, it asks, unless they are `sure`. The
        list has the digests up to `shown`, of which those from `start` are new. `form` is what was typed on a form.
        Raises StoreError.
        """
        caller = await self._zones.placed(caller)
        access = self._access(caller, here, sure=sure, form=form)
        if isinstance(command, ListDigests):
            return await self._list(access, shown or DIGESTS_ON_CARD, start)
        if isinstance(command, HandleDigest) and command.every:
            return await self._several.asked_first(command, access)
        numbers = await self._meant.numbers(command, caller, here)
        if not numbers:
            return await self.which(command, caller, here)
        if isinstance(command, HandleDigest) and len(numbers) > 1:
            return await self._several.each(command, numbers, access)
        view = await self._several.one(command, numbers[0], access)
        zone = None if form is None else _zone_alone(command)
        if zone and isinstance(view, DigestSetView):  # it answers the question in which zone the caller is
            digest = await access.visible(numbers[0])
            if digest is not None and access.lines.is_owner(digest):
                await self._zones.keep(caller, zone)
        return view

    async def which(self, command: HandleDigest | ChangeDigest, caller: Caller, here: Conversation | None) -> View:
        """Return the caller's digests, with buttons that carry out `command`.

        Raises StoreError.
        """
        return await self._several.which(command, self._access(caller, here))

    async def question(self, number: int | None, caller: Caller, here: Conversation | None) -> Usage | None:
        """Return the question of digest `number`.

        Without a number it is the digest that the caller spoke of last. None if the caller may not see the digest in
        this conversation, or if it is unreadable. Raises StoreError.
        """
        opened = HandleDigest(DigestAction.OPEN, number, last=number is None)
        meant = await self._meant.numbers(opened, caller, here)
        digest = await self._access(caller, here).visible(meant[0]) if meant else None
        if digest is None:
            return None
        await self._several.spoke_of(caller, here, digest.number)
        return command_of(digest)

    async def owns_team(self, caller: Caller, here: Conversation | None) -> bool:
        """Return True if the caller owns the team of this channel."""
        return await self._access(caller, here).owns_team()

    async def forget(self, caller: Caller) -> int:
        """Erase the caller's digests and all records about them.

        Returns how many digests were erased. Raises StoreError.
        """
        forgotten = await self._digests.forget(caller.tenant_id, caller.object_id)
        await self._store.stopped.forget(caller.tenant_id, caller.object_id)
        await self._store.records.delete(INVITED, caller.record_key)
        await self._spoken.forget(caller)
        await self._zones.forget(caller)
        return forgotten

    async def scrub(self) -> None:
        """Overwrite erased data so that it cannot be recovered.

        If other connections are reading, the database overwrites it later.
        """
        try:
            await self._store.scrub()
        except StoreError as error:
            log.warning("database_not_scrubbed", problem=str(error))

    async def _list(self, access: DigestAccess, shown: int, start: int) -> View:
        """Return the list of digests.

        In a 1:1 chat these are all of the caller's digests. In any other conversation these are the digests posted to
        it, because every member can read the list. Those that are finished are left out.
        """
        lines = access.lines
        caller, here = lines.caller, lines.here
        if here is None or here.kind is ConversationKind.PERSONAL:
            digests = await self._digests.of_owner(caller.tenant_id, caller.object_id)
            damaged = await self._store.damaged.of_owner(caller.tenant_id, caller.object_id)
        else:
            digests = await self._digests.in_conversation(caller.tenant_id, here.conversation_id)
            damaged = await self._store.damaged.in_conversation(caller.tenant_id, here.conversation_id)
        found: list[Digest | DamagedDigest] = [
            *(digest for digest in digests if digest.state is not DigestState.DONE),
            *damaged,
        ]
        found.sort(key=lambda digest: digest.number)
        team_owner = bool(found) and await access.owns_team()
        page = window(len(found), shown, start, DIGESTS_ON_CARD)
        listed = found[page.base : page.end]
        every = tuple(
            lines.damaged(each)
            if isinstance(each, DamagedDigest)
            else lines.line(each, mine=team_owner or lines.is_owner(each))
            for each in listed
        )
        more = more_button(ListDigests(), DIGESTS_ON_CARD) if len(found) > 1 else None
        return DigestsView(every, len(found), more, page.base, page.fresh)

    def _access(
        self, caller: Caller, here: Conversation | None, *, sure: bool = False, form: FilledForm | None = None
    ) -> DigestAccess:
        now = self._clock()
        return DigestAccess(self._store, self._is_team_owner, caller, here, now, sure=sure, form=form)


def _zone_alone(command: HandleDigest | ChangeDigest) -> str | None:
    """Return the time zone of a command that changes nothing else."""
    if not isinstance(command, ChangeDigest) or command.zone is None:
        return None
    return command.zone if command == ChangeDigest(command.number, last=command.last, zone=command.zone) else None
