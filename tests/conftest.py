"""Fixtures that several folders of tests share, and the order of the tests.

The check of cards, databases, a browser, and the rule that CI must not skip a test.
"""

import gc
import importlib.util
import os
import shutil
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from playwright.async_api import Browser

# Images of containers often set this. Then each of the Python processes that tests start, more than a hundred, would
# compile all modules that it imports, and each process of the tests all tests.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Of all properties, in whichever folder. No test measures time: what a busy machine takes long for is not false. If
# `USAGEBOT_TESTS_EXAMPLES` is not set, the examples are the same in each run: whether a change may land is no chance.
# With it, that many new ones are tried, as tests/README.md says. Other settings are those of a profile of before.
# https://hypothesis.readthedocs.io/en/latest/reference/api.html#hypothesis.settings.derandomize
EXAMPLES = os.environ.get("USAGEBOT_TESTS_EXAMPLES")
settings.register_profile(
    "busy",
    settings(),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=int(EXAMPLES or settings().max_examples),
    derandomize=not EXAMPLES,
)
settings.load_profile("busy")

TESTS = Path(__file__).parent
# Tests that one process runs: each of them draws with one browser page, or reads one set of schemas.
GROUPS = ("e2e/cards/", "contract/package/")
# The order of the tests. Files whose tests take long come first, so that no process waits for one at the end.
SINGLE = ("tests/e2e/digests/", "tests/e2e/playground/test_digest.py")  # each takes as long as a file elsewhere
ORDER = (
    "e2e/playground/test_digest.py",  # it waits for a minute
    "e2e/playground/",
    "e2e/digests/",
    "integration/cli/",
    *GROUPS,
    "e2e/",
    "integration/digests/",
    "integration/",
    "property/",
    "contract/",
    "unit/",
)
NO_SKIP = "USAGEBOT_TESTS_NO_SKIP"
BROWSER_MS = 240_000  # pytest's own timeout ends a test that waits in vain
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Report a skipped test as failed, if nothing may be skipped."""
    report = yield
    return _without_skips(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """Do the same for a file that skips itself while it is collected."""
    report = yield
    return _without_skips(report)


def _without_skips(report: Any) -> Any:
    # The report of an expected failure has the outcome "skipped" as well, although the test ran.
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get(NO_SKIP):
        report.outcome = "failed"
        report.longrepr = f"skipped, and {NO_SKIP} is set: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Let the garbage collector pass over the tests and all that they import.

    These stay as long as the process. Otherwise it would look at a million objects again and again, for a quarter of
    the time that collecting takes, and for half a second whenever a test calls it.
    """
    gc.disable()
    result = yield
    gc.collect()
    gc.freeze()
    gc.enable()
    return result


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Sort the slow folders to the front.

    The order does not depend on that of the plugins.
    """
    yield
    items.sort(key=lambda item: _rank(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Use two processes for each processor.

    Many tests wait for a server or a child process. `-n logical` keeps pytest-xdist's meaning, for tests that only
    compute.
    """
    return 2 * (os.cpu_count() or 1) if config.option.numprocesses == "auto" else None


class Scheduling(LoadScopeScheduling):
    """Gives each file to a free process, and each group to one process as a whole.

    The unit is a file, because pytest-xdist counts all tests of a process whenever a unit ends: with one unit for each
    of some 5,000 tests, that takes longer than the tests of the pure packages. pytest-xdist's own `loadgroup` writes
    the group into the id of a test, which pytest 9.2 forbids.
    """

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(SINGLE):
            return nodeid
        return next((group for group in GROUPS if nodeid.startswith(f"tests/{group}")), nodeid.partition("::")[0])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return Scheduling(config, log)


def _rank(nodeid: str) -> int:
    """Return the position of the test's folder in ORDER, or the position behind it."""
    return next((index for index, each in enumerate(ORDER) if nodeid.startswith(f"tests/{each}")), len(ORDER))


@pytest.fixture(autouse=True)
def ready_made_keys(signing_keys: Any) -> Iterator[None]:
    """Sign with RSA keys that an earlier test made, see signing_keys.py."""
    with signing_keys.lent():
        yield


@pytest.fixture(scope="session")
def signing_keys() -> Any:
    from tests.signing_keys import SigningKeys

    return SigningKeys()


@pytest.fixture(scope="session")
def valid_card() -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return a check that fails with all faults of a card, or returns the card.

    See contract/cards/oracle.py.
    """
    oracle = _load(TESTS / "contract" / "cards" / "oracle.py")

    def check(card: dict[str, Any]) -> dict[str, Any]:
        problems = oracle.problems(card)
        assert not problems, "\n".join(problems)
        return card

    return check


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Any]:
    """Start a PostgreSQL cluster for the tests only, see postgresql.py."""
    module = _load(TESTS / "postgresql.py")
    programs = module.programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with module.cluster(programs) as cluster:
        yield cluster


@pytest.fixture
def postgresql_url(postgresql: Any) -> Iterator[str]:
    """Create an empty database on PostgreSQL."""
    with postgresql.database() as url:
        yield url


@pytest.fixture(scope="session")
def emptied_databases(postgresql: Any) -> Iterator[Any]:
    """Return databases with the tables of this release.

    Tests use them one after the other.
    """
    from tests.emptied_databases import EmptiedDatabases
    from tests.migrated_databases import postgresql_template

    databases = EmptiedDatabases(postgresql, postgresql_template(postgresql))
    yield databases
    databases.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Create an empty database; a test that uses it runs on both kinds."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql_url"))
    return f"sqlite+aiosqlite:///{tmp_path}/data/bot.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Create a database with the tables of this release.

    A test that uses it runs on both kinds.
    """
    from tests.migrated_databases import put_sqlite

    if request.param == "postgresql":
        with request.getfixturevalue("emptied_databases").lent() as url:
            yield url
    else:
        put_sqlite(tmp_path / "data" / "bot.db")
        yield f"sqlite+aiosqlite:///{tmp_path}/data/bot.db"


@pytest.fixture(scope="session")
def chromium_program() -> str:
    """Return Debian's Chromium, or a Chrome."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        pytest.skip(f"none of {', '.join(BROWSERS)} is on the PATH")
    return executable


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium(chromium_program: str) -> AsyncIterator["Browser"]:
    """Start Chromium, headless.

    Tests that use it run in the session's event loop.
    """
    from playwright.async_api import async_playwright, expect

    expect.set_options(timeout=BROWSER_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_program, args=["--no-sandbox"])
        yield browser
        await browser.close()


def _load(path: Path) -> Any:
    """Import a module next to the tests, which are not a package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
