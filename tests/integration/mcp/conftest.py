"""Programs that ask, with a simulated Partner Center."""

from tests.integration.handlers.conftest import desk as desk  # noqa: PLC0414  # a fixture
