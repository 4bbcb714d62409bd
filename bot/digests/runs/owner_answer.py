"""Answer the question of a digest as its owner.

Equal questions of one owner are asked at most once a minute.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from cachetools import TTLCache

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Usage
from bot.concurrency.single_flight import SingleFlight
from bot.digests.alerts.alert_digest import alert_in
from bot.digests.alerts.alert_rule import watched
from bot.digests.content.digest_command import command_of
from bot.digests.content.digest_owner import owner_of
from bot.digests.content.packed_kind import pack_any
from bot.domain.conversation import Caller
from bot.errors import DeadlineError, EndpointMissingError, UsageBotError
from bot.identity.exclusion import Exclusion
from bot.store.digests.digest_record import Digest
from bot.usage.kinds.kind_answer import KindAnswer
from bot.usage.kinds.kind_answering import ask_kind
from bot.usage.memory.standing_exclusions import ReadExclusions
from bot.usage.sold.asked_names import names_for
from bot.usage.usage_answer import ROWS_AT_ONCE, UsageAnswer, ask, ask_by_id
from bot.usage.usage_services import UsageServices
from cards.views.answer_views import ErrorView
from cards.views.personal.own_list_view import OwnListView

MINUTE = 60
# Answers in the cache: enough for what is due in the same minute and running, and small in memory.
ANSWERS = 64

Key = tuple[str, str, frozenset[Exclusion], Usage, str, int]


@dataclass(frozen=True, slots=True)
class OwnerAnswer:
    """An answer, also as bytes. `at` is when it was fetched, in Unix seconds."""

    answer: UsageAnswer | KindAnswer
    packed: bytes
    at: float


class UnansweredError(UsageBotError):
    """The question has no answer: a name in it no longer exists, or it is ambiguous."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"the question has no answer: {problem}")
        self.problem = problem


class OwnerAnswers:
    """Answers questions as the owners of digests.

    `clock` returns Unix seconds. An answer is cached for `keep` seconds.
    """

    def __init__(self, services: UsageServices, clock: Callable[[], float], keep: float = MINUTE) -> None:
        self._services = services
        self._clock = clock
        self._keep = keep
        self._flights: SingleFlight[OwnerAnswer] = SingleFlight(overdue=DeadlineError)
        self._answers: TTLCache[Key, OwnerAnswer, float] = TTLCache(ANSWERS, keep, timer=clock)

    async def answer(self, digest: Digest, due: int) -> OwnerAnswer:
        """Return the answer to the digest's question, as its owner may see it.

        If it was fetched less than a minute ago for another digest of the same owner that is due in the same minute, it
        is used again. Raises UnansweredError, NotSignedInError, PartnerCenterError, EntraError, StoreError.
        """
        command = command_of(digest)
        if command is None:
            raise UnansweredError("not_understood")
        command = command if alert_in(digest) is None else watched(command)
        owner = owner_of(digest)
        left_out = await self._services.memory.exclusions.of(owner)
        key: Key = (*owner.key, frozenset(left_out), command, digest.time_zone, due // MINUTE)
        fetched = self._answers.get(key)
        if fetched is not None:
            await self._admit(owner)
            return fetched
        return await self._flights.join(key, lambda: self._fetched(key, command, owner, left_out))

    async def _fetched(self, key: Key, command: Usage, owner: Caller, left_out: tuple[Exclusion, ...]) -> OwnerAnswer:
        """Fetch the answer without what was read as left out: the key names it, so it is not read again."""
        memory = replace(self._services.memory, exclusions=ReadExclusions(left_out))
        answer = await self._asked(command, owner, replace(self._services, memory=memory))
        rows = len(answer.report.rows) if isinstance(answer, UsageAnswer) else answer.rows
        packed = await asyncio.to_thread(pack_any, answer) if rows > ROWS_AT_ONCE else pack_any(answer)
        fetched = self._answers[key] = OwnerAnswer(answer, packed, self._clock())
        # After that it is not used again, and it may be large.
        asyncio.get_running_loop().call_later(self._keep, self._drop, key, fetched)
        return fetched

    def _drop(self, key: Key, fetched: OwnerAnswer) -> None:
        self._answers.expire()
        if self._answers.get(key) is fetched:  # the clock may have been set back
            self._answers.pop(key, None)

    async def _asked(self, command: Usage, owner: Caller, services: UsageServices) -> UsageAnswer | KindAnswer:
        await self._admit(owner)
        if command.kind is not AnswerKind.FIGURES:
            return await self._of_kind(command, owner, services)
        try:
            names = await names_for(command, owner, services.directories)
            found = await ask(command, owner, names, services)
        except EndpointMissingError as missing:
            return await ask_by_id(command, owner, services, missing)
        if isinstance(found, OwnListView):
            raise UnansweredError("no_own_customers")
        if not isinstance(found, UsageAnswer):
            raise UnansweredError("no_match")
        return found

    async def _of_kind(self, command: Usage, owner: Caller, services: UsageServices) -> KindAnswer:
        names = await names_for(command, owner, services.directories)
        found = await ask_kind(command, owner, names, services)
        if isinstance(found, ErrorView):  # a newer release made the digest
            raise UnansweredError("not_understood")
        if isinstance(found, OwnListView):
            raise UnansweredError("no_own_customers")
        if not isinstance(found, KindAnswer):
            raise UnansweredError("no_match")
        return found

    async def signed_in_since(self, owner: Caller) -> float | None:
        """Return when the owner signed in (Unix seconds); None if they are not signed in.

        Raises StoreError.
        """
        accounts = self._services.accounts
        account = None if accounts is None else await accounts.signed_in(owner)
        return None if account is None else account.since

    async def is_signed_in(self, owner: Caller) -> bool:
        """Return True if the bot can ask a question as the owner now."""
        try:
            await self._admit(owner)
        except UsageBotError:
            return False
        return True

    async def _admit(self, owner: Caller) -> None:
        """Check that the owner is still signed in: cached answers are for signed-in owners only."""
        if self._services.accounts is not None:
            await self._services.accounts.admit(owner)
