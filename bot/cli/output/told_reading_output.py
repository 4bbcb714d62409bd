"""Print what was understood of a sentence.

On a terminal in colors, otherwise with brackets.

Without a terminal it loads no library, so that `explain` starts at once.
"""

import os
import sys
from collections.abc import Sequence

from bot.cli.explanation.told_reading import UNKNOWN, ToldPart, decided, parts_of
from bot.cli.output.streams import printable
from bot.language.reading.weighed_reading import WeighedReading

_COLORS = ("green", "cyan", "magenta", "yellow", "blue", "bright_green", "bright_cyan", "bright_magenta")
_UNKNOWN_COLOR = "bold red"


def show_reading(text: str, weighed: WeighedReading) -> None:
    """Print the sentence with its parts marked, a legend, and what decided."""
    parts = parts_of(text, weighed.reading)
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        _print_in_colors(parts)
    else:
        print(in_brackets(parts))
    for line in decided(weighed):
        print(printable(line))


def in_brackets(parts: Sequence[ToldPart]) -> str:
    """Return `[usage: act] for [Fabrikam: customer]`."""
    shown = (f"[{each.text}: {each.taken_for}]" if each.taken_for else each.text for each in parts)
    return printable("".join(shown))


def _print_in_colors(parts: Sequence[ToldPart]) -> None:
    from rich.console import Console
    from rich.text import Text

    kinds = [each for each in dict.fromkeys(part.taken_for for part in parts) if each]
    styles = {kind: _COLORS[at % len(_COLORS)] for at, kind in enumerate(kinds)} | {UNKNOWN: _UNKNOWN_COLOR}
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text.assemble(*((printable(each.text), styles.get(each.taken_for, "")) for each in parts)))
    console.print(Text("  ").join(Text(kind, styles[kind]) for kind in kinds))
