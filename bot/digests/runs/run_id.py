"""What one run is called. Pure."""

import re
from dataclasses import dataclass

_TEXT = re.compile(r"digest-(\d+)-(\d+)(?:-(\d+))?", re.ASCII)


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

    @classmethod
    def read(cls, text: str) -> "RunId | None":
        """The run whose text that is; None where it is none's."""
        found = _TEXT.fullmatch(text)
        return None if found is None else cls(int(found[1]), int(found[2]), int(found[3] or 1))

    @property
    def next(self) -> "RunId":
        """The try after this one."""
        return RunId(self.number, self.due, self.attempt + 1)

    @property
    def about(self) -> str:
        """What the occurrence's sealed values are sealed for."""
        return f"digest|{self.number}|{self.due}"
