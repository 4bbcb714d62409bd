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


def run(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rs", "--asyncio-mode=auto", str(folder)]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=60, check=False,
        env={"PATH": os.environ["PATH"], **environment},
    )  # fmt: skip


@pytest.mark.parametrize("where", SKIPPING)
def test_a_skipped_test_fails_where_the_switch_is_set_and_says_why_it_was_skipped(where: str, tmp_path: Path) -> None:
    shutil.copy(CONFTEST, tmp_path)
    (tmp_path / "test_it.py").write_text(SKIPPING[where])
    (tmp_path / "test_other.py").write_text("def test_other(): pass\n")
    allowed, strict = run(tmp_path), run(tmp_path, USAGEBOT_TESTS_NO_SKIP="1")
    assert allowed.returncode == 0, allowed.stdout
    assert strict.returncode != 0, strict.stdout
    assert "no browser" in strict.stdout
