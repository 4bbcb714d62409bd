"""The command line as a person or a program runs it: a real process.

Its exit code and both its streams are kept.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.forked_processes import run_forked, run_started


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Return stdout as JSON: one document on one line."""
        assert self.out.count("\n") == 1
        return json.loads(self.out)


def environment(**changes: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("USAGEBOT_", "PYTHON", "LC_"))}
    return kept | {"LANG": "C.UTF-8"} | changes


@pytest.fixture
def usagebot() -> Callable[..., Ran]:
    def run(*arguments: str, **changes: str) -> Ran:
        # Python reads some settings when it starts, so a process that is forked would not notice them.
        run_command = run_started if any(name.startswith(("PYTHON", "LC_")) for name in changes) else run_forked
        done = run_command(arguments, environment(**changes))
        ran = Ran(done.code, done.out, done.err)
        assert "Traceback" not in ran.err
        return ran

    return run
