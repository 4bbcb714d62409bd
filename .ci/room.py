"""Run the tests of one room: `uv run poe test-room digests/schedule`.

Every kind of test is run that has tests of the room. A room is a folder of bot or cards; a part of a room is named
below it. Exit code 2 if the room has no tests.
"""

import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent / "tests"
OTHERS = {"benchmarks", "browser"}


def main() -> int:
    room = sys.argv[1].strip("/").removeprefix("bot/")
    kinds = [kind for kind in sorted(TESTS.iterdir()) if kind.is_dir() and kind.name not in OTHERS]
    found = [str(kind / room) for kind in kinds if (kind / room).is_dir()]
    if not found:
        rooms = sorted(
            {each.name for kind in kinds for each in kind.iterdir() if each.is_dir() and each.name[0] != "_"}
        )
        sys.stderr.write(f"no tests of {room!r}; the rooms with tests are {', '.join(rooms)}\n")
        return 2
    return int(pytest.main(found))


sys.exit(main())
