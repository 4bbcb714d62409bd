"""What one run is called. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class RunId:
    """Try `attempt` (from 1) of occurrence `due` of digest `number`: each is run once, however many replicas there are.

    As text it is the id of the run's workflow.
    """

    number: int
    due: int
    attempt: int = 1

    def __str__(self) -> str:
        return f"digest-{self.number}-{self.due}" + (f"-{self.attempt}" if self.attempt > 1 else "")

    @property
    def next(self) -> "RunId":
        """The try after this one."""
        return RunId(self.number, self.due, self.attempt + 1)

    @property
    def about(self) -> str:
        """What the occurrence's sealed values are sealed for."""
        return f"digest|{self.number}|{self.due}"
