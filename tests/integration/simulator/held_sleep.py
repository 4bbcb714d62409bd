"""A sleep that ends when the test says so."""

import asyncio


class HeldSleep:
    """Records the seconds that it is asked for, and returns once `over` is set."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.over = asyncio.Event()
        self._asked = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self._asked.set()
        await self.over.wait()

    async def asked(self) -> None:
        """Wait until it has been called."""
        await self._asked.wait()
