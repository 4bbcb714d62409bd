"""Read the list of each of some customers, several at the same time.

Independent of HTTP. A customer whose list cannot be read is a gap of the answer, and not its end.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence

from bot.concurrency.first_failure import gather_or_first_failure
from bot.domain.identifier import folded_id
from bot.domain.licensing import Customers, Entry
from bot.domain.subscriptions import Subscription, SubscriptionGaps
from bot.errors import (
    AccessDeniedError,
    AppOnlyRefusedError,
    BadAnswerError,
    BadRequestError,
    ConditionalAccessError,
    EndpointMissingError,
    GatewayRefusedError,
    NotYourCustomerError,
    PartnerCenterError,
    ServiceDownError,
    ThrottledError,
)
from bot.partner_center.page_fetcher import Progress
from bot.partner_center.protocol.answer_page import AnswerPage
from bot.partner_center.subscriptions.subscription_list import SubscriptionList

# Customers of one walk. With 400 calls a minute they take two minutes; a turn ends after five.
WALK_LIMIT = 1_000
# Failures one after the other that end a walk: the next list would not be readable either. That a customer is not, or
# no longer, one of this partner says nothing about the next one.
FAILURES_LIMIT = 10

# These say something about one customer, or about a moment: the list of another may be readable.
UNREAD_LIST = (
    AccessDeniedError,
    BadAnswerError,
    BadRequestError,
    EndpointMissingError,
    GatewayRefusedError,
    ServiceDownError,
    ThrottledError,
)
# These say something about who asks, although they are a refusal too.
_OF_THE_CALLER = (AppOnlyRefusedError, ConditionalAccessError)

ReadList = Callable[[Entry], Awaitable[AnswerPage[Subscription]]]


class CustomerWalk:
    """One walk. `read` returns the list of a customer."""

    def __init__(self, read: ReadList, progress: Progress) -> None:
        self._read = read
        self._progress = progress
        self._pages: dict[int, AnswerPage[Subscription]] = {}
        self._failed = 0
        self._in_a_row = 0
        self._first_failure: PartnerCenterError | None = None

    async def run(
        self, customers: Sequence[Entry], at_once: int, seconds: float
    ) -> tuple[SubscriptionList, SubscriptionGaps]:
        """Read the lists within `seconds`. What was not read until then is a gap.

        A customer without an id has no list. Raises the first failure if no list could be read, and what concerns the
        caller at once.
        """
        asked = [(number, each) for number, each in enumerate(customers) if each.has_id and folded_id(each.id)]
        asked = asked[:WALK_LIMIT]
        numbered = iter(asked)  # shared: each worker takes the next customer
        try:
            async with asyncio.timeout(seconds):
                workers = range(min(at_once, len(asked)))
                await gather_or_first_failure(self._work(numbered, len(asked)) for _ in workers)
        except TimeoutError:
            if not self._pages:
                raise
        if self._first_failure is not None and not self._pages:
            raise self._first_failure
        return self._found(customers)

    async def _work(self, numbered: Iterator[tuple[int, Entry]], every: int) -> None:
        for number, customer in numbered:
            if self._in_a_row >= FAILURES_LIMIT:
                return
            try:
                self._pages[number] = await self._read(customer)
            except _OF_THE_CALLER:
                raise
            except UNREAD_LIST as error:
                self._first_failure = self._first_failure or error
                self._failed += 1
                self._in_a_row += not isinstance(error, NotYourCustomerError)
            else:
                self._in_a_row = 0
            self._progress(Customers(len(self._pages) + self._failed), every)

    def _found(self, customers: Sequence[Entry]) -> tuple[SubscriptionList, SubscriptionGaps]:
        """Return the subscriptions in the order of the customers, and the gaps of all lists."""
        found = SubscriptionList()
        pages = [self._pages[number] for number in sorted(self._pages)]
        for page in pages:
            for row in page.rows:
                found.add(row)
        return found, SubscriptionGaps(
            unusable=sum(page.unusable for page in pages),
            missing=sum(max((page.total or 0) - page.count, 0) for page in pages),
            repeated=found.repeated,
            incomplete=any(page.error or page.next_link is not None for page in pages),
            unread_customers=tuple(each.id for number, each in enumerate(customers) if number not in self._pages),
        )
