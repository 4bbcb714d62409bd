"""The cost of summing pages, compared with only parsing or downloading them."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from statistics import median

import orjson
import pytest

from bot.domain.licensing import Dimension
from bot.partner_center.protocol.report_page import decode_page
from bot.query.reports.row_aggregator import RowAggregator
from bot.query.usage_query import PAGE_LIMIT
from bot.simulator.partner_center import make_world
from bot.simulator.partner_center.world.response_bodies import BOM, usage_envelope, usage_rows

ROUNDS = 41
CUSTOMERS_OF_A_MILLION_ROWS = 186_500
RUNS = 5
TARGET_MB = 60.0
TARGET_TIME = 1.5

ReportLine = Callable[[str, float, float], None]


@pytest.fixture
def report_line(capsys: pytest.CaptureFixture[str]) -> ReportLine:
    def line(name: str, measured: float, target: float) -> None:
        verdict = "met" if measured <= target else "short"
        with capsys.disabled():
            print(f"\n{name} measured {measured:.2f} target {target:g} {verdict}")  # noqa: T201

    return line


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@pytest.mark.benchmark
def test_a_full_page_is_decoded_and_summed(report_line: ReportLine) -> None:
    world = make_world(2_500)
    body = usage_envelope(usage_rows(world, range(PAGE_LIMIT), {}), None, PAGE_LIMIT)
    content = body.removeprefix(BOM)

    def ours() -> RowAggregator:
        tally = RowAggregator((Dimension.WORKLOAD,))
        tally.add(decode_page(body).rows)
        return tally

    rows = orjson.loads(content)["Value"]
    assert len(rows) == PAGE_LIMIT
    assert ours().report().total.sums.qualified == sum(row["licensesQualified"] for row in rows)
    ratios = [seconds(ours) / seconds(lambda: orjson.loads(content)) for _ in range(ROUNDS)]
    report_line("page_decoded_and_summed_per_orjson_loads", median(ratios), 1.0)


@contextmanager
def simulator() -> Iterator[tuple[str, str]]:
    """Run a Partner Center with a million rows in its own process.

    Yields (address, token).
    """
    command = [sys.executable, "-m", "bot.simulator.partner_center", "--print-token"]
    command += ["--customers", str(CUSTOMERS_OF_A_MILLION_ROWS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip(), server.stdout.readline().strip()
        finally:
            server.terminate()


@pytest.mark.benchmark
@pytest.mark.timeout(300)
def test_a_million_rows_are_summed(report_line: ReportLine) -> None:
    with simulator() as (url, token):

        def run(mode: str, rows: float = 0) -> dict[str, float]:
            pages = str(ceil(rows / PAGE_LIMIT))
            command = [sys.executable, str(Path(__file__).with_name("reader.py")), mode, url, token, pages]
            answer = subprocess.run(command, check=True, capture_output=True, text=True)
            found: dict[str, float] = json.loads(answer.stdout)
            return found

        runs = [(ours := run("ours"), run("plain", ours["rows"])) for _ in range(RUNS)]
    assert all(ours["rows"] > 1_000_000 for ours, _ in runs)
    report_line(
        "million_rows_memory_over_idle_mb", max(ours["peak_mb"] - ours["idle_mb"] for ours, _ in runs), TARGET_MB
    )
    report_line(
        "million_rows_time_per_reading", median(ours["seconds"] / plain["seconds"] for ours, plain in runs), TARGET_TIME
    )
