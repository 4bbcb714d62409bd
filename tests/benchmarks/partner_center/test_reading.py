"""The cost of summing pages, compared with only parsing or downloading them."""

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from math import ceil
from pathlib import Path
from statistics import median

import orjson
import pytest

from bot.concurrency.garbage_collection import freeze_startup_objects
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


@pytest.fixture
def started() -> Iterator[None]:
    """Collect garbage as the bot does after its start."""
    thresholds = gc.get_threshold()
    freeze_startup_objects()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def seconds(work: Callable[[], object]) -> float:
    """Return the processor's time: what other programs do meanwhile does not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def ratio(work: Callable[[], object], content: bytes) -> float:
    """Return the time of `work`, compared with parsing the same bytes."""
    return median(seconds(work) / seconds(lambda: orjson.loads(content)) for _ in range(ROUNDS))


def page_of_the_simulator() -> bytes:
    """Return a full page of about 1,850 customers with few rows each."""
    return usage_envelope(usage_rows(make_world(2_500), range(PAGE_LIMIT), {}), None, PAGE_LIMIT)


def page_of(customers: int) -> bytes:
    """Return a full page of so many customers, each with equally many rows."""
    rows = orjson.loads(page_of_the_simulator().removeprefix(BOM))["Value"]
    names = list({row["customerTenantId"]: row["customerName"] for row in rows}.items())[:customers]
    kinds = list({(row["workloadCode"], row["productId"]): row for row in rows}.values())
    kinds += [row | {"channel": "indirect"} for row in kinds]
    found = [
        row | {"customerTenantId": id_, "customerName": name}
        for id_, name in names
        for row in kinds[: PAGE_LIMIT // customers]
    ]
    assert len(found) == PAGE_LIMIT
    return BOM + orjson.dumps({"Value": found, "TotalCount": PAGE_LIMIT})


@pytest.mark.benchmark
@pytest.mark.usefixtures("started")
def test_a_full_page_is_decoded_and_summed(report_line: ReportLine) -> None:
    pages = {"1850 customers": page_of_the_simulator(), "400 customers": page_of(400)}
    for name, body in pages.items():
        content = body.removeprefix(BOM)

        def summed(by: Dimension, body: bytes = body) -> RowAggregator:
            tally = RowAggregator((by,))
            tally.add(decode_page(body).rows)
            return tally

        rows = orjson.loads(content)["Value"]
        for by in (Dimension.WORKLOAD, Dimension.CUSTOMER):
            assert summed(by).report().total.sums.qualified == sum(row["licensesQualified"] for row in rows)
        assert not summed(Dimension.CUSTOMER).report().gaps.repeated
        report_line(f"page_decoded_per_orjson_loads, {name}", ratio(partial(decode_page, body), content), 1.0)
        for by, target in ((Dimension.WORKLOAD, 1.0), (Dimension.CUSTOMER, 1.3)):
            measured = ratio(partial(summed, by), content)
            report_line(f"page_decoded_and_summed_by_{by}_per_orjson_loads, {name}", measured, target)


@contextmanager
def simulator() -> Iterator[tuple[str, str]]:
    """Run a Partner Center with a million rows in its own process.

    Yields (address, token).
    """
    command = [sys.executable, "-m", "bot.simulator.partner_center", "--print-token"]
    command += ["--no-limit", "--customers", str(CUSTOMERS_OF_A_MILLION_ROWS)]
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
