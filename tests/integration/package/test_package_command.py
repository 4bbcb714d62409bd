"""Tests of `usagebot package` as an operator types it."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.cli.main import run

APP_ID = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"
GIVEN = ["package", "--app-id", APP_ID, "--host", "bot.contoso.com"]
MOST_BYTES = 3_000

# A full disk for one process: writing fails after this many bytes. Less than a package, more than a registration.
ON_A_FULL_DISK = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({MOST_BYTES}, {MOST_BYTES}))
from bot.cli.main import run
sys.exit(run(sys.argv[1:]))
"""


GUIDE = Path(__file__).parents[3] / "manifest" / "README.md"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(capsys, arguments):
    """Run a command that fails, and return its one line on stderr."""
    assert run(arguments) == 1
    told = capsys.readouterr()
    assert told.out == ""
    (line,) = told.err.splitlines()
    return line


def test_package_is_written_and_the_next_step_is_printed(folder, capsys):
    assert run([*GIVEN, "--version", "1.0.2"]) == 0
    with ZipFile(folder / "app.zip") as archive:
        assert {"manifest.json", "nl.json", "color.png", "outline.png"} <= set(archive.namelist())
        assert json.loads(archive.read("manifest.json"))["version"] == "1.0.2"
        assert json.loads(archive.read("manifest.json"))["manifestVersion"] == "1.29"
    told = capsys.readouterr().out
    assert "manifest 1.29." in told
    assert "Upload it in the Teams admin center" in told


def test_package_for_an_older_tenant_has_the_older_manifest(folder, capsys):
    assert run([*GIVEN, "--manifest", "1.12"]) == 0
    with ZipFile(folder / "app.zip") as archive:
        made = json.loads(archive.read("manifest.json"))
    assert made["manifestVersion"] == "1.12"
    assert "supportsChannelFeatures" not in made
    assert "manifest 1.12." in capsys.readouterr().out


def test_unknown_version_of_the_manifest_is_a_usage_error(folder):
    with pytest.raises(SystemExit) as left:
        run([*GIVEN, "--manifest", "1.18"])
    assert left.value.code == 2
    assert list(folder.iterdir()) == []


def test_two_runs_give_the_same_bytes(folder):
    assert run([*GIVEN, "--out", "one.zip"]) == 0
    assert run([*GIVEN, "--out", "two.zip"]) == 0
    assert (folder / "one.zip").read_bytes() == (folder / "two.zip").read_bytes()


def test_registration_is_written_too_when_requested(folder):
    assert run([*GIVEN, "--entra", "entra.json"]) == 0
    assert json.loads((folder / "entra.json").read_bytes())["identifierUris"] == [f"api://botid-{APP_ID}"]
    assert (folder / "app.zip").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--app-id", "my-bot", "--host", "bot.contoso.com"], "--app-id: 'my-bot' is not a GUID"),
        (["--app-id", APP_ID, "--host", "https://bot.contoso.com"], "--host: 'https://bot.contoso.com' has a scheme"),
        (["--app-id", APP_ID, "--host", "10.0.0.1"], "--host: '10.0.0.1' is an IP address"),
        ([*GIVEN[1:], "--version", "next"], "--version: 'next' is not three numbers"),
        ([*GIVEN[1:], "--version", ""], "--version: '' is not three numbers"),
        ([*GIVEN[1:], "--out", "."], "is a folder"),
        ([*GIVEN[1:], "--out", "nowhere/app.zip"], "'nowhere/app.zip' cannot be written: No such file or directory"),
        ([*GIVEN[1:], "--out", "x" * 300], "cannot be written: File name too long"),
        ([*GIVEN[1:], "--out", "a\0b"], "cannot be written"),
        ([*GIVEN[1:], "--out", "new\nline/app.zip"], "cannot be written"),
        ([*GIVEN[1:], "--out", "a.json", "--entra", "./a.json"], "name the same file"),
    ],
)
def test_failure_prints_one_line_and_writes_nothing(folder, capsys, arguments, said):
    line = refused(capsys, ["package", *arguments])
    assert line.startswith("usagebot: ")
    assert said in line
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "arguments", [[], ["--app-id", APP_ID], ["--host", "bot.contoso.com"], [*GIVEN[1:], "--force"]]
)
def test_incomplete_command_is_a_usage_error(folder, arguments):
    with pytest.raises(SystemExit) as left:
        run(["package", *arguments])
    assert left.value.code == 2
    assert list(folder.iterdir()) == []


def test_existing_file_is_not_overwritten(folder, capsys):
    (folder / "app.zip").write_bytes(b"in use")
    assert "'app.zip' exists already" in refused(capsys, GIVEN)
    assert (folder / "app.zip").read_bytes() == b"in use"


def test_a_link_is_not_followed(folder, capsys):
    (folder / "app.zip").symlink_to("elsewhere.zip")
    assert "exists already" in refused(capsys, GIVEN)
    assert not (folder / "elsewhere.zip").exists()


def test_no_package_is_written_when_the_registration_cannot_be(folder, capsys):
    (folder / "entra.json").write_bytes(b"mine")
    assert "'entra.json' exists already" in refused(capsys, [*GIVEN, "--entra", "entra.json"])
    assert [path.name for path in folder.iterdir()] == ["entra.json"]


def test_no_partial_package_is_left_when_the_disk_is_full(folder):
    command = [sys.executable, "-B", "-c", ON_A_FULL_DISK, *GIVEN]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "usagebot: 'app.zip' cannot be written: File too large.\n"
    assert list(folder.iterdir()) == []


def test_command_of_the_guide_writes_the_files_of_its_later_steps(folder):
    guide = GUIDE.read_text(encoding="utf-8")
    (command,) = re.findall(r"^ +usagebot (package .+)$", guide, re.MULTILINE)
    assert run(shlex.split(command.replace("$APP_ID", APP_ID))) == 0
    assert {path.name for path in folder.iterdir()} == {"app.zip", "entra.json"}
    assert "@entra.json" in guide
    (cut,) = re.findall(r"jq 'del\(([^)]+)\)' entra\.json", guide)
    found = json.loads((folder / "entra.json").read_bytes())
    for key in cut.removeprefix(".").split("."):
        found = found[key]
    assert len(found) == 2
