"""Processor time of typeahead, with 50,000 customers.

Every beginning of many names is typed, with typing errors, words in another order, parts of ids, and texts that no name
has. Other programs use the machine too, so it is processor time.
"""

import random
import time
from collections.abc import Iterator

import pytest

from bot.domain.licensing import Dimension
from bot.names.name_index import NameIndex
from tests.benchmarks.language.large_directory import large_directory
from tests.demo_directory import demo_directory

TARGET_MS = 25.0
NAMES = 400


@pytest.fixture(scope="module")
def names() -> NameIndex:
    made = large_directory(demo_directory(), random.Random(7))
    made.warm()
    return made


def typed_texts(names: NameIndex, chance: random.Random) -> Iterator[str]:
    customers = names.entries(Dimension.CUSTOMER)
    assert len(customers) > 49_900
    for entry in chance.sample(list(customers), NAMES):
        name = entry.name
        yield from (name[:end] for end in range(1, len(name) + 1))
        at = chance.randrange(len(name))
        yield name[:at] + "x" + name[at + 1 :]
        yield name[at : at + 4]
        yield " ".join(reversed(name.split()))
        yield entry.id[: chance.randint(1, len(entry.id))]
        yield f"zq{name[:3]}"


@pytest.mark.benchmark
def test_names_are_there_before_the_next_letter(names: NameIndex, capsys: pytest.CaptureFixture[str]) -> None:
    spent: list[float] = []
    for text in typed_texts(names, random.Random(11)):
        before = time.thread_time()
        found = names.completing(Dimension.CUSTOMER, text, 15)
        spent.append(1_000 * (time.thread_time() - before))
        assert len(found) <= 15
    spent.sort()
    median, p99 = spent[len(spent) // 2], spent[int(0.99 * len(spent))]
    with capsys.disabled():
        verdict = "met" if p99 <= TARGET_MS else "short"
        print(f"\ntypeahead_p50_ms measured {median:.2f}")  # noqa: T201
        print(f"typeahead_p99_ms measured {p99:.2f} target {TARGET_MS:g} {verdict}")  # noqa: T201
    assert p99 <= 4 * TARGET_MS  # a machine that is busy is no reason to fail
