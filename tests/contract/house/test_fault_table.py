"""Every fault that can be chosen is explained in the help and in OPERATIONS."""

import argparse
from pathlib import Path

from bot.cli.demo_arguments import add_demo_arguments
from bot.simulator.partner_center.faults.named_faults import FAULT_MEANINGS, NAMED_FAULTS

OPERATIONS = Path(__file__).parents[3] / ".github" / "OPERATIONS.md"


def test_every_fault_is_explained_where_it_is_chosen() -> None:
    parser = argparse.ArgumentParser()
    add_demo_arguments(parser)
    told = " ".join(parser.format_help().split())
    assert FAULT_MEANINGS.keys() == NAMED_FAULTS.keys()
    page = OPERATIONS.read_text(encoding="utf-8")
    for name, meaning in FAULT_MEANINGS.items():
        assert f"{name} ({meaning})" in told
        assert f"| `{name}` | {meaning} |" in page
