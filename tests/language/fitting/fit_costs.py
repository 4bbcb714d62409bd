"""Find costs of marks with which the sentences of the tests are understood best.

`uv run poe fit-costs`. Each cost is made a little larger or smaller, one after the other, as long as the score gets
better, up to a limit. A change must help by more than chance, so a cost that no sentence depends on keeps its value.
One of five sentences is held out. The costs are written only if those sentences, which the search has not seen, and all
together score no worse than before. What they reached is recorded beside this file, and a test asks for it.
"""

import json
import random
import sys
from collections.abc import Mapping, Sequence
from math import floor
from pathlib import Path

from bot.language.marking import costs as packaged
from bot.language.marking.costs import Costs
from tests.language.fitting.cost_score import JudgedSentence, Score, judged_sentences, score
from tests.language.fitting.linear_costs import flat

COSTS = Path(packaged.__file__).with_name("costs.json")
RECORD = Path(__file__).with_name("record.json")
STEPS = (0.02, 0.005, 0.002)
GAIN = 0.0002  # of danger: less is chance
FARTHEST = 0.03  # a run moves a cost by no more: the sentences are too few to say more
SWEEPS = 6
SEED = 2026
_SIGNED = "places."  # what may cost less than nothing


def fitted(sentences: Sequence[JudgedSentence], values: Mapping[str, float]) -> dict[str, float]:
    """Return costs that score better, or the same ones."""
    best, found = score(sentences, values), dict(values)
    first = dict(values)
    order = random.Random(SEED)
    for sweep in range(SWEEPS):
        before = best
        names = order.sample(sorted(found), len(found))
        for name in names:
            for step in (sign * step for step in STEPS for sign in (1, -1)):
                while (tried := _moved(found, name, step, first[name])) is not None:
                    reached = score(sentences, tried)
                    if not _is_better(reached, best):
                        break
                    best, found = reached, tried
                    print(f"{sweep + 1}: {name} {found[name]:.3f} {told(best)}", flush=True)
        if not _is_better(best, before):
            break
    return found


def _moved(values: Mapping[str, float], name: str, step: float, first: float) -> dict[str, float] | None:
    value = round(values[name] + step, 4)
    far = abs(value - first) > FARTHEST or abs(value - first) > abs(first) / 2 + min(STEPS)
    return None if far or (value < 0 and not name.startswith(_SIGNED)) else {**values, name: value}


def _is_better(one: Score, other: Score) -> bool:
    if (one.wrong, one.asked) != (other.wrong, other.asked):
        return (one.wrong, one.asked) < (other.wrong, other.asked)
    return one.danger < other.danger - GAIN


def told(found: Score) -> str:
    """Return a score as text."""
    return f"{found.right:.1f} % right, {found.wrong} wrong, danger {found.danger:.4f} ({found.sentences} sentences)"


def written(values: Mapping[str, float]) -> str:
    """Return the content of the file of costs."""
    rooms: dict[str, dict[str, float]] = {}
    for name, value in values.items():
        room, _, field = name.partition(".")
        rooms.setdefault(room, {})[field] = value
    return json.dumps(rooms, indent=2) + "\n"


def recorded(held_out: Score) -> str:
    """Return what later costs must reach.

    In full percent: new sentences may be a little harder.
    """
    return json.dumps({"wrong": held_out.wrong, "right": floor(held_out.right)}) + "\n"


def main() -> int:
    """Fit the packaged costs; exit code 1 if what was found is no better."""
    before = Costs.load()
    values = flat(before)
    seen, held_out = (judged_sentences(before, held_out=held) for held in (False, True))
    sentences = [*seen, *held_out]
    found = fitted(seen, values)
    for name, part in (("fitted on", seen), ("held out", held_out), ("all", sentences)):
        print(f"{name}: {told(score(part, values))} before, {told(score(part, found))} after")
    RECORD.write_text(recorded(score(held_out, values)), "utf-8")
    if found == values or any(score(part, found) > score(part, values) for part in (held_out, sentences)):
        print("The costs stay as they are.")
        return 1
    COSTS.write_text(written(found), "utf-8")
    RECORD.write_text(recorded(score(held_out, found)), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
