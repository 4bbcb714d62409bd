"""Use cases: set up, list and change digests.

Depends on the store; fetches and sends nothing.

A digest is visible to its owner and to every member of the conversation it is posted to. It can be changed by its owner
and by the owners of the team whose channel it is posted to. Any other caller gets the answer that there is no such
digest.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

import structlog

from bot.commands.command import ChangeDigest, HandleDigest, ListDigests, NewDigest, Usage
from bot.commands.command_document import write
from bot.digests.content.digest_command import command_of
from bot.digests.content.digest_line import DigestLines, moment
from bot.digests.manage.digest_actions import DigestActions
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

# Returns True if the caller of `here` owns the team of that channel; False if Teams does not report the role.
IsTeamOwner = Callable[[Conversation], Awaitable[bool]]


class DigestService:
    """Sets up, lists and changes digests.

    `clock` returns Unix seconds; `wake` makes the scheduler look for due digests now.
    """

    def __init__(
        self,
        store: Store,
        *,
        is_team_owner: IsTeamOwner,
        wake: Callable[[], None],
        clock: Callable[[], float],
    ) -> None:
        self._store = store
        self._digests = store.digests
        self._actions = DigestActions(store.digests, wake, clock)
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
            choices = schedule_choices(sentence_of(command.question), zone, lambda on: replace(command, schedule=on))
            return replace(choices, corrected=corrected)
        schedule = in_zone(command.schedule, caller)
        try:
            async with self._adding:
                done = await self._add(command.question, schedule, caller, here)
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
    ) -> View:
        """Return the list, or carry out the change of one digest and return its outcome.

        The list has the digests up to `shown`, of which those from `start` are new. Raises StoreError.
        """
        if isinstance(command, ListDigests):
            return await self._list(caller, here, shown or DIGESTS_ON_CARD, start)
        digest = await self._visible(command.number, caller, here)
        if digest is None:
            return ErrorView("no_such_digest", {"number": str(command.number)})
        if not await self._may_change(digest, caller, here):
            return ErrorView("digest_not_yours", {"number": str(command.number), "owner": digest.owner_name})
        try:
            return await self._actions.carry_out(command, digest, DigestLines(caller, here))
        except ZoneError as error:
            return ErrorView("unknown_zone", {"zone": error.zone})

    async def question(self, number: int, caller: Caller, here: Conversation | None) -> Usage | None:
        """Return the question of digest `number`.

        None if the caller may not see the digest in this conversation, or if it is unreadable. Raises StoreError.
        """
        digest = await self._visible(number, caller, here)
        return None if digest is None else command_of(digest)

    async def forget(self, caller: Caller) -> int:
        """Erase the caller's digests and all records about them.

        Returns how many digests were erased. Raises StoreError.
        """
        forgotten = await self._digests.forget(caller.tenant_id, caller.object_id)
        await self._store.records.delete(INVITED, invited_key(caller))
        return forgotten

    async def scrub(self) -> None:
        """Overwrite erased data so that it cannot be recovered.

        If other connections are reading, the database overwrites it later.
        """
        try:
            await self._store.scrub()
        except StoreError as error:
            log.warning("database_not_scrubbed", problem=str(error))

    async def _add(self, question: Usage, schedule: Schedule, caller: Caller, here: Conversation) -> View:
        own = await self._digests.of_owner(caller.tenant_id, caller.object_id)
        text, now, lines = sentence_of(question), self._clock(), DigestLines(caller, here)
        due = next_due(schedule, moment(now), since=moment(now))
        living = [digest for digest in own if digest.state is not DigestState.DONE]
        for digest in living:
            # The sentence is the same with and without ids; a digest of release 0.1 has no ids.
            asked = (digest.question, digest.schedule, digest.conversation_id)
            if asked == (text, schedule, here.conversation_id) and _is_then(digest, due):
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
            command=write(question),
            schedule=schedule,
            conversation_id=here.conversation_id,
            kind=here.kind,
            team_id=here.team_id,
            reference=here.reference,
            next_due=due.timestamp() if due else None,
        )
        digest = await self._digests.add(draft)
        self._wake()
        return DigestSetView("created", lines.line(digest), lines.upcoming(digest, now))

    async def _list(self, caller: Caller, here: Conversation | None, shown: int, start: int) -> View:
        """Return the list of digests.

        In a 1:1 chat these are all of the caller's digests. In any other conversation these are the digests posted to
        it, because every member can read the list.
        """
        if here is None or here.kind is ConversationKind.PERSONAL:
            found = await self._digests.of_owner(caller.tenant_id, caller.object_id)
        else:
            found = await self._digests.in_conversation(caller.tenant_id, here.conversation_id)
        lines = DigestLines(caller, here)
        team_owner = bool(found) and await self._owns_team(here)
        page = window(len(found), shown, start, DIGESTS_ON_CARD)
        listed = found[page.base : page.end]
        every = tuple(lines.line(digest, mine=team_owner or lines.is_owner(digest)) for digest in listed)
        more = more_button(ListDigests(), DIGESTS_ON_CARD) if len(found) > 1 else None
        return DigestsView(every, len(found), more, page.base, page.fresh)

    async def _visible(self, number: int, caller: Caller, here: Conversation | None) -> Digest | None:
        digest = await self._digests.get(number)
        if digest is None:
            return None
        lines = DigestLines(caller, here)
        return digest if lines.is_owner(digest) or lines.is_here(digest) else None

    async def _may_change(self, digest: Digest, caller: Caller, here: Conversation | None) -> bool:
        lines = DigestLines(caller, here)
        return lines.is_owner(digest) or (lines.is_here(digest) and await self._owns_team(here))

    async def _owns_team(self, here: Conversation | None) -> bool:
        return here is not None and here.kind is ConversationKind.CHANNEL and await self._is_team_owner(here)


def _is_then(digest: Digest, due: datetime | None) -> bool:
    """Return True if a digest of the same schedule is due at the same time.

    A single time counts from the moment of the request, so the moments are compared.
    """
    if not digest.schedule.once:
        return True
    return due is not None and abs((digest.next_due or 0.0) - due.timestamp()) < SAME_MOMENT
