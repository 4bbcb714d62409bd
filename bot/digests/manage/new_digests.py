"""Use case: set up a digest."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.commands.command import ChangeDigest, NewDigest
from bot.commands.command_document import write
from bot.commands.digest_form import FilledForm
from bot.commands.documents.condition_document import as_stored
from bot.digests.content.digest_line import DigestLines, moment
from bot.digests.manage.confirmed_zones import ConfirmedZones, in_confirmed
from bot.digests.manage.digest_forms import chosen_zone, new_form
from bot.digests.manage.spoken_of import SpokenOf
from bot.digests.schedule.due_times import next_due
from bot.digests.schedule.owner_time_zone import in_zone, known_zone
from bot.domain.conversation import Caller, Conversation, ConversationKind
from bot.domain.recurrence import OneTime, Schedule
from bot.errors import ZoneError
from bot.language.sentence.command_sentence import sentence_of
from bot.names.name_index import NameIndex
from bot.store.digests.digest_record import Digest, DigestState, NewDigestRecord
from bot.store.digests.digest_repository import DigestRepository
from bot.usage.command_buttons import form_button
from bot.usage.name_choice import which
from bot.usage.query_plan import Unresolved, plan
from bot.usage.question_scope import corrections
from bot.usage.stable_names import with_stable_names
from cards.views.answer_views import ErrorView, View
from cards.views.digest_form_views import DigestFormView
from cards.views.digest_views import DigestSetView
from cards.views.form_payload import NOTHING

# Returns the 1:1 chat of a person who asks in another conversation; None if it cannot be opened.
PrivateChat = Callable[[Caller, Conversation], Awaitable[Conversation | None]]

MOST_PER_PERSON = 100  # digests that are done are not counted
SAME_MOMENT = 60.0  # seconds; single times less than this apart are one request that was sent twice


class NewDigests:
    """Sets up digests.

    `private_chat` opens the 1:1 chat to which a digest may be posted; `wake` makes the scheduler look for due digests
    now; `clock` returns Unix seconds.
    """

    def __init__(
        self,
        digests: DigestRepository,
        zones: ConfirmedZones,
        spoken: SpokenOf,
        private_chat: PrivateChat | None,
        wake: Callable[[], None],
        clock: Callable[[], float],
    ) -> None:
        self._digests = digests
        self._zones = zones
        self._spoken = spoken
        self._private_chat = private_chat
        self._wake = wake
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
        if here is None:
            return ErrorView("no_digests")
        zone = await self._zones.of(caller)
        caller = in_confirmed(caller, zone)
        command = replace(command, question=replace(command.question, as_of=None))  # each run has its own day
        planned = plan(command.question, names)
        if isinstance(planned, Unresolved):
            return which(planned, lambda question: replace(command, question=question))
        command = replace(command, question=with_stable_names(command.question, names))
        done = await self._placed(command, caller, here, form)
        if not isinstance(done, DigestSetView | DigestFormView):
            return done
        done = replace(done, corrected=corrections(planned))
        if isinstance(done, DigestFormView):
            return done
        return await self._with_zone(done, command, caller, form, first=zone is None)

    async def _placed(self, command: NewDigest, caller: Caller, here: Conversation, form: FilledForm | None) -> View:
        """Store the digest in its conversation, or return the form if its times or its conversation are missing.

        Raises StoreError.
        """
        place = await self._place(command, caller, here) if command.schedule is not None else None
        if command.schedule is None or place is None:
            if command.schedule is not None:
                form = FilledForm(NOTHING if form is None else form.inputs, ("private",))
            return new_form(command, here, known_zone(caller), form, locale=caller.locale)
        schedule = in_zone(command.schedule, caller)
        try:
            return await self._add(command, schedule, caller, here, place)
        except ZoneError:
            return ErrorView("unknown_zone", {"zone": schedule.zone or ""})

    async def _place(self, command: NewDigest, caller: Caller, here: Conversation) -> Conversation | None:
        """Return the conversation to which it is posted; None if there is no way to the 1:1 chat of the caller."""
        if not command.private or here.kind is ConversationKind.PERSONAL:
            return here
        return None if self._private_chat is None else await self._private_chat(caller, here)

    async def _add(
        self, command: NewDigest, schedule: Schedule, caller: Caller, here: Conversation, place: Conversation
    ) -> View:
        text, only_if, now = sentence_of(command.question), as_stored(command.only), self._clock()
        lines = DigestLines(caller, here, now)
        due = next_due(schedule, moment(now), since=moment(now))
        draft = NewDigestRecord(
            tenant_id=caller.key[0],
            owner_id=caller.key[1],
            owner_name=caller.name,
            locale=caller.own_locale,  # never the language of this one sentence
            time_zone=known_zone(caller),
            question=text,
            command=write(command.question),
            schedule=schedule,
            conversation_id=place.conversation_id,
            kind=place.kind,
            team_id=place.team_id,
            reference=place.reference,
            next_due=due.timestamp() if due else None,
            only_if=only_if,
        )

        def in_the_way(own: list[Digest]) -> _Existing | ErrorView | None:
            return _in_the_way(draft, own, due)

        # A button that is pressed twice, or comes twice, sets up one digest, also if two processes get it.
        added: Digest | _Existing | ErrorView = await self._digests.add_unless(draft, in_the_way)
        if isinstance(added, ErrorView):
            return added
        state, digest = ("exists", added.digest) if isinstance(added, _Existing) else ("created", added)
        await self._spoken.keep(caller, here.conversation_id, digest.number)
        if state == "created":
            self._wake()
        return DigestSetView(state, lines.line(digest), lines.upcoming(digest, now))

    async def _with_zone(
        self, done: DigestSetView, command: NewDigest, caller: Caller, form: FilledForm | None, *, first: bool
    ) -> DigestSetView:
        """Return the result; that of a person's first digest says in which time zone its times are, and asks once.

        A zone that was said in a sentence is that of one digest, and a single time is right in any zone.
        """
        chosen = chosen_zone(form)
        if chosen is not None:
            await self._zones.keep(caller, chosen)
        on = command.schedule
        if not first or chosen is not None or on is None or on.zone or isinstance(on.on, OneTime):
            return done
        await self._zones.keep(caller, known_zone(caller))
        return replace(done, zone_form=form_button(ChangeDigest(done.line.number)))


@dataclass(frozen=True, slots=True)
class _Existing:
    """A digest that is the wanted one already."""

    digest: Digest


def _in_the_way(draft: NewDigestRecord, own: list[Digest], due: datetime | None) -> _Existing | ErrorView | None:
    """Return why no digest is added to the `own` ones of its owner, None if it is."""
    living = [digest for digest in own if digest.state is not DigestState.DONE]
    # The sentence is the same with and without ids; a digest of release 0.1 has no ids.
    wanted = (draft.question, draft.schedule, draft.conversation_id, draft.only_if)
    for digest in living:
        asked = (digest.question, digest.schedule, digest.conversation_id, digest.only_if)
        if asked == wanted and _is_then(digest, due):
            return _Existing(digest)
    return ErrorView("too_many_digests", {"limit": str(MOST_PER_PERSON)}) if len(living) >= MOST_PER_PERSON else None


def _is_then(digest: Digest, due: datetime | None) -> bool:
    """Return True if a digest of the same schedule is due at the same time.

    A single time counts from the moment of the request, so the moments are compared.
    """
    if not digest.schedule.once:
        return True
    return due is not None and abs((digest.next_due or 0.0) - due.timestamp()) < SAME_MOMENT
