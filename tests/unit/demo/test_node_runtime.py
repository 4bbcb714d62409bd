"""Tests that Node.js is found on the PATH if it is new enough, else packaged."""

import stat
from pathlib import Path

import pytest

from bot.demo.node_runtime import NodeRuntime, find_node


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_node_of_the_machine_is_preferred(tmp_path: Path) -> None:
    program(tmp_path, "node", "echo v20.1.0")
    program(tmp_path, "npx", "exit 0")
    found = find_node({"PATH": str(tmp_path)})
    assert found == NodeRuntime((str(tmp_path / "npx"),), str(tmp_path))
    assert found.path({"PATH": "/usr/bin"}) == f"{tmp_path}:/usr/bin"


@pytest.mark.parametrize("answer", ["echo v12.22.0", "echo nonsense", "exit 1", "printf '\\377'"])
def test_packaged_node_is_used_when_the_machines_is_old_or_broken(tmp_path: Path, answer: str) -> None:
    program(tmp_path, "node", answer)
    program(tmp_path, "npx", "exit 0")
    found = find_node({"PATH": str(tmp_path)})
    assert found is not None
    assert found.npx[1].endswith("npx-cli.js")


def test_node_without_npx_is_not_used(tmp_path: Path) -> None:
    program(tmp_path, "node", "echo v20.1.0")
    found = find_node({"PATH": str(tmp_path)})
    assert found is not None
    assert found.folder != str(tmp_path)
