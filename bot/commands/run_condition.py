"""When a digest that is due is posted. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunCondition:
    """What must hold, or nothing is posted.

    It is at most one of the three; without one it is always posted.

    `changed`: something changed since the last digest that was posted. `below`: a line of the answer is below this
    share (0.5 is 50%). `unused_above`: a line has more unused licenses than this, in one workload. Raises ValueError
    for more than one.
    """

    changed: bool = False
    below: float | None = None
    unused_above: int | None = None

    def __post_init__(self) -> None:
        if self.changed + (self.below is not None) + (self.unused_above is not None) > 1:
            raise ValueError("more than one condition")

    @property
    def is_always(self) -> bool:
        """Return True if it is always posted."""
        return not self.changed and self.below is None and self.unused_above is None


ALWAYS = RunCondition()
