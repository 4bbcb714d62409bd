"""Check that everything is set up correctly, and say how to mend what is not."""

import argparse
import asyncio
import os
import textwrap
from collections.abc import Sequence
from functools import partial

from bot.cli.logging_setup import configure_logs
from bot.cli.output.exit_codes import ANSWERED, FAILED
from bot.cli.output.streams import as_line, printable
from bot.doctor.finding import Finding, FindingState

WIDTH = 100
NAME, STATE = 24, 9  # columns


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `usagebot doctor`."""
    parser.add_argument(
        "--sign-in", action="store_true", help="also sign a person in, with a code: consent, second factor and role"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.epilog = "Settings come from the environment. Exit codes: 0 nothing failed, 1 something did."


def run(options: argparse.Namespace) -> int:
    """Run all checks. Exit code 0 if none failed, else 1."""
    from bot.cli.terminal_sign_in import signed_in
    from bot.doctor.examination import examine

    configure_logs("critical")  # failures are reported as findings
    sign_in = (lambda settings: partial(signed_in, settings)) if options.sign_in else None
    findings = asyncio.run(examine(os.environ, sign_in=sign_in))
    print(as_json(findings) if options.format == "json" else as_table(findings))
    return FAILED if any(each.state is FindingState.FAILED for each in findings) else ANSWERED


def as_json(findings: Sequence[Finding]) -> str:
    """Return the findings as one line of JSON.

    `{"kind", "failed", "warnings", "findings": [{"name", "state", "what", "mend", "because"}]}`
    """
    listed = [
        {"name": each.name, "state": each.state.value, "what": each.what, "mend": each.mend, "because": each.because}
        for each in findings
    ]
    return as_line(
        {
            "kind": "findings",
            "failed": _count(findings, FindingState.FAILED),
            "warnings": _count(findings, FindingState.WARNING),
            "findings": listed,
        }
    )


def as_table(findings: Sequence[Finding]) -> str:
    """Return each finding with its remedy below it, then their counts."""
    wide = max([NAME, *(len(each.name) + 2 for each in findings)])
    lines = []
    for each in findings:
        head = f"{each.state.value:{STATE}}{each.name:{wide}}"
        lines += _wrapped(head, each.what, STATE + wide)
        if each.mend:
            lines += _wrapped(" " * (STATE + wide) + "-> ", each.mend, STATE + wide + 3)
    return "\n".join([*lines, "", _sum(findings)])


def _wrapped(head: str, text: str, indent: int) -> list[str]:
    width = max(WIDTH, indent + 40)
    return textwrap.wrap(
        printable(text),
        width,
        initial_indent=head,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _sum(findings: Sequence[Finding]) -> str:
    states = (FindingState.FAILED, FindingState.WARNING, FindingState.SKIPPED, FindingState.OK)
    counts = [(_count(findings, state), state) for state in states]
    total = ", ".join(f"{count} {state.value}" for count, state in counts if count)
    return f"{total}." if counts[0][0] else f"Nothing failed: {total}."


def _count(findings: Sequence[Finding], state: FindingState) -> int:
    return sum(each.state is state for each in findings)
