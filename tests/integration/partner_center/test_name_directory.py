"""The names of a caller.

Only their own, up to date, and kept during transient failures.
"""

import asyncio
import gc
from datetime import date

import pytest

from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension, Entry
from bot.errors import EndpointMissingError, RoleMissingError, ServiceDownError, TokenRefusedError
from bot.partner_center.directory.name_directory import NameDirectory

GROUPS = {
    "customerTenantId,customerName": [{"customerTenantId": "ID-1", "customerName": "CONTOSO"}],
    "workloadCode,workloadName,serviceCode,serviceName": [
        {
            "workloadCode": "EXO",
            "workloadName": "Exchange",
            "serviceCode": "o365",
            "serviceName": "Microsoft Office 365",
        },
        {
            "workloadCode": "SPO",
            "workloadName": "SharePoint",
            "serviceCode": "o365",
            "serviceName": "Microsoft Office 365",
        },
        {"workloadCode": None, "workloadName": "Nameless", "serviceCode": "", "serviceName": None},
    ],
    "productId,productName": [{"productId": "P1", "productName": "E3"}, {"productId": "P2", "productName": None}],
    "channel": [{"channel": "reseller"}],
}
QUERIES = len(GROUPS)


@pytest.fixture
def grouped(say):
    def serve(request):
        rows = [row | {"licensesActive": 1, "licensesQualified": 2} for row in GROUPS[request.query["groupby"]]]
        return say.page(*rows, total=len(rows))

    return serve


@pytest.fixture
def clock():
    return [0.0]


@pytest.fixture
def directories(client, clock):
    def make(script, **options):
        return NameDirectory(client(script), clock=lambda: clock[0], **{"ttl": 100.0, "pause": 10.0} | options)

    return make


async def test_names_are_the_groups_of_the_report(servers, directories, grouped, alice):
    script = await servers(grouped)
    names = await directories(script).names(alice)
    assert list(names.entries(Dimension.CUSTOMER)) == [Entry(Dimension.CUSTOMER, "ID-1", "CONTOSO")]
    assert [entry.id for entry in names.entries(Dimension.WORKLOAD)] == ["EXO", "SPO"]
    assert [entry.id for entry in names.entries(Dimension.SERVICE)] == ["o365"]
    assert [entry.name for entry in names.entries(Dimension.PRODUCT)] == ["E3", "P2"]
    assert [entry.id for entry in names.entries(Dimension.CHANNEL)] == ["reseller"]


async def test_names_are_cached_until_they_expire(servers, directories, grouped, alice, clock):
    script = await servers(grouped)
    kept = directories(script)
    first = await kept.names(alice)
    clock[0] = 99.0
    assert await kept.names(alice) is first
    assert len(script.requests) == QUERIES
    clock[0] = 101.0
    await kept.names(alice)
    assert len(script.requests) == 2 * QUERIES


async def test_names_are_requested_concurrently_and_once(servers, directories, grouped, alice):
    together = asyncio.Barrier(QUERIES)  # no query is answered before all have arrived

    async def slow(request):
        await together.wait()
        return grouped(request)

    script = await servers(slow)
    kept = directories(script)
    found = await asyncio.gather(*(kept.names(alice) for _ in range(5)))
    assert len({id(names) for names in found}) == 1
    assert len(script.requests) == script.most_at_once == QUERIES


async def test_names_are_cached_per_caller(servers, directories, grouped, alice, bob):
    script = await servers(grouped)
    kept = directories(script)
    await kept.names(alice)
    await kept.names(bob)
    assert len(script.requests) == 2 * QUERIES
    assert set(script.sent("Authorization")) == {"Bearer token-alice-1", "Bearer token-bob-1"}


async def test_a_callers_key_has_no_case(servers, directories, grouped):
    kept = directories(await servers(grouped))
    assert await kept.names(Caller("T", "A")) is await kept.names(Caller("t", "a"))


async def test_names_are_loaded_again_after_newer_figures(servers, directories, grouped, alice):
    script = await servers(grouped)
    kept = directories(script)
    await kept.names(alice)
    kept.saw(alice, date(2018, 10, 14))
    kept.saw(alice, date(2018, 10, 7))
    await kept.names(alice)
    assert len(script.requests) == QUERIES
    kept.saw(alice, date(2018, 10, 21))
    await kept.names(alice)
    assert len(script.requests) == 2 * QUERIES
    kept.saw(alice, date(2018, 10, 21))
    await kept.names(alice)
    assert len(script.requests) == 2 * QUERIES


async def test_expired_names_are_used_while_the_service_is_down(servers, directories, grouped, say, alice, clock):
    script = await servers(grouped)
    kept = directories(script)
    first = await kept.names(alice)
    script.answers = [say.refusal(503)]
    clock[0] = 101.0
    assert await kept.names(alice) is first
    asked = len(script.requests)
    clock[0] = 110.0
    assert await kept.names(alice) is first
    assert len(script.requests) == asked
    script.answers = [grouped]
    clock[0] = 112.0
    await kept.names(alice)
    assert len(script.requests) == asked + QUERIES


async def test_failure_is_raised_when_the_names_are_too_old(servers, directories, grouped, say, alice, clock):
    script = await servers(grouped)
    kept = directories(script)
    await kept.names(alice)
    script.answers = [say.refusal(503)]
    clock[0] = 200.0
    with pytest.raises(ServiceDownError):
        await kept.names(alice)


async def test_expire_frees_only_names_that_are_too_old(servers, directories, grouped, alice, bob, clock):
    script = await servers(grouped)
    kept = directories(script)
    await kept.names(alice)
    clock[0] = 150.0
    await kept.names(bob)
    asked = len(script.requests)
    clock[0] = 200.0
    kept.expire()
    await kept.names(bob)
    assert len(script.requests) == asked
    assert list(kept._kept) == [bob.key]


async def test_a_failure_is_raised_when_no_names_are_cached(servers, directories, say, alice):
    kept = directories(await servers(say.refusal(503)))
    with pytest.raises(ServiceDownError):
        await kept.names(alice)


@pytest.mark.parametrize(
    ("refused", "expected"),
    [((403, "900150"), RoleMissingError), ((401, ""), TokenRefusedError), ((404, ""), EndpointMissingError)],
)
async def test_old_names_are_dropped_when_the_caller_lost_the_right(
    servers, directories, grouped, say, alice, clock, refused, expected
):
    script = await servers(grouped)
    kept = directories(script)
    await kept.names(alice)
    script.answers = [say.refusal(*refused)]
    clock[0] = 101.0
    with pytest.raises(expected):
        await kept.names(alice)
    script.answers = [say.refusal(503)]
    with pytest.raises((ServiceDownError, EndpointMissingError)):
        await kept.names(alice)


async def test_forgotten_names_stay_out_when_a_load_was_running(servers, directories, grouped, alice):
    gate = asyncio.Event()

    async def slow(request):
        await gate.wait()
        return grouped(request)

    script = await servers(slow)
    kept = directories(script)
    running = asyncio.create_task(kept.names(alice))
    while len(script.requests) < QUERIES:  # noqa: ASYNC110  # there is no event to wait for
        await asyncio.sleep(0.01)
    kept.forget(alice)
    gate.set()
    await running
    await kept.names(alice)
    assert len(script.requests) == 2 * QUERIES


async def test_only_the_latest_callers_are_kept(servers, directories, grouped):
    script = await servers(grouped)
    kept = directories(script, most=2)
    one, two, three = (Caller("t", name) for name in "abc")
    first = await kept.names(one)
    await kept.names(two)
    assert await kept.names(one) is first
    await kept.names(three)
    assert await kept.names(one) is first
    await kept.names(two)
    assert len(script.requests) == 4 * QUERIES


async def test_a_failure_leaves_no_unretrieved_exception(servers, directories, say, alice, caplog):
    kept = directories(await servers(say.refusal(403, "900150")))
    with pytest.raises(RoleMissingError):
        await kept.names(alice)
    gc.collect()
    assert "never retrieved" not in caplog.text


async def test_callers_with_the_same_names_have_one_index(servers, directories, grouped, alice, bob):
    kept = directories(await servers(grouped))
    assert await kept.names(alice) is await kept.names(bob)


async def test_callers_with_different_names_have_different_indexes(servers, directories, say, grouped, alice, bob):
    def one_more(request):
        return say.page({"channel": "direct"}, {"channel": "reseller"}, total=2)

    script = await servers(grouped)
    kept = directories(script)
    first = await kept.names(alice)
    script.answers = [lambda request: one_more(request) if request.query["groupby"] == "channel" else grouped(request)]
    second = await kept.names(bob)
    assert [entry.id for entry in first.entries(Dimension.CHANNEL)] == ["reseller"]
    assert [entry.id for entry in second.entries(Dimension.CHANNEL)] == ["direct", "reseller"]


async def test_the_names_of_all_callers_together_are_bounded(servers, directories, say, grouped, alice, bob):
    script = await servers(grouped)
    kept = directories(script, most_names=len(GROUPS) + 3)
    await kept.names(alice)
    script.answers = [
        lambda request: say.page() if request.query["groupby"] == "channel" else grouped(request),
    ]
    await kept.names(bob)
    asked = len(script.requests)
    await kept.names(bob)
    assert len(script.requests) == asked
    await kept.names(alice)
    assert len(script.requests) == asked + QUERIES
