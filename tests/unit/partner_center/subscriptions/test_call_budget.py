"""No more calls within a minute than the budget allows, by a clock of the test."""

import asyncio

from bot.partner_center.subscriptions.call_budget import CALLS, SECONDS, CallBudget


class Clock:
    def __init__(self):
        self.now = 0.0
        self.slept = []

    def time(self):
        return self.now

    async def sleep(self, seconds):
        self.slept.append(seconds)
        until = self.now + seconds
        await asyncio.sleep(0)
        self.now = max(self.now, until)


async def test_the_budget_is_free_at_first():
    clock = Clock()
    budget = CallBudget(clock.time, clock.sleep)
    for _ in range(CALLS):
        await budget.take()
    assert clock.slept == []


async def test_the_next_call_waits_until_the_first_is_a_minute_old():
    clock = Clock()
    budget = CallBudget(clock.time, clock.sleep)
    for _ in range(CALLS):
        await budget.take()
    clock.now = 20.0
    await budget.take()
    assert clock.slept == [SECONDS - 20.0]


async def test_no_minute_has_more_calls_than_the_budget():
    clock = Clock()
    budget = CallBudget(clock.time, clock.sleep)
    made = []

    async def caller(number):
        for step in range(300):
            await budget.take()
            made.append(clock.now)
            clock.now += 0.01 * (number + step % 3)

    await asyncio.gather(*map(caller, range(4)))
    made.sort()
    assert len(made) == 1_200
    # The call after the budget's last is a minute after its first; a float of a minute may be off by its last digit.
    assert all(later - first >= SECONDS - 1e-6 for first, later in zip(made, made[CALLS:], strict=False))
