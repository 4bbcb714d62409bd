"""The schemas of Teams app manifests, as Microsoft publishes them on npm."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.node_packages import installed_packages


@pytest.fixture(scope="session")
def schema() -> Callable[..., dict[str, Any]]:
    """Return a function that loads a schema: `schema("1.12")`; `name` is of the file."""
    schemas = installed_packages() / "@microsoft" / "app-manifest" / "build" / "json-schemas" / "teams"

    def load(version: str, name: str = "MicrosoftTeams") -> dict[str, Any]:
        found: dict[str, Any] = json.loads((schemas / f"v{version}" / f"{name}.schema.json").read_bytes())
        return found

    return load
