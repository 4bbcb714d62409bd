"""Use cases: set up, list and change digests.

Depends on the store; fetches and sends nothing.

A digest is visible to its owner and to every member of the conversation it is posted to. It can be changed by its owner
and by the owners of the team whose channel it is posted to. Any other caller gets the answer that there is no such
digest.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog

from bot.commands.command import ChangeDigest, DigestAction, HandleDigest, ListDigests, NewDigest, Usage
from bot.commands.command_document import write
from bot.commands.condition_document import as_stored
from bot.digests.content.digest_command import command_of
from bot.digests.content.digest_line import DigestLines, moment
from bot.digests.manage.digest_access import DigestAccess, IsTeamOwner
from bot.digests.manage.digest_actions import DigestActions
from bot.digests.manage.meant_digests import MeantDigests
from bot.digests.manage.owner_notices import Notifier, OwnerNotices
from bot.digests.manage.several_digests import SeveralDigests
from bot.digests.manage.spoken_of import SpokenOf
from bot.digests.runs.fetch_step import INVITED, invited_key
from bot.digests.schedule.due_times import next_due
from bot.digests.schedule.owner_time_zone import in_zone, known_zone
from bot.digests.schedule.schedule_choices import schedule_choices
from bot.domain.conversation import Caller, Conversation, ConversationKind
from bot.domain.recurrence import Schedule
from bot.errors import StoreError, ZoneError
from bot.language.sentence.command_sentence import sentence_of
from bot.names.name_index import NameIndex
from bot.store.digests.digest_record import Digest, DigestState, NewDigestRecord
from bot.store.store import Store
from bot.usage.command_buttons import more_button
from bot.usage.name_choice import which
from bot.usage.query_plan import Unresolved, plan
from bot.usage.question_scope import corrections
from bot.usage.stable_names import with_stable_names
from cards.views.answer_views import ErrorView, View
from cards.views.digest_views import DIGESTS_ON_CARD, DigestSetView, DigestsView
from cards.views.page_window import window

log = structlog.get_logger(__name__)

MOST_PER_PERSON = 100  # digests that are done are not counted
SAME_MOMENT = 60.0  # seconds; single times less than this apart are one request that was sent twice


class DigestService:
    """Sets up, lists and changes digests.

    `notifier` reaches owners in private. `clock` returns Unix seconds; `wake` makes the scheduler look for due digests
    now.
    """

    def __init__(
        self,
        store: Store,
        *,
        is_team_owner: IsTeamOwner,
        wake: Callable[[], None],
        clock: Callable[[], float],
        notifier: Notifier | None = None,
    ) -> None:
        self._store = store
        self._digests = store.digests
        self._spoken = SpokenOf(store.records, clock)
        self._meant = MeantDigests(store.digests, self._spoken)
        self._several = SeveralDigests(
            DigestActions(store.digests, store.stopped, wake, clock), self._meant, self._spoken, OwnerNotices(notifier)
        )
        self._is_team_owner = is_team_owner
        self._wake = wake
        self._clock = clock
        self._adding = asyncio.Lock()  # a button that is pressed twice at once sets up one digest

    async def set_up(self, command: NewDigest, caller: Caller, names: NameIndex, here: Conversation | None) -> View:
        """Store a new digest, or ask back: which customer, how often?

        Raises StoreError.
        """
        if here is None:
            return ErrorView("no_digests")
        command = replace(command, question=replace(command.question, as_of=None))  # each run has its own day
        planned = plan(command.question, names)
        if isinstance(planned, Unresolved):
            return which(planned, lambda question: replace(command, question=question))
        corrected = corrections(planned)
        command = replace(command, question=with_stable_names(command.question, names))
        if command.schedule is None:
            zone = known_zone(caller)
            asked = sentence_of(command.question, caller.locale)
            choices = schedule_choices(asked, zone, lambda on: replace(command, schedule=on))
            return replace(choices, corrected=corrected)
        schedule = in_zone(command.schedule, caller)
        try:
            async with self._adding:
                done = await self._add(command, schedule, caller, here)
        except ZoneError:
            return ErrorView("unknown_zone", {"zone": schedule.zone or ""})
        return replace(done, corrected=corrected) if isinstance(done, DigestSetView) else done

    async def handle(
        self,
        command: ListDigests | HandleDigest | ChangeDigest,
        caller: Caller,
        here: Conversation | None,
        shown: int | None = None,
        start: int = 0,
        *,
        sure: bool = False,
    ) -> View:
        """Return the list, or change the digests that are meant and return the outcome.

        Before it changes every digest of the caller, or one of another person, it asks, unless they are `sure`. The
        list has the digests up to `shown`, of which those from `start` are new. Raises StoreError.
        """
        access = self._access(caller, here, sure=sure)
        if isinstance(command, ListDigests):
            return await self._list(access, shown or DIGESTS_ON_CARD, start)
        if isinstance(command, HandleDigest) and command.every:
            return await self._several.asked_first(command, access)
        numbers = await self._meant.numbers(command, caller, here)
        if not numbers:
            return await self.which(command, caller, here)
        if isinstance(command, HandleDigest) and len(numbers) > 1:
            return await self._several.each(command, numbers, access)
        return await self._several.one(command, numbers[0], access)

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

    async def forget(self, caller: Caller) -> int:
        """Erase the caller's digests and all records about them.

        Returns how many digests were erased. Raises StoreError.
        """
        forgotten = await self._digests.forget(caller.tenant_id, caller.object_id)
        await self._store.stopped.forget(caller.tenant_id, caller.object_id)
        await self._store.records.delete(INVITED, invited_key(caller))
        await self._spoken.forget(caller)
        return forgotten

    async def scrub(self) -> None:
        """Overwrite erased data so that it cannot be recovered.

        If other connections are reading, the database overwrites it later.
        """
        try:
            await self._store.scrub()
        except StoreError as error:
            log.warning("database_not_scrubbed", problem=str(error))

    async def _add(self, command: NewDigest, schedule: Schedule, caller: Caller, here: Conversation) -> View:
        own = await self._digests.of_owner(caller.tenant_id, caller.object_id)
        text, only_if, now = sentence_of(command.question), as_stored(command.only), self._clock()
        lines = DigestLines(caller, here, now)
        due = next_due(schedule, moment(now), since=moment(now))
        living = [digest for digest in own if digest.state is not DigestState.DONE]
        for digest in living:
            # The sentence is the same with and without ids; a digest of release 0.1 has no ids.
            asked = (digest.question, digest.schedule, digest.conversation_id, digest.only_if)
            if asked == (text, schedule, here.conversation_id, only_if) and _is_then(digest, due):
                await self._several.spoke_of(caller, here, digest.number)
                return DigestSetView("exists", lines.line(digest), lines.upcoming(digest, now))
        if len(living) >= MOST_PER_PERSON:
            return ErrorView("too_many_digests", {"limit": str(MOST_PER_PERSON)})
        draft = NewDigestRecord(
            tenant_id=caller.key[0],
            owner_id=caller.key[1],
            owner_name=caller.name,
            locale=caller.locale,
            time_zone=known_zone(caller),
            question=text,
            command=write(command.question),
            schedule=schedule,
            conversation_id=here.conversation_id,
            kind=here.kind,
            team_id=here.team_id,
            reference=here.reference,
            next_due=due.timestamp() if due else None,
            only_if=only_if,
        )
        digest = await self._digests.add(draft)
        await self._several.spoke_of(caller, here, digest.number)
        self._wake()
        return DigestSetView("created", lines.line(digest), lines.upcoming(digest, now))

    async def _list(self, access: DigestAccess, shown: int, start: int) -> View:
        """Return the list of digests.

        In a 1:1 chat these are all of the caller's digests. In any other conversation these are the digests posted to
        it, because every member can read the list. Those that are finished are left out.
        """
        lines = access.lines
        caller, here = lines.caller, lines.here
        if here is None or here.kind is ConversationKind.PERSONAL:
            found = await self._digests.of_owner(caller.tenant_id, caller.object_id)
        else:
            found = await self._digests.in_conversation(caller.tenant_id, here.conversation_id)
        found = [digest for digest in found if digest.state is not DigestState.DONE]
        team_owner = bool(found) and await access.owns_team()
        page = window(len(found), shown, start, DIGESTS_ON_CARD)
        listed = found[page.base : page.end]
        every = tuple(lines.line(digest, mine=team_owner or lines.is_owner(digest)) for digest in listed)
        more = more_button(ListDigests(), DIGESTS_ON_CARD) if len(found) > 1 else None
        return DigestsView(every, len(found), more, page.base, page.fresh)

    def _access(self, caller: Caller, here: Conversation | None, *, sure: bool = False) -> DigestAccess:
        return DigestAccess(
            self._digests, self._store.stopped, self._is_team_owner, caller, here, self._clock(), sure=sure
        )


def _is_then(digest: Digest, due: datetime | None) -> bool:
    """Return True if a digest of the same schedule is due at the same time.

    A single time counts from the moment of the request, so the moments are compared.
    """
    if not digest.schedule.once:
        return True
    return due is not None and abs((digest.next_due or 0.0) - due.timestamp()) < SAME_MOMENT
