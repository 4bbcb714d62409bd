"""Which processes of this bot are alive, and who takes over from one that is not."""


class Replicas:
    """Replicas are told apart by their executor id. `within` are seconds without a heartbeat until one counts as dead.

    Every method raises StoreError where the database fails.
    """

    async def beat(self, executor: str, now: float) -> bool:
        """A heartbeat; False where another replica had taken over meanwhile, taking this one for dead."""
        raise NotImplementedError

    async def leave(self, executor: str) -> None:
        """An orderly end: nothing is left to take over."""
        raise NotImplementedError

    async def living(self, now: float, within: float) -> list[str]:
        """By id."""
        raise NotImplementedError

    async def dead(self, now: float, within: float) -> list[str]:
        """Those without a heartbeat that no living replica has adopted yet, by id."""
        raise NotImplementedError

    async def adopt(self, dead: str, by: str, now: float, within: float) -> bool:
        """Whether `by` takes over: true for exactly one of those who try, again only if that one dies or `by` repeats."""
        raise NotImplementedError

    async def adopted(self, dead: str, by: str) -> bool:
        """The takeover is complete: forget the dead replica. False where it came back meanwhile."""
        raise NotImplementedError
