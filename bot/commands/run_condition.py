"""When a digest that is due is posted. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunCondition:
    """What must hold, or nothing is posted.

    It is at most one of them; without one it is always posted.

    `changed`: something changed since the last digest that was posted. `below`: a line of the answer is below this
    share (0.5 is 50%). `unused_above`: a line has more unused licenses than this, in one workload. `drops_below`: a
    line is below this share, and it was not in the last digest that was posted. `crosses`: a line came within the limit
    that the question itself names, and was not reported since: such a digest is an alert. Raises ValueError for more
    than one.
    """

    changed: bool = False
    below: float | None = None
    unused_above: int | None = None
    drops_below: float | None = None
    crosses: bool = False

    def __post_init__(self) -> None:
        if self.changed + self.crosses + sum(limit is not None for limit in self._limits) > 1:
            raise ValueError("more than one condition")

    @property
    def is_always(self) -> bool:
        """Return True if it is always posted."""
        return not self.changed and not self.crosses and all(limit is None for limit in self._limits)

    @property
    def _limits(self) -> tuple[float | None, ...]:
        return self.below, self.unused_above, self.drops_below


ALWAYS = RunCondition()
ALERT = RunCondition(crosses=True)
