"""A sleep whose waits end one by one, when the test says so."""

import asyncio


class SteppedSleep:
    """Records the seconds that it is asked for; each `step` ends one wait."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._steps = asyncio.Semaphore(0)

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await self._steps.acquire()

    def step(self) -> None:
        """End one wait."""
        self._steps.release()
