"""Tests of a guarded process that is cancelled while it starts."""

import asyncio
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from bot.demo.guarded_process import start_guarded
from tests.integration.demo.test_child_process_guard import group_is_gone, until


@pytest.mark.parametrize("grandchild", [True, False], ids=["grandchild runs", "guard starts"])
async def test_cancelled_while_it_starts_leaves_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, grandchild: bool
) -> None:
    child, groups = tmp_path / "child", []

    class SlowPopen(subprocess.Popen[bytes]):
        """A slow machine: the start is cancelled when the guard has started its command."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            groups.append(self.pid)
            while grandchild and not child.exists():
                time.sleep(0.01)
            starting.cancel()

    monkeypatch.setattr(subprocess, "Popen", SlowPopen)
    command = ["sh", "-c", f"trap '' TERM; touch {child}; sleep 600; sleep 600"]
    starting = asyncio.create_task(start_guarded(command, {"PATH": "/usr/bin:/bin"}))
    with pytest.raises(asyncio.CancelledError):
        await starting
    (group,) = groups
    assert until(lambda: group_is_gone(group))
