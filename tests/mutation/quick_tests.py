"""A pytest plugin for the mutation run: few examples of each property, and the quick tests first.

Each mutant runs its tests until one fails, so the order decides how long the whole run takes.
"""

from collections.abc import Iterator

import pytest
from hypothesis import settings

EXAMPLES = 25
ORDER = ("tests/unit/", "tests/property/", "tests/integration/")

# tests/conftest.py starts from the profile that is loaded when it is imported.
settings.register_profile("mutation", max_examples=EXAMPLES, derandomize=True, database=None, deadline=None)
settings.load_profile("mutation")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Sort after every other plugin and conftest has sorted."""
    yield
    items.sort(key=lambda item: next((at for at, each in enumerate(ORDER) if item.nodeid.startswith(each)), len(ORDER)))
