"""What is installed with the bot is what it was tested with."""

import importlib.metadata
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PINS = PROJECT["tool"]["uv"]["constraint-dependencies"]
VERSIONS = {name: version.split(" ")[0] for name, version in (pin.split("==", 1) for pin in PINS)}
WORKFLOW = (ROOT / ".github" / "workflows" / "advisories.yml").read_text("utf-8")


def parts(dependency: str) -> tuple[str, str]:
    name, bounds = re.fullmatch(r"([a-z0-9-]+)(?:\[[a-z]+\])?(.*)", dependency).groups()
    return name, bounds


def following(version: str) -> str:
    first, second, *_ = version.split(".")
    return f"0.{int(second) + 1}" if first == "0" else str(int(first) + 1)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_each_dependency_begins_with_its_tested_version_and_ends() -> None:
    found = dict(map(parts, PROJECT["project"]["dependencies"]))
    assert len(found) > 20
    assert found == {name: f">={VERSIONS[name]},<{following(VERSIONS[name])}" for name in found}


def test_constraints_of_the_release_are_those_of_the_tests() -> None:
    first, *lines = (ROOT / "bot" / "constraints.txt").read_text("utf-8").splitlines()
    assert first.startswith("#")
    assert lines == PINS


def test_installed_packages_have_the_versions_of_the_constraints() -> None:
    installed = {normal(each.name): each.version for each in importlib.metadata.distributions()}
    checked = installed.keys() & VERSIONS.keys()
    assert len(checked) > 50
    assert {name: installed[name] for name in checked} == {name: VERSIONS[name] for name in checked}


def test_packages_without_a_maintainer_are_listed_in_security() -> None:
    text = (ROOT / ".github" / "SECURITY.md").read_text("utf-8")
    section = text.partition("## Packages that get no more fixes")[2].partition("\n## ")[0]
    named = set(re.findall(r"`([a-z-]+)`", "\n".join(re.findall(r"^\| (.*?) \|", section, re.MULTILINE))))
    assert named >= {"msrest", "jsonpickle", "botbuilder-core", "botframework-connector"}
    assert named - VERSIONS.keys() == set()


def test_advisories_are_asked_for_weekly_about_the_constraints() -> None:
    assert re.search(r'cron: "\d+ \d+ \* \* \d"', WORKFLOW)
    assert "--requirement bot/constraints.txt" in WORKFLOW


def test_every_workflow_may_only_read_and_ends() -> None:
    for path in sorted((ROOT / ".github" / "workflows").glob("*.yml")):
        text = path.read_text("utf-8")
        assert re.findall(r"^permissions:\n((?:  .*\n)+)", text, re.MULTILINE) == ["  contents: read\n"], path.name
        assert text.count("permissions:") == 1, path.name
        assert text.count("timeout-minutes:") == text.count("runs-on:"), path.name
        assert text.count("persist-credentials: false") == text.count("actions/checkout@"), path.name
        assert "secrets." not in text, path.name
        assert "pull_request_target" not in text, path.name


def test_foreign_packages_are_installed_by_their_own_job_only() -> None:
    groups = PROJECT["dependency-groups"]
    own = {normal(name) for name in groups["foreign"]}
    elsewhere = {parts(each)[0] for each in PROJECT["project"]["dependencies"]} | {
        normal(each) for each in groups["dev"]
    }
    assert {"azure-identity", "microsoft-agents-hosting-aiohttp"} <= own - elsewhere
    assert "foreign" not in PROJECT["tool"]["uv"]["default-groups"]
    assert "foreign" in PROJECT["tool"]["pytest"]["ini_options"]["norecursedirs"]
    task = PROJECT["tool"]["poe"]["tasks"]["foreign"]["cmd"]
    assert task == "uv run --group foreign pytest tests/foreign"
    workflow = (ROOT / ".github" / "workflows" / "foreign.yml").read_text("utf-8")
    assert "uv run poe foreign" in workflow
    assert "USAGEBOT_TESTS_NO_SKIP" in workflow
