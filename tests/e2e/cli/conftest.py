"""The command line as a person or a program runs it: a real process.

Its exit code and both its streams are kept.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest


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
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            env=environment(**changes),
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        ran = Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))
        assert "Traceback" not in ran.err
        return ran

    return run
