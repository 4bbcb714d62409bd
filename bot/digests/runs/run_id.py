"""The id of a run. Pure."""

import re
from dataclasses import dataclass

_TEXT = re.compile(r"digest-(\d+)-(\d+)(?:-(\d+))?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class RunId:
    """Attempt `attempt` (from 1) of occurrence `due` of digest `number`.

    Each is run once, however many replicas there are. As text it is the id of the run's workflow.
    """

    number: int
    due: int
    attempt: int = 1

    def __str__(self) -> str:
        return f"digest-{self.number}-{self.due}" + (f"-{self.attempt}" if self.attempt > 1 else "")

    @classmethod
    def read(cls, text: str) -> "RunId | None":
        """Parse the text of a run's id; None if it is not one."""
        found = _TEXT.fullmatch(text)
        return None if found is None else cls(int(found[1]), int(found[2]), int(found[3] or 1))

    @property
    def next(self) -> "RunId":
        """Return the id of the next attempt."""
        return RunId(self.number, self.due, self.attempt + 1)

    @property
    def about(self) -> str:
        """Return the context for which the values of the occurrence are encrypted."""
        return f"digest|{self.number}|{self.due}"
