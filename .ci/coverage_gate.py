"""Check the coverage: fail if a room of bot or cards has too few covered lines.

Run by `uv run poe coverage`. Pure rooms need 98 percent, the others 90. For every room that has too few, the lines
that no test ran are printed.
"""

import json
import sys
import tempfile
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

from coverage import Coverage

ROOT = Path(__file__).parent.parent
PURE, OTHER = 98.0, 90.0


def main() -> int:
    files = _measured()
    rooms = defaultdict(list)
    for path in files:
        rooms[_room(path)].append(path)
    low = []
    for room, paths in sorted(rooms.items()):
        lines = sum(files[path]["summary"]["num_statements"] for path in paths)
        run = sum(files[path]["summary"]["covered_lines"] for path in paths)
        percentage, wanted = 100.0 * run / lines if lines else 100.0, PURE if room in _pure() else OTHER
        enough = percentage >= wanted
        sys.stdout.write(
            f"{room:32}{lines:7} lines{percentage:8.1f} %  of {wanted:.0f} %{'' if enough else '  TOO FEW'}\n"
        )
        if not enough:
            low.append(room)
            for path in paths:
                if missing := files[path]["missing_lines"]:
                    sys.stdout.write(f"    {path}: {_spans(missing)}\n")
    return 1 if low else 0


def _measured() -> dict[str, Any]:
    """Return the coverage of each file, of all processes together."""
    measured = Coverage(config_file=str(ROOT / "pyproject.toml"))
    measured.combine(keep=True)
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        measured.json_report(outfile=report.name)
        files: dict[str, Any] = json.loads(Path(report.name).read_text("utf-8"))["files"]
        return files


def _pure() -> set[str]:
    """Return the rooms of the contract of pure rooms in pyproject.toml, so that there is one list."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (pure,) = [each for each in contracts if each["name"].startswith("The pure rooms")]
    return set(pure["source_modules"])


def _room(path: str) -> str:
    """Return the pure room that a file is in, else its folder directly below bot."""
    module = path.removesuffix(".py").replace("/", ".")
    pure = [room for room in _pure() if module == room or module.startswith(f"{room}.")]
    return max(pure, key=len) if pure else ".".join(module.split(".")[:2])


def _spans(lines: list[int]) -> str:
    """Return line numbers as `3, 7-9`."""
    spans: list[list[int]] = []
    for line in lines:
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


sys.exit(main())
