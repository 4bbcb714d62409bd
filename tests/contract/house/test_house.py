"""Test the rules of the house.

These are layers, one tree of errors, the fixed top level, pinned versions, no registry named.
"""

import ast
import inspect
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import bot.errors

ROOT = Path(__file__).parents[3]
VISIBLE = {"pyproject.toml", "README.md", "bot", "cards", "manifest", "tests", "LICENSE"}
REGISTRY_HOSTS = re.compile(r"registry\.npmjs|files\.pythonhosted|pypi\.org/simple|deb\.debian\.org")


def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def files() -> list[Path]:
    return committed()


def test_every_layer_imports_lower_layers_only():
    linter = Path(sys.executable).parent / "lint-imports"
    checked = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_every_error_is_a_usage_bot_error():
    classes = [each for _, each in inspect.getmembers(bot.errors, inspect.isclass) if issubclass(each, BaseException)]
    assert len(classes) > 15
    assert [each for each in classes if not issubclass(each, bot.errors.UsageBotError)] == []


def test_every_error_is_in_the_tree_of_the_docstring():
    classes = [each.__name__ for _, each in inspect.getmembers(bot.errors, inspect.isclass)]
    assert [name for name in classes if name not in (bot.errors.__doc__ or "")] == []


def test_errors_defined_elsewhere_are_in_the_tree_too(files):
    strays = []
    for path in files:
        if path.suffix == ".py" and path.is_relative_to(ROOT / "bot"):
            classes = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ClassDef)]
            own = [node for node in classes if "Exception" in map(ast.unparse, node.bases)]
            strays += [f"{path.name}: {node.name}" for node in own]
    assert [stray for stray in strays if stray != "errors.py: UsageBotError"] == []


def test_top_level_of_the_repository_is_fixed(files):
    assert {path.relative_to(ROOT).parts[0] for path in files} - VISIBLE == {
        name for name in {path.relative_to(ROOT).parts[0] for path in files} if name.startswith(".")
    }


def test_folders_have_at_most_16_modules(files):
    modules = Counter(
        path.parent
        for path in files
        if path.suffix == ".py" and path.name != "__init__.py" and path.relative_to(ROOT).parts[0] in {"bot", "cards"}
    )
    assert len(modules) > 40
    assert {str(folder.relative_to(ROOT)): count for folder, count in modules.items() if count > 16} == {}


def test_files_have_at_most_300_lines_and_functions_at_most_60(files):
    long = []
    for path in files:
        if path.suffix != ".py" or not (path.is_relative_to(ROOT / "bot") or path.is_relative_to(ROOT / "cards")):
            continue
        text = path.read_text("utf-8")
        if text.count("\n") > 300:
            long.append(path.name)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                if size > 60:
                    long.append(f"{path.name}:{node.name}")
    assert long == []


def test_only_the_settings_and_the_command_line_touch_the_environment(files):
    readers = []
    for path in files:
        if path.suffix == ".py" and path.is_relative_to(ROOT / "bot") and not path.is_relative_to(ROOT / "bot" / "cli"):
            text = path.read_text("utf-8")
            if re.search(r"\bos\.environ\b|\bgetenv\b|import environ", text):
                readers.append(str(path.relative_to(ROOT)))
    assert readers == []


def test_no_committed_file_names_a_registrys_host(files):
    named = []
    for path in files:
        if path != Path(__file__) and path.suffix not in {".png", ".zip"}:
            text = path.read_text("utf-8", errors="replace")
            if REGISTRY_HOSTS.search(text) or (path.name == "package-lock.json" and '"resolved"' in text):
                named.append(str(path.relative_to(ROOT)))
    assert named == []


def test_every_dependency_is_pinned_by_a_constraint():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"].values()
    wanted = [*project["project"]["dependencies"], *(each for group in groups for each in group)]
    pins = {line.split("==")[0] for line in project["tool"]["uv"]["constraint-dependencies"]}
    assert len(pins) > 50
    assert [each for each in wanted if re.split(r"[\[<>=;]", each)[0] not in pins] == []
