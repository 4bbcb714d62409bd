"""Where nothing may be skipped, a skipped test fails: tried on a test session of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"
SKIPPING = {
    "in the test": "import pytest\ndef test_it(): pytest.skip('no browser')\n",
    "by a fixture": "import pytest\n@pytest.fixture\ndef it(): pytest.skip('no browser')\ndef test_it(it): pass\n",
    "by a mark": "import pytest\n@pytest.mark.skip(reason='no browser')\ndef test_it(): pass\n",
    "the whole file": "import pytest\npytest.skip('no browser', allow_module_level=True)\n",
}


Runs = dict[str, subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """Run a session with all of them where tests may be skipped, and one where they may not."""
    folder = tmp_path_factory.mktemp("skipping")
    shutil.copy(CONFTEST, folder)
    (folder / "test_other.py").write_text("def test_other(): pass\n")
    for where, text in SKIPPING.items():
        (folder / f"test_{where.replace(' ', '_')}.py").write_text(text)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rsfE", "--asyncio-mode=auto"]
    command += ["--continue-on-collection-errors", "--tb=short", str(folder)]
    path = {"PATH": os.environ["PATH"]}
    return {
        name: subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=240, check=False, env=env)
        for name, env in (("allowed", path), ("strict", path | {"USAGEBOT_TESTS_NO_SKIP": "1"}))
    }


def test_skipped_tests_are_reported_as_skipped_where_they_may_be(runs: Runs) -> None:
    assert runs["allowed"].returncode == 0, runs["allowed"].stdout
    assert f"1 passed, {len(SKIPPING)} skipped" in runs["allowed"].stdout


@pytest.mark.parametrize("where", SKIPPING)
def test_a_skipped_test_fails_where_the_switch_is_set_and_says_why(runs: Runs, where: str) -> None:
    said = runs["strict"].stdout
    assert runs["strict"].returncode != 0, said
    assert f"test_{where.replace(' ', '_')}.py" in said.partition("short test summary info")[2], said
    assert said.count("no browser") >= len(SKIPPING)
    assert "1 passed" in said
    assert "skipped in" not in said.splitlines()[-1]
