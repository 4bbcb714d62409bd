"""Write the dependency closure between two marks of pyproject.toml (see .ci/pin)."""

import sys
from pathlib import Path

FIRST, LAST = "    # pins\n", "    # end of pins\n"
PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


def main() -> None:
    text = PYPROJECT.read_text(encoding="utf-8")
    head, rest = text.split(FIRST)
    _, tail = rest.split(LAST)
    lines = sys.stdin.read().splitlines() if sys.argv[1:] == ["write"] else []
    pins = "".join(f'    "{line.strip().replace(chr(34), chr(39))}",\n' for line in lines if line.strip())
    PYPROJECT.write_text(head + FIRST + pins + LAST + tail, encoding="utf-8")


main()
