"""The findings of an examination, as data. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FindingState(StrEnum):
    """The state of one thing that was checked."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check: `what` is the case, and how to `mend` it.

    `mend` is "" if there is nothing to do. `because` names the failed finding that a skipped one depends on.
    """

    name: str
    state: FindingState
    what: str
    mend: str = ""
    because: str = ""


def ok(name: str, what: str) -> Finding:
    """Return a finding with nothing to do."""
    return Finding(name, FindingState.OK, what)


def warning(name: str, what: str, mend: str) -> Finding:
    """Return a finding about something that may work but should be different."""
    return Finding(name, FindingState.WARNING, what, mend)


def failed(name: str, what: str, mend: str) -> Finding:
    """Return a finding about a fault that keeps the bot from working."""
    return Finding(name, FindingState.FAILED, what, mend)


def skipped(name: str, because: str) -> Finding:
    """Return a finding about a check that was not run, because `because` failed."""
    return Finding(name, FindingState.SKIPPED, f"not checked, because {because} failed", because=because)


def failure_in(findings: Iterable[Finding], names: Iterable[str]) -> str | None:
    """Return the first of `names` that failed, None if none did.

    For a name that was skipped, the one that it was skipped for. A check that needs any of `names` need not run then.
    """
    broken = {
        each.name: each.because or each.name
        for each in findings
        if each.state in {FindingState.FAILED, FindingState.SKIPPED}
    }
    return next((broken[name] for name in names if name in broken), None)
