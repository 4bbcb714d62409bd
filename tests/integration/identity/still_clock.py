"""A clock that moves only when a test moves it."""

NOW = 1_800_000_000.0


class StillClock:
    """`now` is in Unix seconds."""

    now = NOW

    def __call__(self) -> float:
        return self.now
