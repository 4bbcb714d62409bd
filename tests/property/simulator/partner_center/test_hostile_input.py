"""Tests that the simulator's pure parts are total: a document or a refusal."""

import random
from collections.abc import Callable
from typing import get_args, get_type_hints

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.partner_center.faults import fault_types as kinds
from bot.simulator.partner_center.faults.damaged_bodies import damaged
from bot.simulator.partner_center.faults.fault_types import Faults, OnContent
from bot.simulator.partner_center.query_string import NAMES, read_parameters
from bot.simulator.partner_center.wire.service_refusals import ServiceRefusedError
from bot.simulator.partner_center.world.odata_filter import read_filter
from bot.simulator.partner_center.world.response_bodies import BOM

BODIES = (
    BOM + b'{"Value":[{"processedDateTime":"2018-10-14T00:00:00","licenseActive":0,"licensesQualified":1}],'
    b'"@nextLink":null,"TotalCount":1}',
    BOM + b'{"Value":[],"@nextLink":"http://127.0.0.1:1/x?skip=1","TotalCount":7}',
    BOM + b'{"totalCount":1,"items":[{"licensesActive":1,"usagePercent":0.0}],"attributes":{}}',
    BOM + b'{"Value":[{"processedDateTime":"2018-10-16T00:00:00","licensesDeployed":0,"licensesSold":2},'
    b'{"processedDateTime":"2018-10-16T00:00:00","licensesDeployed":1,"licensesSold":2}],"@nextLink":null,"TotalCount":2}',
    BOM
    + b'{"totalCount":1,"items":[{"id":"1","quantity":5,"commitmentEndDate":"2027-01-14T00:00:00Z"}],"attributes":{}}',
    BOM + b'{"id":"1","status":"ACTIVE","commitmentEndDate":null,"licenseCount":5}',
)
PIECES = st.sampled_from(
    (
        *("workloadCode", "customerName", "channel", "x", " eq ", " ne ", " gt ", " and ", " or ", " not ", "(", ")"),
        *("'a'", "''", "'", '"', ",", "null", "5", "-", " in ", "any", "/", ":", "duration'P1D'", "geography'x'"),
        *("2018-10-14", "contains(", "="),
    )
)


def refusal_of(call: Callable[[], object]) -> ServiceRefusedError | None:
    try:
        call()
    except ServiceRefusedError as refusal:
        return refusal
    return None


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=60))
def test_any_filter_is_a_condition_or_a_refusal(text: str) -> None:
    refusal = refusal_of(lambda: read_filter(text))
    assert refusal is None or (refusal.status, refusal.code) == (400, "3000")
    assert refusal is None or msgspec.json.encode(refusal.body())


def test_a_very_long_filter_is_a_condition_and_a_very_deep_one_a_refusal() -> None:
    term = "channel eq 'x'"
    assert refusal_of(lambda: read_filter(" or ".join([term] * 5_000))) is None
    assert refusal_of(lambda: read_filter("(" * 3_000 + term + ")" * 3_000)) is None
    deep = term
    for number in range(3_000):
        deep = f"{term} {('and', 'or')[number % 2]} ({deep})"
    assert refusal_of(lambda: read_filter(deep)) is not None


@given(st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), st.text(max_size=30), max_size=5))
def test_any_query_string_is_a_question_or_a_refusal(pairs: dict[str, str]) -> None:
    refusal = refusal_of(lambda: read_parameters(pairs, len(pairs)))
    assert refusal is None or refusal.status == 400


SOME_FAULTS = st.lists(st.one_of(*(st.from_type(kind) for kind in (*OnContent.__args__, kinds.NoBom))), max_size=5)


@given(st.sampled_from(BODIES), SOME_FAULTS)
def test_any_damage_can_be_done_together(body: bytes, faults: list[kinds.Fault]) -> None:
    assert isinstance(damaged(body, faults, "http://127.0.0.1:1/x"), bytes)


def test_any_two_odd_rows_can_be_in_one_place() -> None:
    forms = get_args(get_type_hints(kinds.OddRow)["form"])
    for body in BODIES:
        for first in forms:
            for second in forms:
                pair = [kinds.OddRow(form=first), kinds.OddRow(form=second, place=0), kinds.OddRow(form=second)]
                assert damaged(body, pair, "http://127.0.0.1:1/x").startswith(BOM)


@given(st.lists(st.sampled_from([kinds.Fail(times=2), kinds.Throttle(), kinds.Slow(after=1), kinds.NoBom(times=None)])))
def test_no_request_gets_two_answers_that_replace_the_report(faults: list[kinds.Fault]) -> None:
    waiting = Faults(*faults, chance=random.Random(1))
    in_place = 0
    for _ in range(sum(fault.times or 0 for fault in faults) + 1):
        due = waiting.due()
        in_place += len([fault for fault in due if isinstance(fault, kinds.InPlace)])
        assert len([fault for fault in due if isinstance(fault, kinds.InPlace)]) <= 1
    assert in_place == sum(fault.times or 0 for fault in faults if isinstance(fault, kinds.InPlace))
