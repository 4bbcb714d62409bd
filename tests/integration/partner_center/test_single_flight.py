"""Identical questions of one caller are requested once.

A cancelled caller leaves nothing behind.
"""

import asyncio

import pytest

from bot.domain.licensing import Dimension
from bot.errors import RoleMissingError
from bot.query.usage_query import UsageQuery
from tests.shown_figures import of

ALL = UsageQuery()


class Gate:
    """Answers once it is open."""

    def __init__(self, response):
        self._response = response
        self.opened = asyncio.Event()

    async def serve(self, _request):
        await self.opened.wait()
        return self._response


async def until(condition):
    while not condition():  # noqa: ASYNC110  # there is no event to wait for
        await asyncio.sleep(0.01)


async def opened_for(gate, script, requests, *callers):
    """Open the gate when so many requests have arrived.

    Return the results of the `callers`.
    """
    asking = [asyncio.ensure_future(caller) for caller in callers]
    await until(lambda: len(script.requests) >= requests)
    gate.opened.set()
    return await asyncio.gather(*asking, return_exceptions=True)


async def test_one_request_is_sent_when_a_caller_asks_the_same_twice(servers, client, say, alice):
    gate = Gate(say.page(say.row()))
    script = await servers(gate.serve)
    asking = client(script)
    seen = [[], []]
    same = (asking.tally(alice, ALL, (), progress=lambda *numbers, to=to: to.append(numbers)) for to in seen)
    found = await opened_for(gate, script, 1, *same)
    assert [each.tally.report().total for each in found] == [of(1, 2)] * 2
    assert len(script.requests) == 1
    assert seen == [[(1, None)], [(1, None)]]


async def test_two_requests_are_sent_when_two_callers_ask_the_same(servers, client, say, alice, bob):
    gate = Gate(say.page(say.row()))
    script = await servers(gate.serve)
    asking = client(script)
    await opened_for(gate, script, 2, asking.tally(alice, ALL, ()), asking.tally(bob, ALL, ()))
    assert sorted(script.sent("Authorization")) == ["Bearer token-alice-1", "Bearer token-bob-1"]


async def test_two_requests_are_sent_when_the_questions_differ(servers, client, say, alice):
    gate = Gate(say.page(say.row()))
    script = await servers(gate.serve)
    asking = client(script)
    different = (asking.tally(alice, ALL, ()), asking.tally(alice, ALL, (Dimension.CUSTOMER,)))
    await opened_for(gate, script, 2, *different)
    assert len(script.requests) == 2


async def test_an_answer_is_not_kept_for_the_next_question(servers, client, say, alice):
    script = await servers(say.page(say.row()))
    asking = client(script)
    await asking.tally(alice, ALL, ())
    await asking.tally(alice, ALL, ())
    assert len(script.requests) == 2


async def test_a_failure_is_raised_for_every_waiting_caller(servers, client, say, alice):
    gate = Gate(say.refusal(403, "900150"))
    script = await servers(gate.serve)
    asking = client(script)
    found = await opened_for(gate, script, 1, asking.tally(alice, ALL, ()), asking.tally(alice, ALL, ()))
    assert [type(each) for each in found] == [RoleMissingError] * 2
    assert len(script.requests) == 1


async def test_the_request_continues_when_one_of_two_callers_is_cancelled(servers, client, say, alice):
    gate = Gate(say.page(say.row()))
    script = await servers(gate.serve)
    asking = client(script)
    first, second = (asyncio.create_task(asking.tally(alice, ALL, ())) for _ in range(2))
    await until(lambda: script.requests)
    first.cancel()
    await until(first.done)
    gate.opened.set()
    assert (await second).tally.report().total == of(1, 2)
    assert first.cancelled()
    assert len(script.requests) == 1


async def test_the_request_ends_when_its_last_caller_is_cancelled(servers, client, say, alice):
    closed = Gate(say.page(say.row()))
    script = await servers(closed.serve, say.page(say.row()))
    asking = client(script)
    only = asyncio.create_task(asking.tally(alice, ALL, ()))
    await until(lambda: script.requests)
    only.cancel()
    with pytest.raises(asyncio.CancelledError):
        await only
    assert (await asking.tally(alice, ALL, ())).tally.report().total.sums == of(1, 2).sums
    assert len(script.requests) == 2
