"""What an examination found, as data. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FindingState(StrEnum):
    """How it stands with one thing that was looked at."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: `what` is the case, and how to `mend` it ("" where nothing is to be done).

    `because` names the finding that kept a skipped one from being looked at.
    """

    name: str
    state: FindingState
    what: str
    mend: str = ""
    because: str = ""


def ok(name: str, what: str) -> Finding:
    """Nothing to do."""
    return Finding(name, FindingState.OK, what)


def warning(name: str, what: str, mend: str) -> Finding:
    """It works, or may work, and is not as it should be."""
    return Finding(name, FindingState.WARNING, what, mend)


def failed(name: str, what: str, mend: str) -> Finding:
    """The bot cannot work like this."""
    return Finding(name, FindingState.FAILED, what, mend)


def skipped(name: str, because: str) -> Finding:
    """It could not be looked at, for `because` failed."""
    return Finding(name, FindingState.SKIPPED, f"not looked at, because {because} failed", because=because)


def failure_in(findings: Iterable[Finding], names: Iterable[str]) -> str | None:
    """The first of `names` that failed or was skipped itself: what needs it need not be tried."""
    broken = {
        each.name: each.because or each.name
        for each in findings
        if each.state in {FindingState.FAILED, FindingState.SKIPPED}
    }
    return next((broken[name] for name in names if name in broken), None)
