"""Judge what `mutmut run` found (see `poe mutants`).

It fails if a room has too many mutants that no test notices.

A mutant that survived is run again first, in a process of its own and on both databases: mutmut's processes have
imported the program already, so it cannot judge functions that run on import. What survives that too must be listed in
tests/mutation/survivors.toml with the reason.
"""

import os
import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

ROOT = Path(__file__).parent.parent
SURVIVORS = ROOT / "tests" / "mutation" / "survivors.toml"
ENOUGH = 95.0  # percent of the mutants of a room
SECONDS = 600.0  # for the tests of one mutant; one that takes longer never ends, which a test would notice
NOTICED = {"killed", "timeout", "segfault"}


@dataclass(frozen=True)
class Mutant:
    """One change.

    `where` is the function's full name, `change` the changed lines before and after.
    """

    name: str
    room: str
    where: str
    change: str
    noticed: bool


def main() -> int:
    listed = _listed()
    mutants = [mutant for path in walk_mutatable_files() for mutant in _mutants(path)]
    survivors = [each for each in mutants if not each.noticed]
    new = [each for each in survivors if (each.where, each.change) not in listed and not _noticed_alone(each.name)]
    for each in new:
        sys.stdout.write(f"\nNOT NOTICED {each.where}\n    {each.name}\n    {each.change}\n")
    known = {(each.where, each.change) for each in survivors}
    for where, change in sorted(listed - known):
        sys.stdout.write(f"\nlisted, but noticed or not made any more: {where}\n    {change}\n")
    return 1 if _low(mutants, new, listed) or new else 0


def _listed() -> set[tuple[str, str]]:
    groups = tomllib.loads(SURVIVORS.read_text("utf-8"))["survivors"]
    return {(group["where"], change) for group in groups for change in group["changes"]}


def _mutants(path: Path) -> list[Mutant]:
    data = SourceFileMutationData(path=path)
    data.load()
    module = ".".join(path.with_suffix("").parts)
    found = []
    for name, exit_code in data.exit_code_by_key.items():
        if exit_code is None:
            sys.exit(f"{name} was not judged: run `mutmut run` to its end first")
        noticed = status_by_exit_code[exit_code] in NOTICED
        function, owner = orig_function_and_class_names_from_key(name)
        where = ".".join(filter(None, (module, owner, function)))
        found.append(Mutant(name, _room(module), where, "" if noticed else _change(name, path), noticed))
    return found


def _change(name: str, path: Path) -> str:
    """The changed lines, without the indentation: `before → after`."""
    lines = get_diff_for_mutant(name, path=path).splitlines()
    sides = [[line[1:].strip() for line in lines if line[:1] == sign and line[:3] != sign * 3] for sign in "-+"]
    return " → ".join(" ".join(side) for side in sides)


def _room(module: str) -> str:
    """The folder right below bot; files that were chosen one by one are rooms of their own."""
    whole = {pattern.removesuffix("/*").replace("/", ".") for pattern in config().only_mutate if pattern.endswith("/*")}
    return next((room for room in whole if module.startswith(f"{room}.")), module)


def _noticed_alone(name: str) -> bool:
    """Run all tests of the mutation run in a new process, PostgreSQL included."""
    tests = config().pytest_add_cli_args_test_selection
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:randomly"]
    command += ["-p", "tests.mutation.quick_tests", *tests]
    environment = os.environ | {"MUTANT_UNDER_TEST": name}
    try:
        ended = subprocess.run(  # noqa: S603  # the command is made above
            command, cwd=ROOT / "mutants", env=environment, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return True
    return ended.returncode != 0


def _low(mutants: list[Mutant], new: list[Mutant], listed: set[tuple[str, str]]) -> bool:
    """Print the table of the rooms; True if one of them is below what is enough."""
    names = {each.name for each in new}
    count, lost = Counter(each.room for each in mutants), Counter[str]()
    for each in mutants:
        lost[each.room] += each.name in names or (not each.noticed and (each.where, each.change) in listed)
    low = False
    for room, number in sorted(count.items()):
        share = 100.0 * (number - lost[room]) / number
        low |= share < ENOUGH
        mark = "  TOO FEW" if share < ENOUGH else ""
        sys.stdout.write(f"{room:44}{number:6} mutants{share:8.1f} % noticed of {ENOUGH:.0f} %{mark}\n")
    return low


sys.exit(main())
