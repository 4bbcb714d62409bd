"""Tests of the installed program.

Its wheel makes the same package without manifest/ beside it.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[3]
BUILT_FROM = ("pyproject.toml", "README.md", "LICENSE", "bot", "cards", "manifest")
ARGUMENTS = [
    "package",
    "--app-id",
    "1b4e28ba-2fa1-11d2-883f-0016d3cca427",
    "--host",
    "bot.contoso.com",
    "--version",
    "1.0.2",
]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return a folder with the contents of the wheel.

    It is built from a copy so that nothing appears in the source tree.
    """
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("installed")
    for name in BUILT_FROM:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, source / name)
    # uv has had the build backend since it installed this project; only with a pruned cache does it need the network.
    build = ["uv", "build", "--quiet", "--wheel", "--out-dir", str(target / "dist"), str(source)]
    if subprocess.run([*build, "--offline"], capture_output=True, check=False, timeout=60).returncode:
        subprocess.run(build, check=True, timeout=100)
    (wheel,) = (target / "dist").glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(target / "site")
    return target / "site"


def call(code, site, folder, *arguments):
    """Run `code` with the wheel's modules before those of the source tree.

    The caller's environment is not passed on.
    """
    before = f"import sys; sys.path.insert(0, {str(site)!r}); "
    command = [sys.executable, "-I", "-B", "-c", before + code, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def test_installed_program_makes_the_same_package_as_the_source(installed, tmp_path):
    here, there = tmp_path / "here.zip", tmp_path / "there.zip"
    code = "from bot.cli.main import run; import bot; print(bot.__file__, file=sys.stderr); sys.exit(run(sys.argv[1:]))"
    done = call(code, installed, tmp_path, *ARGUMENTS, "--out", str(there))
    assert done.returncode == 0, done.stderr
    assert Path(done.stderr.strip()).is_relative_to(installed)

    from bot.cli.main import run

    assert run([*ARGUMENTS, "--out", str(here)]) == 0
    assert there.read_bytes() == here.read_bytes()


def test_the_installed_program_reads_what_was_installed_with_it(installed, tmp_path):
    done = call("from bot.package.manifest_files import FOLDER; print(FOLDER)", installed, tmp_path)
    assert done.stdout.strip() == str(installed / "bot" / "package" / "files")


def test_the_wheel_holds_two_packages_and_every_declared_file_once(installed):
    assert {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")} == {"bot", "cards"}
    every = (path for path in (ROOT / "manifest").glob("*/**/*") if path.is_file())
    declared = {path.relative_to(ROOT / "manifest") for path in every}
    files = installed / "bot" / "package" / "files"
    assert {path.relative_to(files) for path in files.rglob("*") if path.is_file()} == declared


def test_the_wheel_holds_the_schema_of_command_documents(installed):
    name = Path("bot", "commands", "command_document.v1.schema.json")
    assert (installed / name).read_bytes() == (ROOT / name).read_bytes()


def test_error_names_the_icon_when_the_installation_lacks_it(installed, tmp_path):
    damaged = shutil.copytree(installed, tmp_path / "damaged")
    (damaged / "bot" / "package" / "files" / "teams" / "outline.png").unlink()
    folder = tmp_path / "folder"
    folder.mkdir()
    done = call("from bot.cli.main import run; sys.exit(run(sys.argv[1:]))", damaged, folder, *ARGUMENTS)
    assert done.returncode == 1
    assert done.stderr.startswith("usagebot: outline.png is missing in ")
    assert len(done.stderr.splitlines()) == 1
    assert list(folder.iterdir()) == []


def test_wheel_has_the_versions_with_which_it_was_tested(installed):
    name = Path("bot", "constraints.txt")
    assert (installed / name).read_bytes() == (ROOT / name).read_bytes()
    (metadata,) = installed.glob("*.dist-info/METADATA")
    required = re.findall(r"^Requires-Dist: (.*)$", metadata.read_text("utf-8"), re.MULTILINE)
    assert len(required) > 20
    assert [each for each in required if not re.search(r">=[\d.]+\S*$", each.replace(" ", ""))] == []
    assert [each for each in required if "<" not in each] == []
