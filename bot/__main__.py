"""Entry point of `usagebot` and of `python -m bot`."""

import sys

from bot.cli.main import run


def main() -> None:
    """Run the command line and exit with its exit code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
