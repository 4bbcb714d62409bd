"""What SECURITY says is there: its checks, and the tests that prove its promises."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SECURITY = (ROOT / ".github" / "SECURITY.md").read_text("utf-8")
CODE = re.compile(r"`([^`\n]+)`")
MODULE = re.compile(r"(?:bot|cards)/[\w/.]+")
TEST = re.compile(r"test_\w+")
TRUSTED = (
    *("stranger", "person", "colleague", "owner of a team", "guest", "operator", "logs", "database"),
    *("Entra", "Teams", "Connector", "Partner Center", "packages"),
)


def rows(text: str, head: str) -> list[list[str]]:
    """Return the cells of each row of the tables with this head."""
    found, inside = [], False
    for line in text.splitlines():
        if not line.startswith("|"):
            inside = False
        elif line == head:
            inside = True
        elif inside and not line.startswith("|---"):
            found.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return found


ACTORS = rows(SECURITY, "| Who | May | Must not be able to |")
ARROWS = rows(SECURITY, "| From → to | Check |")
PROMISES = rows(SECURITY, "| Promise | Tests |")


@cache
def functions_in(path: Path) -> frozenset[str]:
    """Return the test functions of a file; none if there is no such file."""
    if not path.is_file():
        return frozenset()
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(each.name for each in tree.body if isinstance(each, functions) and each.name.startswith("test_"))


def faults_of_proof(cell: str) -> Iterator[str]:
    """Yield what is wrong with the tests of a promise.

    They are written as `file` (`test`, `test`), `file`.
    """
    named, file = CODE.findall(cell), ""
    for code in named:
        if not TEST.fullmatch(code):
            file = code
            if not functions_in(ROOT / file):
                yield f"{file} has no tests"
        elif code not in functions_in(ROOT / file):
            yield f"{file} has no {code}"
    if not named:
        yield "no test"


def faults_of_check(cell: str) -> Iterator[str]:
    """Yield what is wrong with the checks of an arrow."""
    named = [code for code in CODE.findall(cell) if MODULE.fullmatch(code)]
    yield from (f"{code} is no file" for code in named if not (ROOT / code).is_file())
    if not named:
        yield "no module"


def test_tables_are_read() -> None:
    assert len(ACTORS) >= len(TRUSTED) - 2
    assert len(ARROWS) > 15
    assert len(PROMISES) > 30
    assert {len(row) for row in ACTORS} == {3}
    assert {len(row) for row in (*ARROWS, *PROMISES)} == {2}


def test_everyone_who_is_trusted_with_something_has_a_row() -> None:
    named = " ".join(who for who, *_ in ACTORS)
    assert [who for who in TRUSTED if who not in named] == []


@pytest.mark.parametrize(("arrow", "check"), ARROWS)
def test_each_arrow_has_a_module_that_checks_it(arrow: str, check: str) -> None:
    assert "→" in arrow
    assert list(faults_of_check(check)) == []


@pytest.mark.parametrize(("promise", "proof"), PROMISES)
def test_each_promise_has_tests_that_exist(promise: str, proof: str) -> None:
    assert promise
    assert list(faults_of_proof(proof)) == []


def test_every_test_that_the_document_names_is_in_a_row_of_a_promise() -> None:
    proofs = {code for _, proof in PROMISES for code in CODE.findall(proof)}
    elsewhere = {code for code in CODE.findall(SECURITY) if TEST.fullmatch(code) or Path(code).name.startswith("test_")}
    assert elsewhere - proofs == set()


def test_every_file_of_attacks_proves_a_promise() -> None:
    files = {str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "integration" / "attacks").glob("test_*.py")}
    assert len(files) > 3
    assert files - {code for _, proof in PROMISES for code in CODE.findall(proof)} == set()


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "the same",
        "`tests/contract/house/test_gone.py`",
        "`tests/contract/house`",
        "`tests/conftest.py`",
        "`tests/contract/house/test_threat_model.py` (`test_gone`)",
        "`test_tables_are_read`",
    ],
)
def test_promise_without_a_test_that_exists_is_found(cell: str) -> None:
    assert list(faults_of_proof(cell)) != []


@pytest.mark.parametrize("cell", ["", "the keys", "`bot/gone.py`", "`bot/web`", "`tests/conftest.py`"])
def test_arrow_without_a_module_is_found(cell: str) -> None:
    assert list(faults_of_check(cell)) != []
