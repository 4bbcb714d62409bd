"""What tests of several rooms share: the judge of cards, databases, a browser, the rule that CI may skip nothing."""

import importlib.util
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright
from xdist.scheduler import LoadScopeScheduling

TESTS = Path(__file__).parent
# What is run by one process of several: they share ports or a folder that npm fills, or keep the machine busy.
# The longest first, so that nobody waits for one at the end.
GROUPS = ("e2e/playground/", "e2e/digests/", "e2e/cards/", "contract/package/", "integration/cli/")
NO_SKIP = "USAGEBOT_TESTS_NO_SKIP"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where nothing may be skipped, a skipped test has failed."""
    report = yield
    return _without_skips(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """The same for a file that skips itself while it is collected."""
    report = yield
    return _without_skips(report)


def _without_skips(report: Any) -> Any:
    # An expected failure calls itself skipped too, but it ran.
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get(NO_SKIP):
        report.outcome = "failed"
        report.longrepr = f"skipped, and {NO_SKIP} is set: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """The groups come first, whatever order the plugins make."""
    yield
    items.sort(key=lambda item: _group(item.nodeid))


class Scheduling(LoadScopeScheduling):
    """Each test goes to whichever process is free, and a group to one of them as a whole.

    pytest-xdist's own `loadgroup` writes the group into a test's id, which pytest 9.2 does not let it.
    """

    def _split_scope(self, nodeid: str) -> str:
        group = _group(nodeid)
        return GROUPS[group] if group < len(GROUPS) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return Scheduling(config, log)


def _group(nodeid: str) -> int:
    """Its place in GROUPS, or behind them."""
    return next((index for index, each in enumerate(GROUPS) if nodeid.startswith(f"tests/{each}")), len(GROUPS))


@pytest.fixture(scope="session")
def valid_card() -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Fails with everything that is wrong with a card, else gives it back. See contract/cards/oracle.py."""
    oracle = _load(TESTS / "contract" / "cards" / "oracle.py")

    def check(card: dict[str, Any]) -> dict[str, Any]:
        problems = oracle.problems(card)
        assert not problems, "\n".join(problems)
        return card

    return check


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Any]:
    """A PostgreSQL cluster of the tests' own, see postgresql.py."""
    module = _load(TESTS / "postgresql.py")
    programs = module.programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with module.cluster(programs) as cluster:
        yield cluster


@pytest.fixture
def postgresql_url(postgresql: Any) -> Iterator[str]:
    """An empty database on PostgreSQL."""
    with postgresql.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database; a test that uses it runs on both kinds."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql_url"))
    return f"sqlite+aiosqlite:///{tmp_path}/data/bot.db"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Debian's Chromium (or a Chrome), headless. Tests that use it run in the session's event loop."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        pytest.skip(f"none of {', '.join(BROWSERS)} is on the PATH")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        await browser.close()


def _load(path: Path) -> Any:
    """A module beside the tests: they are no package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
