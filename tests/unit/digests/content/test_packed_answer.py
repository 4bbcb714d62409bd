"""An answer as bytes: those of this and the last release are read, others not."""

import zlib
from dataclasses import replace
from datetime import date

import pytest

from bot.commands.command import Name, Usage, Workloads
from bot.commands.command_document import write
from bot.digests.content.packed_answer import pack, unpack
from bot.domain.licensing import Dimension, Entry, Field, ServiceDate
from bot.query.filters.expression import Eq
from bot.query.filters.share_filter import ShareRange
from bot.query.reports.usage_report import Remark, ReportRow, UsageReport
from bot.query.usage_query import UsageQuery
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_answer import UsageAnswer
from tests.integration.digests.release_0_1 import packed_answer
from tests.shown_figures import of

CONTOSO = Entry(Dimension.CUSTOMER, "T-1", "Contoso")
QUERY = UsageQuery(Eq(Field.CUSTOMER_TENANT_ID, "T-1"), processed=date(2018, 10, 14))
ANSWER = UsageAnswer(
    Usage(customers=(Name("Contoso", id="T-1"),), limit=ShareRange(high=0.5, high_included=False)),
    QueryPlan(
        UsageQuery(Eq(Field.CUSTOMER_TENANT_ID, "T-1"), processed=date(2018, 10, 14)), (Dimension.CUSTOMER,), (CONTOSO,)
    ),
    UsageReport(
        by=(Dimension.CUSTOMER,),
        rows=(ReportRow({Dimension.CUSTOMER: CONTOSO}, of(1, 2)),),
        matched=1,
        total=of(1, 2),
        as_of=(ServiceDate("o365", date(2018, 10, 14)),),
        remarks=frozenset({Remark.SUPERSEDED_API}),
        matched_before_limit=3,
    ),
)


def test_answer_is_equal_after_packing_and_unpacking() -> None:
    assert unpack(pack(ANSWER)) == ANSWER
    [row] = ANSWER.report.rows
    partly = replace(ANSWER.report, rows=(replace(row, unknown=2),), unknown=frozenset({("t-1",), ("t-2",)}))
    assert unpack(pack(replace(ANSWER, report=partly))) == replace(ANSWER, report=partly)


def test_answer_that_release_0_1_packed_is_fetched_again() -> None:
    """Its sums do not say what is unused, so the run must not continue with them."""
    assert unpack(packed_answer()) is None


@pytest.mark.parametrize(
    "data",
    [
        None,
        b"",
        b"{}",
        pack(ANSWER)[:-1],
        zlib.compress(b"{}"),
        zlib.compress(b"[]"),
        zlib.compress(b"\xff"),
        zlib.compress(zlib.decompress(pack(ANSWER)).replace(b'\\"v\\":1', b'\\"v\\":99')),
        zlib.compress(zlib.decompress(pack(ANSWER)).replace(b"customerTenantId eq", b"secret eq")),
    ],
    ids=range(9),
)
def test_unpack_returns_none_when_bytes_are_no_answer(data: bytes | None) -> None:
    assert unpack(data) is None


def test_answer_of_another_command_than_a_question_is_fetched_again() -> None:
    listed = write(Workloads()).replace('"', '\\"')
    kept = zlib.decompress(pack(ANSWER)).decode()
    command = write(ANSWER.command).replace('"', '\\"')
    assert command in kept
    assert unpack(zlib.compress(kept.replace(command, listed).encode())) is None
